/* The tables of hostile.sql, imported by armature. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* The enum type `blank`: AR_LABEL: the label is empty */

/* The enum type `left_to_right`: a label has a control character */

/* The enum type `mood x`: AR_ENUM_TYPE: the only escapes in a string are //, /", /', /?, /n and /t */

/* The table `links`: its name needs quotes, which AR_TABLE(schema.table) does not take */

/* The table `things`: its name needs quotes, which AR_TABLE(schema.table) does not take */

/* The table ``: it has no name */

/* The table `t); int injected; struct x { int a AR_PRIMARY_KEY; } AR_TABLE(y`: its name needs quotes, which
 * AR_TABLE(schema.table) does not take */

/* The table `the things`: its name needs quotes, which AR_TABLE(schema.table) does not take */

/* ends * / int injected; / * * // ** / / * / / * */
struct things_2 {
    /* the database does not number new rows */
    int32_t     id   AR_PRIMARY_KEY;
    const char *c    AR_SQL_TYPE("citext(\"x\"\" ) int injected; (y\")", .sqlite = "TEXT COLLATE NOCASE");
    /* one word that is longer than a line:
     * .....................................................................................................................;
     * and more */
    const char *note;
} AR_TABLE(app.things);

/* its primary key cannot be that of a model, so that it is only read */
/* the table that it inherits from */
/* the foreign key (y) to `copied`: there are no fields for its columns */
struct child {
    int32_t x AR_NULLABLE_BY(has_x);
    bool    has_x;
    int32_t y AR_NULLABLE_BY(has_y);
    bool    has_y;
} AR_TABLE(child, .read_only = true)
  AR_CHECK("id > 0");

/* it has no primary key, so that it is only read */
/* the columns of LIKE */
/* the foreign key (id) to `parent`: there are no fields for its columns */
struct copied {
    int32_t x AR_NULLABLE AR_UNIQUE;
} AR_TABLE(copied, .read_only = true)
  AR_BELONGS_TO(x, x, copied_by_x, .target = parent)
  AR_INDEX(copied_code, "code")
  /* AR_INDEX(copied_id_key, id, .unique = true): there is no column `id` */
  /* AR_INDEX(copied_id_x_key, id, x, .unique = true): there is no column `id` */;

/* The table `empty`: it has no columns */

struct moods {
    /* the database does not number new rows */
    int32_t     id AR_PRIMARY_KEY;
    const char *b  AR_SQL_TYPE("left_to_right") AR_DEFAULT("'a'") AR_UNIQUE AR_CHECK("b <> 'a'::left_to_right");
    const char *n  AR_SQL_TYPE("none");
    /* the column `t` ("mood x"): AR_SQL_TYPE: the only escapes in a string are //, /", /', /?, /n and /t */
    int32_t     p;
    const char *k  AR_SQL_TYPE("blank") AR_NOT_NULL AR_DEFAULT("''");
} AR_TABLE(moods)
  /* the database has no index for it; the model adds one */
  /* AR_BELONGS_TO(p, p, moods, .target = parent, .on_delete = set_null): AR_BELONGS_TO(p): `.on_delete = set_null`:
   * the foreign key `p` of `moods` cannot be NULL */;

struct odd_key {
    /* the column `n` (numeric(2,-3)): AR_SQL_TYPE: `numeric(2,-3)` is not the name of an SQL type */
    int32_t x AR_NULLABLE_BY(has_x);
    bool    has_x;
} AR_TABLE(odd_key, .read_only = true)
  AR_CHECK("x > 0");

struct parent {
    /* the database does not number new rows */
    int32_t     id   AR_PRIMARY_KEY;
    const char *code AR_UNIQUE;
    /* the column `Id` (text): another column has the same name in another case */
} AR_TABLE(parent)
  AR_HAS_ONE(copied_by_x, x, x, .target = copied)
  AR_HAS_MANY(moods, p);

/* The table `sqlite_words`: its name is reserved */

struct types {
    uint8_t         id[16]    AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    uint8_t         other[16] AR_UUID AR_NULLABLE AR_DEFAULT("gen_random_uuid()");
    uint8_t         third[16] AR_UUID AR_DEFAULT("'00000000-0000-0000-0000-000000000000'");
    struct timespec t         AR_NULLABLE AR_DEFAULT("'2020-01-01 00:00:00+00'");
    /* in the database, its type is timestamp(0) without time zone */
    struct timespec t0        AR_WITHOUT_ZONE AR_NULLABLE AR_DEFAULT("'2020-01-01 00:00:00'");
    const char     *e         AR_DEFAULT("E'a\\\\b'::text");
    const char     *c         AR_SQL_TYPE("\"char\"") AR_DEFAULT("'x'");
    const char     *v         AR_SQL_TYPE("varchar(10)[]") AR_DEFAULT("'{}'");
    const char     *n1        AR_SQL_TYPE("numeric(3,5)");
    /* the column `n2` (numeric(2,-3)): AR_SQL_TYPE: `numeric(2,-3)` is not the name of an SQL type */
    const char     *n3        AR_SQL_TYPE("numeric(0)");
    int16_t         n4        AR_DECIMAL(4, 0) AR_NULLABLE_BY(has_n4);
    bool            has_n4;
    const char     *n5        AR_DECIMAL(30, 2);
    int32_t         i         AR_NULLABLE_BY(has_i) AR_DEFAULT("'x'");
    bool            has_i;
    int32_t         j         AR_NULLABLE_BY(has_j) AR_DEFAULT("''");
    bool            has_j;
    int32_t         q         AR_DECIMAL(5, 2) AR_NULLABLE_BY(has_q) AR_DEFAULT(-1.50);
    bool            has_q;
    int32_t         m         AR_NULLABLE_BY(has_m) AR_DEFAULT("'1'::integer + 2");
    bool            has_m;
    struct ar_date  d         AR_NULLABLE AR_DEFAULT(CURRENT_DATE);
} AR_TABLE(types);

/* clang-format on */

#endif
