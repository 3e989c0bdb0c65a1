/* The tables of hard.db, imported by armature. */
#ifndef HARD_H
#define HARD_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: the view `broken`: no such table: main.nowhere */

/* AUTOINCREMENT: SQLite never uses the number of a deleted row again */
struct sales_region {
    int64_t     region_id AR_COLUMN("region id") AR_PRIMARY_KEY;
    const char *full_name AR_COLUMN("full name") AR_SQL_TYPE("text", .sqlite = "TEXT COLLATE NOCASE") AR_NOT_NULL
        AR_UNIQUE;
    const char *default_  AR_COLUMN("default") AR_DEFAULT("'it''s \"new\"'");
    int64_t     int_      AR_COLUMN("int") AR_DEFAULT(-1);
    double      gr_e      AR_COLUMN("größe") AR_NULLABLE_BY(has_gr_e);
    bool        has_gr_e;
    int64_t     _42       AR_COLUMN("42") AR_NULLABLE_BY(has_t42);
    bool        has_t42;
} AR_TABLE("Sales Region")
  AR_HAS_MANY(branch, region_id, region);

/* the trigger `person_seen` */
struct person {
    int64_t               id        AR_PRIMARY_KEY;
    int64_t               parent_id AR_NULLABLE;
    int64_t               mentor    AR_NULLABLE;
    const char           *email     AR_NOT_NULL AR_UNIQUE AR_CHECK("email LIKE '%@%'");
    int64_t               age       AR_NULLABLE_BY(has_age) AR_CHECK("age >= 0");
    bool                  has_age;
    double                score     AR_NULLABLE_BY(has_score);
    bool                  has_score;
    bool                  is_active AR_DEFAULT(1);
    bool                  may_login AR_NULLABLE_BY(has_may_login);
    bool                  has_may_login;
    time_t                born      AR_STORED_AS(date) AR_NULLABLE;
    time_t                created   AR_STORED_AS(text) AR_DEFAULT(CURRENT_TIMESTAMP);
    time_t                seen      AR_STORED_AS(text) AR_NULLABLE;
    struct ar_time_of_day wakes     AR_NULLABLE_BY(has_wakes);
    bool                  has_wakes;
    struct ar_blob        photo;
    /* in the database, its type is JSON */
    const char           *settings  AR_JSON AR_NOT_NULL AR_DEFAULT("'{}'");
    double                balance   AR_DEFAULT(0.5);
    /* in the database, it has no type */
    struct ar_blob        anything;
} AR_TABLE(person)
  AR_BELONGS_TO(parent, parent_id, children, .target = person, .on_delete = set_null)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(mentor, mentor, person_by_mentor, .target = person)
  AR_HAS_ONE(passport, person_id, person)
  AR_HAS_MANY(children, parent_id, parent, .target = person)
  AR_HAS_MANY(person_by_mentor, mentor, mentor, .target = person)
  AR_HAS_MANY(seat, passenger, passenger)
  AR_HAS_MANY(friendship_by_person, person_id, person, .target = friendship)
  AR_HAS_MANY(friendship_by_friend_, friend_id, friend_, .target = friendship)
  AR_HAS_MANY(visit_log, person_id, person)
  AR_HAS_MANY(untyped, person_id, person)
  AR_MANY_TO_MANY(tag, person_tag, person_id, tag_id, person)
  AR_INDEX(person_names, "lower(email)", age desc, .where = "is_active = 1")
  /* AR_INDEX(person_nocase, email): it has COLLATE NOCASE */
  AR_CHECK("age IS NULL OR age < 150", .name = adult)
  AR_CHECK("id <> parent_id");

struct branch {
    int64_t id        AR_PRIMARY_KEY;
    int64_t region_id AR_COLUMN("region id");
} AR_TABLE(branch)
  AR_BELONGS_TO(region, region_id, branch, .target = sales_region)
  AR_INDEX(branch_region, region_id);

struct passport {
    int64_t     person_id AR_PRIMARY_KEY;
    const char *number    AR_NOT_NULL;
    const char *country   AR_NOT_NULL;
} AR_TABLE(passport)
  /* in the database, it is ON UPDATE CASCADE */
  AR_BELONGS_TO(person, person_id, passport, .on_delete = cascade)
  AR_UNIQUE_KEY(country, number);

/* in the database, it is WITHOUT ROWID */
struct flight {
    const char *airline     AR_PRIMARY_KEY;
    int64_t     number      AR_PRIMARY_KEY;
    const char *origin      AR_NOT_NULL;
    const char *destination AR_NOT_NULL;
    int64_t     minutes;
    double      hours       AR_NULLABLE_BY(has_hours) AR_GENERATED("minutes / 60.0");
    bool        has_hours;
    /* in the database, it is VIRTUAL: it is computed whenever it is read */
    const char *label       AR_GENERATED("airline || number");
} AR_TABLE(flight)
  /* in the database, it is DEFERRABLE */
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(origin, origin, flight_by_origin, .target = airport, .references = code)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(destination, destination, flight_by_destination, .target = airport, .references = code)
  AR_HAS_MANY(seat, (airline, number), flight);

struct airport {
    int64_t     id   AR_PRIMARY_KEY;
    const char *code AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(airport)
  AR_HAS_MANY(flight_by_origin, origin, origin, .target = flight, .references = code)
  AR_HAS_MANY(flight_by_destination, destination, destination, .target = flight, .references = code);

/* in the database, it is STRICT */
struct seat {
    const char *airline   AR_PRIMARY_KEY;
    int64_t     number    AR_PRIMARY_KEY;
    const char *place     AR_PRIMARY_KEY;
    int64_t     passenger AR_NULLABLE;
} AR_TABLE(seat)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(passenger, passenger, seat, .target = person)
  AR_BELONGS_TO(flight, (airline, number), seat, .on_delete = cascade);

struct tag {
    int64_t     id   AR_PRIMARY_KEY;
    const char *word AR_NOT_NULL;
} AR_TABLE(tag)
  AR_MANY_TO_MANY(person, person_tag, tag_id, person_id, tag);

struct friendship {
    int64_t person_id AR_PRIMARY_KEY;
    int64_t friend_id AR_PRIMARY_KEY;
    time_t  since     AR_STORED_AS(date);
} AR_TABLE(friendship)
  AR_BELONGS_TO(person, person_id, friendship_by_person)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(friend_, friend_id, friendship_by_friend_, .target = person);

/* it has no primary key, so that it is only read */
struct visit_log {
    const char *page      AR_NOT_NULL;
    time_t      visited   AR_STORED_AS(text);
    int64_t     person_id AR_NULLABLE;
} AR_TABLE(visit_log, .read_only = true)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, visit_log);

/* its primary key cannot be that of a model, so that it is only read */
struct measure {
    double      value AR_NULLABLE_BY(has_value);
    bool        has_value;
    const char *note;
} AR_TABLE(measure, .read_only = true);

/* its primary key cannot be that of a model, so that it is only read */
struct untyped {
    /* in the database, it has no type */
    struct ar_blob id;
    /* in the database, it has no type */
    int64_t        person_id AR_NULLABLE;
    /* in the database, it has no type */
    struct ar_blob value     AR_DEFAULT("1 + 1");
} AR_TABLE(untyped, .read_only = true)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, untyped);

/* the foreign key (gone_id) to `gone`: the table is not imported */
/* the foreign key (word) to `tag`: its type differs from that of the key, or cannot be part of a key */
struct dangling {
    int64_t     id      AR_PRIMARY_KEY;
    int64_t     gone_id AR_NULLABLE_BY(has_gone_id);
    bool        has_gone_id;
    const char *word;
} AR_TABLE(dangling);

struct list {
    int64_t     id    AR_PRIMARY_KEY;
    int64_t     order;
    const char *query;
    int64_t     find  AR_NULLABLE;
} AR_TABLE(list)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(find_list, find, list_by_find_list, .target = list)
  AR_HAS_MANY(list_by_find_list, find, find_list, .target = list)
  AR_HAS_MANY(list_list, list_id, list, .target = list_list_row);

struct list_list_row {
    int64_t id      AR_PRIMARY_KEY;
    int64_t list_id;
} AR_TABLE(list_list)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(list, list_id, list_list);

struct timespec_ {
    int64_t     id AR_PRIMARY_KEY;
    const char *tm;
} AR_TABLE(timespec);

struct report {
    int64_t     tenant_id AR_PRIMARY_KEY;
    int64_t     id        AR_PRIMARY_KEY AR_IDENTITY;
    const char *title;
} AR_TABLE(report)
  AR_HAS_MANY(figure, (tenant_id, report_id), report);

struct figure {
    int64_t tenant_id;
    int64_t id        AR_PRIMARY_KEY;
    int64_t report_id;
} AR_TABLE(figure)
  AR_BELONGS_TO(report, (tenant_id, report_id), figure)
  AR_UNIQUE_KEY(tenant_id, id)
  AR_INDEX(figure_report, tenant_id, report_id);

struct adults {
    int64_t     id;
    const char *email AR_NOT_NULL;
    int64_t     age;
} AR_VIEW(adults, "SELECT id, email, age FROM person WHERE age >= 18");

struct counts {
    const char *airline AR_NOT_NULL;
    int64_t     flights;
    double      mean;
} AR_VIEW(counts,
        "SELECT airline, count(*) AS flights, avg(minutes) AS mean FROM flight GROUP BY airline");

/* clang-format on */

#endif
