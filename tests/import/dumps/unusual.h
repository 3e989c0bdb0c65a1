/* The tables of unusual.sql, imported by armature. */
#ifndef UNUSUAL_H
#define UNUSUAL_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: the domain app.positive */
/* Not in a struct: the materialized view mv: a dump does not have the types of its columns */
/* Not in a struct: the procedure act(a integer) */
/* Not in a struct: the type app.pair */

enum mood {
    MOOD_GOOD AR_LABEL("GOOD"),
    MOOD_BAD AR_LABEL("BAD")
};

enum size {
    SIZE_SIZE_S AR_LABEL("SIZE_S"),
    SIZE_M AR_LABEL("M"),
    SIZE_L_S AR_LABEL("L's")
};

/* it has no primary key, so that it is only read */
/* the table that it inherits from */
struct child {
    int32_t extra AR_NULLABLE_BY(has_extra);
    bool    has_extra;
} AR_TABLE(child, .read_only = true);

/* it has no primary key, so that it is only read */
/* the columns of LIKE */
struct copied {
    int32_t x AR_NULLABLE_BY(has_x);
    bool    has_x;
} AR_TABLE(copied, .read_only = true);

struct counted_tag {
    /* the database numbers new rows; the model does not */
    int32_t parent_id AR_PRIMARY_KEY;
    int32_t tag_id    AR_PRIMARY_KEY;
} AR_TABLE(counted_tag)
  AR_BELONGS_TO(parent, parent_id, counted_tag, .on_delete = cascade)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(tag, tag_id, counted_tag, .on_delete = cascade);

/* it has no primary key, so that it is only read */
/* a foreign table: its server */
struct distant {
    int32_t id AR_NULLABLE_BY(has_id);
    bool    has_id;
} AR_TABLE(distant, .read_only = true);

/* a constraint: "Gone" is not a unique index of columns in the dump */
/* a constraint: indexed_part is not a unique index of columns in the dump */
struct indexed {
    int32_t     id     AR_PRIMARY_KEY;
    const char *code   AR_PRIMARY_KEY;
    int32_t     number AR_NULLABLE_BY(has_number);
    bool        has_number;
    const char *title  AR_UNIQUE;
} AR_TABLE(indexed)
  /* AR_INDEX(indexed_number, number, .unique = true): it is DEFERRABLE */
  AR_INDEX(indexed_part, title, .unique = true, .where = "number > 0");

struct last {
    /* the database does not number new rows */
    int32_t id AR_PRIMARY_KEY;
} AR_TABLE(last);

/* It's late */
/* it has no primary key, so that it is only read */
/* ON UPDATE SET DEFAULT of the foreign key to parent */
struct late {
    /* the column `id` (integer): the database numbers new rows, and a write would replace the number */
    /* It's C:/temp and 'quoted', q AZgB xg, é€😀😀, not . */
    const char *title AR_NOT_NULL AR_DEFAULT("'x'");
    int32_t     size  AR_NULLABLE AR_CHECK("size > 0");
} AR_TABLE(late, .read_only = true)
  /* in the database, it is DEFERRABLE */
  /* some rows may not meet the foreign key: it is NOT VALID or NOT ENFORCED */
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(size, size, late, .target = parent, .on_delete = restrict)
  AR_UNIQUE_KEY(title, size)
  AR_CHECK("size > 0 AND title <> ''");

struct named {
    /* the database does not number new rows */
    int32_t     id      AR_PRIMARY_KEY;
    const char *lower;
    int32_t     public_ AR_COLUMN("public") AR_NULLABLE_BY(has_public_) AR_CHECK("public > 0");
    bool        has_public_;
    const char *kind    AR_SQL_TYPE("\"my  type\"");
    const char *numbers AR_SQL_TYPE("integer[]");
} AR_TABLE(named)
  AR_INDEX(named_lower, "lower(lower)", lower)
  AR_CHECK("f(public) > 0");

struct odd {
    const char *note;
    int32_t     id       AR_PRIMARY_KEY AR_IDENTITY;
    /* the database numbers new rows; the model does not */
    int32_t     number   AR_PRIMARY_KEY;
    enum size   size     AR_ENUM_TYPE(size) AR_NULLABLE_BY(has_size);
    bool        has_size;
    const char *nothing  AR_SQL_TYPE("none");
    const char *fits     AR_SQL_TYPE("charactered");
    const char *fraction AR_SQL_TYPE("numeric(3,5)");
    /* the column `thousands` (numeric(3,-2)): AR_SQL_TYPE: `numeric(3,-2)` is not the name of an SQL type */
    const char *code;
} AR_TABLE(odd)
  /* the database has no index for it; the model adds one */
  /* AR_BELONGS_TO(code, code, .target = parent, .references = code): AR_BELONGS_TO(code): `.references`: (code) is
   * not unique in `parent` */;

/* row-level security */
/* the exclusion constraint ex */
/* the index parent_distinct: NULLS NOT DISTINCT */
/* the policy mine */
/* the trigger ct */
struct parent {
    /* the database does not number new rows */
    int32_t         id   AR_PRIMARY_KEY;
    const char     *code;
    /* in the database, it has the collation `C` */
    const char     *name;
    float           n    AR_NULLABLE_BY(has_n) AR_DEFAULT("1.5e-3");
    bool            has_n;
    int64_t         big  AR_NULLABLE_BY(has_big) AR_DEFAULT(-1);
    bool            has_big;
    enum mood       mood AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_mood) AR_DEFAULT("'GOOD'");
    bool            has_mood;
    struct ar_texts tags AR_NOT_NULL AR_DEFAULT("'{}'");
    const char     *p    AR_SQL_TYPE("app.positive");
} AR_TABLE(parent)
  AR_HAS_MANY(counted_tag, parent_id, parent)
  AR_HAS_MANY(late, size, size)
  /* AR_HAS_MANY(odd, code, .references = code): AR_HAS_MANY(odd): `.references`: (code) is not unique in `parent` */
  /* AR_INDEX(hash_ix, code): it is of the kind hash */
  /* AR_INDEX(parent_code_key, code, .unique = true): it includes further columns */
  AR_INDEX(parent_distinct, big, .unique = true)
  /* AR_INDEX(parent_name, name desc, "lower(code)", .where = "n > (1)::real"): it includes further columns */
  AR_CHECK("n > (0)::real");

struct placed {
    /* the database does not number new rows */
    int32_t     id   AR_PRIMARY_KEY;
    const char *code AR_UNIQUE;
    int32_t     size AR_NULLABLE_BY(has_size);
    bool        has_size;
} AR_TABLE(placed);

struct tag {
    /* the database does not number new rows */
    int32_t id AR_PRIMARY_KEY;
} AR_TABLE(tag)
  AR_HAS_MANY(counted_tag, tag_id, tag);

/* clang-format on */

#endif
