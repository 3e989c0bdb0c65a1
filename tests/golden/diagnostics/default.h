/* Defaults that are not SQL expressions, or would truncate the statement. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum color { RED, BLUE };

struct post {
    int64_t id AR_PRIMARY_KEY;
    const char *status AR_DEFAULT("draft");
    const char *word AR_DEFAULT(draft);
    const char *words AR_DEFAULT("in progress at home");
    const char *hyphen AR_DEFAULT("on-hold");
    const char *name AR_DEFAULT("\"draft\"");
    const char *open AR_DEFAULT("'draft");
    const char *closed AR_DEFAULT("'it's'");
    const char *comment AR_DEFAULT("'a' -- a comment");
    const char *block AR_DEFAULT("/* none */ 'a'");
    const char *second AR_DEFAULT("'a'); DROP TABLE posts; --");
    const char *column AR_DEFAULT("'a'), stowaway TEXT DEFAULT ('b'");
    const char *dollar AR_DEFAULT("$a$ text $b$");
    const char *escape AR_DEFAULT("E'it\\'");
    enum color color AR_ENUM_TEXT AR_DEFAULT("RED");
    int64_t number AR_DEFAULT("1 +");
    int64_t hexadecimal AR_DEFAULT(0x10);
    int64_t group AR_DEFAULT("(1");
    int64_t other AR_DEFAULT("number + 1") AR_NULLABLE;
    int64_t query AR_DEFAULT("(SELECT max(id) FROM posts)");
    double infinite AR_DEFAULT(inf);
    time_t endless AR_DEFAULT("'now");
} AR_TABLE(posts);

/* Valid: the database checks the types. */
struct right {
    int64_t id AR_PRIMARY_KEY;
    const char *a AR_DEFAULT("'draft'");
    const char *b AR_DEFAULT("'it''s -- not; a /* comment'");
    const char *c AR_DEFAULT("'{}'::jsonb");
    const char *d AR_DEFAULT("E'it\\'s'");
    const char *e AR_DEFAULT("$$it's$$");
    const char *f AR_DEFAULT(current_user);
    const char *g AR_DEFAULT("lower(hex(randomblob(16)))");
    uint8_t h[16] AR_UUID AR_DEFAULT("gen_random_uuid()");
    time_t i AR_DEFAULT("now()");
    time_t j AR_DEFAULT("now() + INTERVAL '1 day'") AR_NULLABLE;
    time_t k AR_DEFAULT(CURRENT_TIMESTAMP);
    int64_t l AR_DEFAULT("-1");
    int64_t m AR_DEFAULT("1.5e-3") AR_NULLABLE;
    int64_t n AR_DEFAULT(NULL) AR_NULLABLE;
    int64_t o AR_DEFAULT("CASE WHEN 1 < 2 THEN 3 ELSE 4 END");
    int64_t p AR_DEFAULT("CAST('7' AS integer)");
    bool q AR_DEFAULT(TRUE);
    int64_t r AR_DEFAULT("nextval('numbers')") AR_NULLABLE;
    time_t s AR_DEFAULT("make_interval(days => 10)") AR_NULLABLE;
} AR_TABLE(rights);
