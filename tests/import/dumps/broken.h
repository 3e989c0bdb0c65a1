/* The tables of broken.sql, imported by armature. */
#ifndef BROKEN_H
#define BROKEN_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: a label that cannot be read of the enum type odd */
/* Not in a struct: the policy p */
/* Not in a struct: the trigger "on" */
/* Not in a struct: the trigger t */
/* Not in a struct: the type "range" */

/* the foreign key (n) to `b`: the columns that it refers to are not unique */
struct a {
    /* the database does not number new rows */
    int32_t id AR_PRIMARY_KEY;
    /* a $y$ of a */
    int32_t n  AR_NULLABLE_BY(has_n);
    bool    has_n;
    int32_t o  AR_NULLABLE_BY(has_o) AR_CHECK("o > 0");
    bool    has_o;
    int32_t q  AR_NULLABLE_BY(has_q);
    bool    has_q;
    int32_t m  AR_NULLABLE_BY(has_m) AR_CHECK("m > 0");
    bool    has_m;
    int32_t g  AR_NULLABLE_BY(has_g);
    bool    has_g;
    /* the column `h` (integer): the database numbers new rows, and a write would replace the number */
} AR_TABLE(a)
  AR_UNIQUE_KEY(n, m);

/* it has no primary key, so that it is only read */
struct b {
    int32_t     id;
    const char *c  AR_NOT_NULL;
} AR_TABLE(b, .read_only = true)
  /* AR_INDEX(b_id_expr_c_idx, id, "lower(c)", c): it has COLLATE "C" */
  /* AR_INDEX(i, ""): AR_INDEX: the field is not a C identifier */;

struct odds {
    /* the database does not number new rows */
    int32_t     id  AR_PRIMARY_KEY;
    const char *odd AR_SQL_TYPE("odd");
} AR_TABLE(odds);

/* its primary key cannot be that of a model, so that it is only read */
struct twice {
    int32_t n;
    int32_t id;
} AR_TABLE(twice, .read_only = true);

/* clang-format on */

#endif
