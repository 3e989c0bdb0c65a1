/* The tables of unusual.db, imported by armature. */
#ifndef UNUSUAL_H
#define UNUSUAL_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: the virtual table `words` */

/* ON CONFLICT REPLACE of `code` */
/* ON CONFLICT IGNORE of `n` */
/* ON CONFLICT ABORT */
struct parent {
    int64_t     id   AR_PRIMARY_KEY;
    const char *code AR_UNIQUE;
    int64_t     n    AR_DEFAULT(0);
} AR_TABLE(parent)
  AR_HAS_MANY(down, p, p)
  AR_HAS_MANY(child, p, p)
  AR_HAS_MANY(kid, p, p)
  AR_INDEX(odd_index, "lower(code) COLLATE NOCASE || 'x'", n desc)
  /* AR_INDEX(part_index, code, "n + 1"): it has COLLATE RTRIM */
  AR_CHECK("n > -1");

/* ON DELETE SET DEFAULT of the foreign key to `parent` */
struct down {
    /* the database does not number new rows */
    int64_t     id AR_PRIMARY_KEY;
    const char *x  AR_DEFAULT("1e-5");
    double      y  AR_NULLABLE_BY(has_y) AR_DEFAULT("1.5E+3");
    bool        has_y;
    /* AR_DEFAULT("0x1F"): AR_DEFAULT: `0x1F` has a number that is not decimal */
    int64_t     z  AR_NULLABLE_BY(has_z);
    bool        has_z;
    int64_t     p  AR_NULLABLE AR_DEFAULT(1);
} AR_TABLE(down)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(p, p, down, .target = parent);

struct child {
    int64_t id AR_PRIMARY_KEY;
    int64_t p  AR_NULLABLE;
} AR_TABLE(child)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(p, p, child, .target = parent, .on_delete = restrict);

struct kid {
    int64_t id AR_PRIMARY_KEY;
    int64_t p  AR_NULLABLE;
} AR_TABLE(kid)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(p, p, kid, .target = parent);

struct named {
    int64_t     a;
    const char *the_b AR_COLUMN("the b");
} AR_VIEW(named,
        "WITH renamed (a, \"the b\") AS (SELECT id, code FROM parent WHERE n > 0) SELECT * FROM renamed");

struct flags {
    int64_t        id;
    bool           is_positive;
    struct ar_blob bytes       AR_NOT_NULL;
    struct ar_blob raw;
    const char    *text;
    double         real;
    /* in the database, it has no type */
    struct ar_blob empty;
} AR_VIEW(flags,
        "SELECT id, n > 0 AS is_positive, x'00' AS bytes, CAST(code AS BLOB) AS raw, code AS text, n * 1.5 AS"
        " real, NULL AS empty FROM parent");

struct a_bool {
    int64_t               id AR_PRIMARY_KEY;
    bool                  ok AR_NULLABLE_BY(has_ok) AR_DEFAULT(TRUE);
    bool                  has_ok;
    bool                  no AR_NULLABLE_BY(has_no) AR_DEFAULT(FALSE);
    bool                  has_no;
    time_t                at AR_STORED_AS(text) AR_NULLABLE AR_DEFAULT(CURRENT_DATE);
    time_t                d  AR_STORED_AS(date) AR_NULLABLE AR_DEFAULT(CURRENT_TIMESTAMP);
    struct ar_time_of_day t  AR_NULLABLE_BY(has_t) AR_DEFAULT(CURRENT_TIME);
    bool                  has_t;
} AR_TABLE(a_bool);

struct empty_index {
    int64_t     id  AR_PRIMARY_KEY;
    const char *a_b AR_COLUMN("a b");
    const char *c_d AR_COLUMN("c`d");
    const char *e_f AR_COLUMN("e f");
    const char *g_h AR_COLUMN("g\"h");
} AR_TABLE(empty_index)
  AR_UNIQUE_KEY(a_b, e_f);

struct statuses {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(statuses)
  AR_HAS_MANY(box, status_id, status);

struct box {
    int64_t id        AR_PRIMARY_KEY;
    int64_t status_id AR_NULLABLE;
} AR_TABLE(box)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(status, status_id, box, .target = statuses)
  AR_HAS_MANY(data, box_id, box)
  AR_HAS_MANY(person, box_id, box);

struct data {
    int64_t id     AR_PRIMARY_KEY;
    int64_t box_id AR_NULLABLE;
} AR_TABLE(data)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(box, box_id, data);

struct person {
    int64_t id     AR_PRIMARY_KEY;
    int64_t box_id AR_NULLABLE;
} AR_TABLE(person)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(box, box_id, person)
  AR_HAS_MANY(people, person_id, person)
  AR_HAS_MANY(city, person_id, person);

struct people {
    int64_t id        AR_PRIMARY_KEY;
    int64_t person_id AR_NULLABLE;
    int64_t boss_id   AR_NULLABLE;
} AR_TABLE(people)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, people)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(boss, boss_id, people_by_boss, .target = people)
  AR_HAS_MANY(people_by_boss, boss_id, boss, .target = people);

struct city {
    int64_t id        AR_PRIMARY_KEY;
    int64_t person_id AR_NULLABLE;
} AR_TABLE(city)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, city)
  AR_HAS_MANY(news, city_id, city)
  AR_HAS_MANY(keyless_city, city_id, city);

struct news {
    int64_t id      AR_PRIMARY_KEY;
    int64_t city_id AR_NULLABLE;
} AR_TABLE(news)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(city, city_id, news);

/* in the database, it is WITHOUT ROWID */
struct empty {
    /* the database does not number new rows */
    int64_t x AR_PRIMARY_KEY;
} AR_TABLE(empty_);

struct bytes_of {
    int64_t        id        AR_PRIMARY_KEY;
    /* in the database, it has the collation `NOCASE` */
    struct ar_blob hash;
    const char    *long_name AR_NOT_NULL;
} AR_TABLE(bytes_of);

struct reserved {
    int64_t     id      AR_PRIMARY_KEY;
    const char *_file__ AR_COLUMN("__file__");
    const char *Upper   AR_COLUMN("_Upper");
    const char *column  AR_COLUMN("___");
    const char *_x;
    const char *_1;
    int64_t     a__b    AR_NULLABLE;
} AR_TABLE(reserved)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(a_b, a__b, reserved, .target = ranges);

struct table_armaturex {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(armaturex)
  AR_HAS_MANY(guess, w, w);

struct ranges {
    int64_t id AR_PRIMARY_KEY;
    int64_t n  AR_NULLABLE_BY(has_n) AR_CHECK("n > 0");
    bool    has_n;
    int64_t k  AR_NULLABLE_BY(has_k) AR_DEFAULT("''");
    bool    has_k;
    int64_t l  AR_NULLABLE_BY(has_l) AR_DEFAULT("'none'");
    bool    has_l;
    time_t  m  AR_STORED_AS(date) AR_NULLABLE AR_DEFAULT("'2020-01-01'");
    time_t  o  AR_STORED_AS(date) AR_NULLABLE AR_DEFAULT("(CURRENT_TIMESTAMP)");
    time_t  p  AR_STORED_AS(text) AR_NULLABLE;
} AR_TABLE(ranges)
  AR_HAS_MANY(reserved, a__b, a_b)
  AR_HAS_MANY(guess, v, v)
  /* AR_INDEX("", l desc, .unique = true): AR_INDEX: the name is empty */
  AR_CHECK("n < 9");

struct pair {
    int64_t a AR_PRIMARY_KEY;
    int64_t b AR_PRIMARY_KEY;
} AR_TABLE(pair);

/* the foreign key (t) to `pair`: the number of columns differs from that of the key */
/* the foreign key (z) to `guess`: the columns that it refers to are not unique */
struct guess {
    int64_t        id   AR_PRIMARY_KEY;
    /* in the database, it has no type */
    int64_t        w    AR_NULLABLE;
    /* in the database, it has no type */
    struct ar_blob t;
    /* in the database, it has no type */
    int64_t        v    AR_NULLABLE;
    /* in the database, it has no type */
    int64_t        z    AR_NULLABLE_BY(has_z);
    bool           has_z;
    const char    *word;
} AR_TABLE(guess)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(w, w, guess, .target = table_armaturex)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(v, v, guess, .target = ranges);

struct flagged {
    bool        ok;
    int64_t     has_ok;
    int64_t     n      AR_NULLABLE_BY(has_n_2);
    bool        has_n_2;
    const char *has_n  AR_NOT_NULL;
} AR_VIEW(flagged, "SELECT id > 0 AS ok, id AS has_ok, n + 1 AS n, 'x' AS \"has_n\" FROM ranges");

struct plain {
    int64_t     id AR_PRIMARY_KEY;
    const char *a  AR_DEFAULT("'word'");
    const char *b  AR_DEFAULT("'two words'");
    const char *c  AR_DEFAULT("lower('X')");
    const char *d  AR_DEFAULT("+1");
    const char *e;
    const char *f;
} AR_TABLE(plain)
  AR_INDEX(plain_a, a, b desc);

struct plain_view {
    const char *a;
    const char *b;
} AR_VIEW(plain_view, "SELECT a, b FROM plain");

struct user_name {
    int64_t     id AR_PRIMARY_KEY;
    /* in the database, it has the collation `NOCASE` */
    const char *j  AR_JSON;
    /* in the database, its type is UUID */
    const char *u  AR_SQL_TYPE("text", .sqlite = "TEXT COLLATE NOCASE");
} AR_TABLE(User_Name);

/* the foreign key (gone) to `parent`: there are no fields for its columns */
/* the foreign key (r) to `parent`: its type differs from that of the key, or cannot be part of a key */
/* the foreign key (i) to `real_key`: its type differs from that of the key, or cannot be part of a key */
struct todo_list {
    int64_t id   AR_PRIMARY_KEY;
    int64_t gone AR_NULLABLE_BY(has_gone);
    bool    has_gone;
    double  r    AR_NULLABLE_BY(has_r);
    bool    has_r;
    int64_t i    AR_NULLABLE_BY(has_i);
    bool    has_i;
} AR_TABLE(todo_list);

struct real_key {
    int64_t id AR_PRIMARY_KEY;
    double  r  AR_NULLABLE_BY(has_r) AR_UNIQUE;
    bool    has_r;
} AR_TABLE(real_key);

/* it has no primary key, so that it is only read */
struct keyless {
    const char *code    AR_UNIQUE;
    int64_t     city_id AR_NULLABLE_BY(has_city_id);
    bool        has_city_id;
} AR_TABLE(keyless, .read_only = true)
  AR_HAS_MANY(keyless_city, code, code, .references = code);

struct keyless_city {
    const char *code    AR_PRIMARY_KEY;
    int64_t     city_id AR_PRIMARY_KEY;
} AR_TABLE(keyless_city)
  AR_BELONGS_TO(code, code, keyless_city, .target = keyless, .references = code)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(city, city_id, keyless_city);

struct by_tenant {
    int64_t     tenant AR_PRIMARY_KEY;
    int64_t     id     AR_PRIMARY_KEY AR_IDENTITY;
    const char *name   AR_UNIQUE;
} AR_TABLE(by_tenant);

struct by_descent {
    int64_t id     AR_PRIMARY_KEY;
    int64_t tenant;
} AR_TABLE(by_descent)
  /* AR_INDEX(by_descent_pkey, tenant, id desc, .unique = true): AR_INDEX(by_descent_pkey): this is the name of the
   * primary key of `by_descent` on PostgreSQL */;

struct by_expression {
    int64_t id     AR_PRIMARY_KEY;
    int64_t tenant;
} AR_TABLE(by_expression)
  /* AR_INDEX(by_expression_pkey, "tenant + 1", id, .unique = true): AR_INDEX(by_expression_pkey): this is the name
   * of the primary key of `by_expression` on PostgreSQL */;

struct by_part {
    int64_t id     AR_PRIMARY_KEY;
    int64_t tenant;
} AR_TABLE(by_part)
  /* AR_INDEX(by_part_pkey, id, tenant, .unique = true, .where = "tenant > 0"): AR_INDEX(by_part_pkey): this is the
   * name of the primary key of `by_part` on PostgreSQL */;

struct by_others {
    int64_t id     AR_PRIMARY_KEY;
    int64_t tenant;
    int64_t number;
} AR_TABLE(by_others)
  /* AR_INDEX(by_others_pkey, tenant, number, .unique = true): AR_INDEX(by_others_pkey): this is the name of the
   * primary key of `by_others` on PostgreSQL */;

struct unnamed {
    /* in the database, it has no type */
    struct ar_blob n_1 AR_COLUMN("n + 1");
    int64_t        a_b AR_COLUMN("a b");
} AR_VIEW(unnamed, "SELECT n + 1, n AS \"a b\" FROM parent");

struct backwards {
    const char *note;
    int64_t     c    AR_PRIMARY_KEY;
    int64_t     size AR_NULLABLE_BY(has_size);
    bool        has_size;
    int64_t     a    AR_PRIMARY_KEY;
    int64_t     b    AR_PRIMARY_KEY;
} AR_TABLE(backwards)
  AR_HAS_MANY(of_backwards, (x, y, z), backwards);

struct of_backwards {
    int64_t id AR_PRIMARY_KEY;
    int64_t x  AR_NULLABLE_BY(has_x);
    bool    has_x;
    int64_t y  AR_NULLABLE_BY(has_y);
    bool    has_y;
    int64_t z  AR_NULLABLE_BY(has_z);
    bool    has_z;
} AR_TABLE(of_backwards)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(backwards, (x, y, z), of_backwards);

struct collated {
    /* the database allows NULL in this key */
    const char *code AR_PRIMARY_KEY;
    const char *name AR_SQL_TYPE("text", .sqlite = "TEXT COLLATE NOCASE");
    const char *word;
} AR_TABLE(collated)
  /* AR_INDEX("", code, .unique = true): it has COLLATE NOCASE */
  /* AR_INDEX("", word, .unique = true): it has COLLATE NOCASE */
  AR_UNIQUE_KEY(name, word)
  AR_INDEX(collated_name, name)
  /* AR_INDEX(collated_exact, name): it has COLLATE BINARY */;

/* in the database, it is WITHOUT ROWID */
struct without_rowid {
    const char *code AR_PRIMARY_KEY;
} AR_TABLE(without_rowid)
  /* AR_INDEX("", code, .unique = true): it has COLLATE NOCASE */;

struct indexed_twice {
    int64_t id      AR_PRIMARY_KEY;
    int64_t boss_id AR_NULLABLE;
    int64_t heir_id AR_NULLABLE;
    int64_t n       AR_NULLABLE_BY(has_n);
    bool    has_n;
} AR_TABLE(indexed_twice)
  AR_BELONGS_TO(boss, boss_id, indexed_twice_by_boss, .target = indexed_twice)
  AR_BELONGS_TO(heir, heir_id, indexed_twice_by_heir, .target = indexed_twice)
  AR_HAS_MANY(indexed_twice_by_boss, boss_id, boss, .target = indexed_twice)
  AR_HAS_MANY(indexed_twice_by_heir, heir_id, heir, .target = indexed_twice)
  AR_UNIQUE_KEY(boss_id, n)
  AR_INDEX(indexed_twice_boss_id, boss_id)
  AR_INDEX(indexed_twice_heir_id, heir_id)
  AR_INDEX(indexed_twice_heirs, heir_id, n);

/* clang-format on */

#endif
