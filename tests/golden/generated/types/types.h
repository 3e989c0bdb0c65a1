/* Every type and every attribute of columns; a tree; an enum stored as a number and by name. */
#ifndef TYPES_H
#define TYPES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum status { STATUS_NEW, STATUS_OPEN = 4, STATUS_CLOSED };
enum level { LEVEL_LOW = -1, LEVEL_HIGH = 1 };
typedef time_t moment;

struct sample {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY;
    bool is_active AR_DEFAULT(1);
    int8_t tiny AR_RANGE(-5, 5);
    int16_t small;
    int32_t medium;
    int64_t large AR_RANGE(-9223372036854775808, 9223372036854775807) AR_NULLABLE;
    uint8_t unsigned_tiny;
    uint16_t unsigned_small;
    uint32_t unsigned_medium;
    uint64_t unsigned_large;
    unsigned long count;
    char letter;
    float ratio AR_RANGE(0, 1.5);
    double price;
    double growth AR_RANGE(-1.5e+2, +1.5E-2);
    const enum { FIXED_LOW, FIXED_HIGH } fixed;
    int64_t amount AR_DECIMAL(10, 2) AR_RANGE(-0.5, 999.99) AR_DEFAULT(9.5);
    int16_t tax AR_DECIMAL(4, 4) AR_NULLABLE;
    const char *wei AR_DECIMAL(38, 18) AR_DEFAULT("-0012345678901234567890.5");
    char rebate[8] AR_DECIMAL(4, 2) AR_DEFAULT("+.50");
    int64_t duration AR_INTERVAL AR_DEFAULT(60000000) AR_RANGE(0, 86400000000);
    char *writable;
    const char *text AR_NOT_NULL AR_LENGTH(1, 200) AR_DEFAULT("upper('a')");
    const char *email AR_EMAIL AR_UNIQUE AR_DEFAULT("'it''s'");
    char code[8] AR_NULLABLE;
    struct ar_blob data AR_NOT_NULL;
    struct ar_blob maybe;
    enum status status;
    enum level level AR_ENUM_TEXT AR_NULLABLE;
    moment when AR_DEFAULT(CURRENT_TIMESTAMP) AR_NULLABLE;
    time_t since AR_DEFAULT(86400) AR_NULLABLE;
    struct timespec exact AR_DEFAULT("CURRENT_TIMESTAMP") AR_NULLABLE;
    struct timespec until AR_DEFAULT(1500000000) AR_NULLABLE;
    time_t text_since AR_STORED_AS(text) AR_DEFAULT(86400) AR_NULLABLE;
    struct timespec text_exact AR_STORED_AS(text) AR_DEFAULT("CURRENT_TIMESTAMP") AR_NULLABLE;
    time_t date_since AR_STORED_AS(date) AR_DEFAULT("CURRENT_TIMESTAMP") AR_NULLABLE;
    time_t from AR_DEFAULT("'2000-01-01'") AR_NULLABLE;
    bool is_new AR_DEFAULT(FALSE);
    time_t created_at AR_CREATED_AT;
    struct timespec updated_at AR_UPDATED_AT;
    uint32_t lock AR_VERSION;
    int32_t editor AR_NULLABLE_BY(has_editor);
    bool has_editor;
    void *payload AR_TRANSIENT;
} AR_TABLE(samples);

struct cat {
    uint32_t id AR_PRIMARY_KEY;
    uint32_t parent_id AR_NULLABLE;
    const char *name;
} AR_TABLE(cats)
  AR_BELONGS_TO(parent, parent_id, children, .target = cat)
  AR_HAS_MANY(children, parent_id, parent, .target = cat, .cache = { .ttl = 0 })
  AR_HAS_ONE(collar, cat_id);

/* A single integer key that is also a foreign key, so that the database does not generate it. */
struct collar {
    uint32_t cat_id AR_PRIMARY_KEY;
    const char *größe;
} AR_TABLE(collars);

/* Keys that are an enum, an anonymous enum and a const field; a table whose index would have the name of another. */
struct setting {
    enum status kind AR_PRIMARY_KEY;
    enum { PART_A, PART_B } part AR_PRIMARY_KEY;
    const uint16_t number AR_PRIMARY_KEY;
    uint32_t cats;
} AR_TABLE(settings)
  AR_BELONGS_TO(cat, cats);

struct settings_cats {
    int id AR_PRIMARY_KEY;
} AR_TABLE(settings_cats);

enum rating { RATING_G AR_LABEL("G"), RATING_PG_13 AR_LABEL("PG-13"), RATING_R = 9 };

struct host {
    const char *name AR_PRIMARY_KEY AR_SQL_TYPE("citext", .sqlite = "TEXT COLLATE NOCASE");
    const char *address AR_SQL_TYPE("inet") AR_NOT_NULL;
    char code[8] AR_SQL_TYPE("character(4)");
    const char *gateway AR_SQL_TYPE("citext");
    const char *settings AR_JSON AR_NOT_NULL AR_DEFAULT("'{}'");
    enum rating rating AR_ENUM_TYPE("Rating");
    enum rating other AR_ENUM_TYPE("Rating") AR_DEFAULT("'PG-13'");
} AR_TABLE(hosts)
  AR_BELONGS_TO(next, gateway, .target = host);

#endif
