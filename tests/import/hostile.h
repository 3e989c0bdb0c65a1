/* The tables of hostile.sql, imported by armature. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct a_int_x {
    int64_t     id     AR_PRIMARY_KEY;
    const char *b_evil AR_COLUMN("b\"; } evil") AR_DEFAULT("'*/ \"); system(\"x'");
} AR_TABLE("a*/ int x; /*");

struct int_ {
    int64_t     return_ AR_COLUMN("return") AR_PRIMARY_KEY;
    const char *struct_ AR_COLUMN("struct");
    int64_t     bool_   AR_COLUMN("bool") AR_NULLABLE_BY(has_bool_);
    bool        has_bool_;
    const char *NULL_   AR_COLUMN("NULL");
    const char *errno_  AR_COLUMN("errno");
    const char *class_  AR_COLUMN("class");
    int64_t     linux_  AR_COLUMN("linux") AR_NULLABLE_BY(has_linux_);
    bool        has_linux_;
} AR_TABLE("int");

struct table_ar {
    int64_t ar AR_PRIMARY_KEY;
} AR_TABLE(ar);

struct table_ar_session {
    int64_t     id  AR_PRIMARY_KEY;
    int64_t     s   AR_NULLABLE_BY(has_s);
    bool        has_s;
    const char *q;
    const char *out;
} AR_TABLE(ar_session);

struct s {
    int64_t id   AR_PRIMARY_KEY;
    int64_t s_id AR_NULLABLE;
} AR_TABLE(s)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(s, s_id, s_by_s)
  AR_HAS_MANY(s_by_s, s_id, s, .target = s)
  AR_HAS_MANY(q, s_id, s);

struct q {
    int64_t id     AR_PRIMARY_KEY;
    int64_t s_id   AR_NULLABLE;
    int64_t out_id AR_NULLABLE;
} AR_TABLE(q)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(s, s_id, q)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(out, out_id, q);

struct out {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(out)
  AR_HAS_MANY(q, out_id, out);

struct select {
    int64_t     from  AR_PRIMARY_KEY;
    const char *where;
    int64_t     x_y   AR_COLUMN("x y") AR_NULLABLE_BY(has_x_y);
    bool        has_x_y;
    int64_t     x_y_2 AR_COLUMN("x-y") AR_NULLABLE_BY(has_x_y_2);
    bool        has_x_y_2;
    int64_t     x_y_3 AR_COLUMN(x_y) AR_NULLABLE_BY(has_x_y_3);
    bool        has_x_y_3;
} AR_TABLE(select)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(where_group, where, select, .target = group);

struct group {
    /* the database allows NULL in this key */
    const char *by    AR_PRIMARY_KEY;
    int64_t     has_x AR_NULLABLE_BY(has_has_x);
    bool        has_has_x;
    int64_t     x     AR_NULLABLE_BY(has_x_2);
    bool        has_x_2;
} AR_TABLE(group)
  AR_HAS_MANY(select, where, where_group);

/* The table `new line`: its name has a control character */

/* The table `control`: none of its columns can be a field */

struct direction {
    int64_t     id AR_PRIMARY_KEY;
    /* the column `a?b` (TEXT): its name has a control character */
    /* AR_CHECK("c <> '?'"): it has a character that changes the direction of text */
    const char *c;
} AR_TABLE(direction);

struct ctid {
    int64_t id AR_PRIMARY_KEY;
    /* the column `ctid` (INT): `ctid` is a system column of every PostgreSQL table */
    /* the column `xmin` (INT): `xmin` is a system column of every PostgreSQL table */
} AR_TABLE(ctid);

/* The table `this_is_a_name_with_more_than_sixty_three_bytes_which_postgresql_truncates`: AR_TABLE: the table's name
 * has 74 bytes, but PostgreSQL truncates names to 63 */

struct trigraph {
    int64_t     id AR_PRIMARY_KEY;
    const char *a  AR_DEFAULT("'?\?/'") AR_CHECK("a <> '?\?=\\'");
} AR_TABLE(trigraph);

struct table {
    int64_t     column   AR_COLUMN("名前") AR_PRIMARY_KEY;
    const char *column_2 AR_COLUMN("名");
    const char *column_3 AR_COLUMN("前");
} AR_TABLE("日本");

/* The table ``: it has no name */

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(user)
  AR_HAS_MANY(posts_by_user, user_id, user, .target = posts)
  AR_HAS_MANY(posts_by_user_id2, user_id2, user_id2, .target = posts)
  AR_HAS_MANY(posts_by_find_user, find, find_user, .target = posts);

struct user_find_row {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(user_find);

struct user_posts {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(user_posts);

struct posts {
    int64_t id       AR_PRIMARY_KEY;
    int64_t user_id  AR_NULLABLE;
    int64_t user_id2 AR_NULLABLE;
    int64_t find     AR_NULLABLE;
} AR_TABLE(posts)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(user, user_id, posts_by_user)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(user_id2, user_id2, posts_by_user_id2, .target = user)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(find_user, find, posts_by_find_user, .target = user);

struct a_table {
    int64_t id      AR_PRIMARY_KEY;
    double  value_a AR_NULLABLE_BY(has_value_a);
    bool    has_value_a;
} AR_TABLE(a_table)
  /* AR_INDEX(a_table_id_seq, value_a): AR_INDEX(a_table_id_seq): this is the name of the key's sequence of `a_table`
   * on PostgreSQL */;

/* The table `a_table_pkey`: AR_TABLE: PostgreSQL gives the name `a_table_pkey` to the primary key's index of the
 * table `a_table` */

/* its primary key cannot be that of a model, so that it is only read */
struct many {
    int64_t k1 AR_NULLABLE_BY(has_k1);
    bool    has_k1;
    int64_t k2 AR_NULLABLE_BY(has_k2);
    bool    has_k2;
    int64_t k3 AR_NULLABLE_BY(has_k3);
    bool    has_k3;
    int64_t k4 AR_NULLABLE_BY(has_k4);
    bool    has_k4;
    int64_t k5 AR_NULLABLE_BY(has_k5);
    bool    has_k5;
    int64_t k6 AR_NULLABLE_BY(has_k6);
    bool    has_k6;
    int64_t k7 AR_NULLABLE_BY(has_k7);
    bool    has_k7;
    int64_t k8 AR_NULLABLE_BY(has_k8);
    bool    has_k8;
    int64_t k9 AR_NULLABLE_BY(has_k9);
    bool    has_k9;
} AR_TABLE(many, .read_only = true);

struct checked {
    /* the column `tab x` (INT): its name has a control character */
    int64_t     id AR_PRIMARY_KEY;
    const char *b  AR_DEFAULT("'*\\ int injected; /\\*'");
} AR_TABLE(checked)
  /* AR_CHECK("/"tab/011x/" > 0"): AR_CHECK: the only escapes in a string are //, /", /', /?, /n and /t */;

/* the foreign key (line) to `new line`: the table is not imported */
/* the foreign key (tab) to `control`: the table is not imported */
/* the foreign key (k1, k2, k3, k4, k5, k6, k7, k8, k9) to `many`: the number of columns differs from that of the key */
struct refers {
    int64_t id   AR_PRIMARY_KEY;
    int64_t line AR_NULLABLE;
    int64_t tab  AR_NULLABLE;
    int64_t k1   AR_NULLABLE_BY(has_k1);
    bool    has_k1;
    int64_t k2   AR_NULLABLE_BY(has_k2);
    bool    has_k2;
    int64_t k3   AR_NULLABLE_BY(has_k3);
    bool    has_k3;
    int64_t k4   AR_NULLABLE_BY(has_k4);
    bool    has_k4;
    int64_t k5   AR_NULLABLE_BY(has_k5);
    bool    has_k5;
    int64_t k6   AR_NULLABLE_BY(has_k6);
    bool    has_k6;
    int64_t k7   AR_NULLABLE_BY(has_k7);
    bool    has_k7;
    int64_t k8   AR_NULLABLE_BY(has_k8);
    bool    has_k8;
    int64_t k9   AR_NULLABLE_BY(has_k9);
    bool    has_k9;
} AR_TABLE(refers);

struct invisible {
    int64_t     id AR_PRIMARY_KEY;
    /* the column `a b` (TEXT): its name has a control character */
    /* AR_DEFAULT("'/177‰⁪⁄'"): AR_DEFAULT: the only escapes in a string are //, /", /', /?, /n and /t */
    /* AR_CHECK("c <> '/ * /177'"): AR_CHECK: the only escapes in a string are //, /", /', /?, /n and /t */
    const char *c;
} AR_TABLE(invisible);

struct macros {
    int64_t id       AR_PRIMARY_KEY;
    int64_t AR_UUID_ AR_COLUMN("AR_UUID") AR_NULLABLE_BY(has_table_ar_uuid);
    bool    has_table_ar_uuid;
    /* the column `INT8_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `INT16_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `INT32_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `INT64_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `UINT8_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `UINT16_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `UINT32_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `UINT64_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `SIZE_MAX` (INT): expected member name or ';' after declaration specifiers */
    /* the column `INTPTR_MAX` (INT): expected member name or ';' after declaration specifiers */
} AR_TABLE(macros);

struct import_h {
    int64_t     id AR_PRIMARY_KEY;
    /* AR_CHECK("a <> /"import.h/" || abs(1)"): AR_CHECK names `import.h`, which is not a column of the table
     * `import.h` */
    const char *a;
} AR_TABLE("import.h");

/* clang-format on */

#endif
