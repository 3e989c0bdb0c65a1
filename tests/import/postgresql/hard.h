/* The tables of the database hard, imported by armature. */
#ifndef HARD_H
#define HARD_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: the domain fee */
/* Not in a struct: the domain positive */
/* Not in a struct: the domain sales.price */
/* Not in a struct: the function touch() */
/* Not in a struct: the enum type `unused`, which no column has */
/* Not in a struct: the enum type `sales.state`: it is in a schema, so that its columns are strings */

enum mood {
    MOOD_SAD AR_LABEL("sad"),
    MOOD_SO_SO AR_LABEL("so-so"),
    MOOD_HAPPY AR_LABEL("HAPPY"),
    MOOD_BER AR_LABEL("über"),
    MOOD_A_B_C AR_LABEL("a \"b\", \\c")
};

struct sales_region {
    int32_t     region_id AR_COLUMN("region id") AR_PRIMARY_KEY;
    const char *full_name AR_COLUMN("full name") AR_SQL_TYPE("varchar(40)") AR_NOT_NULL AR_UNIQUE;
    const char *default_  AR_COLUMN("default") AR_DEFAULT("'it''s \"new\"'");
    int64_t     int_      AR_COLUMN("int") AR_DEFAULT(-1);
    float       gr_e      AR_COLUMN("größe") AR_NULLABLE_BY(has_gr_e);
    bool        has_gr_e;
    int16_t     _42       AR_COLUMN("42") AR_NULLABLE_BY(has_t42);
    bool        has_t42;
} AR_TABLE("Sales Region");

struct adults {
    int64_t     id;
    const char *email   AR_NOT_NULL;
    int32_t     age;
    int64_t     balance AR_DECIMAL(10, 2);
} AR_VIEW(adults,
        "SELECT id,\n"
        "    email,\n"
        "    age,\n"
        "    balance\n"
        "   FROM person\n"
        "  WHERE (age >= 18)");

struct airport {
    /* the database does not number new rows */
    int16_t     id   AR_PRIMARY_KEY;
    const char *code AR_SQL_TYPE("varchar(3)") AR_NOT_NULL AR_UNIQUE;
} AR_TABLE(airport)
  AR_HAS_MANY(flight_by_destination, destination, destination, .target = flight, .references = code)
  AR_HAS_MANY(flight_by_origin, origin, origin, .target = flight, .references = code);

/* ON DELETE SET DEFAULT of the foreign key to person */
/* ON DELETE SET NULL of some columns of the foreign key to flight */
/* ON UPDATE SET DEFAULT of the foreign key to person */
/* the index badge_code_key: NULLS NOT DISTINCT */
/* the index badge_colour: NULLS NOT DISTINCT */
/* the index badge_pkey: DEFERRABLE */
struct badge {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     person_id AR_NULLABLE AR_DEFAULT(1);
    const char *airline;
    int32_t     number    AR_NULLABLE_BY(has_number);
    bool        has_number;
    const char *code      AR_UNIQUE;
    int32_t     place     AR_NULLABLE_BY(has_place);
    bool        has_place;
    const char *colour    AR_UNIQUE;
} AR_TABLE(badge)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(flight, (airline, number), badge, .on_delete = set_null)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, badge)
  /* AR_INDEX(badge_place_key, place, .unique = true): it is DEFERRABLE */;

struct counted_twice {
    int64_t a AR_PRIMARY_KEY AR_IDENTITY;
    /* the database numbers new rows; the model does not */
    int64_t b AR_PRIMARY_KEY;
} AR_TABLE(counted_twice);

/* a materialized view, which the program refreshes */
/* the index `counts_airline` */
struct counts {
    const char *airline;
    int64_t     flights AR_NULLABLE_BY(has_flights);
    bool        has_flights;
} AR_VIEW(counts);

/* its partitions */
struct event {
    int64_t        id  AR_PRIMARY_KEY;
    struct ar_date day AR_PRIMARY_KEY;
} AR_TABLE(event);

struct flight {
    const char *airline     AR_PRIMARY_KEY;
    int32_t     number      AR_PRIMARY_KEY;
    const char *origin      AR_SQL_TYPE("varchar(3)") AR_NOT_NULL;
    const char *destination AR_SQL_TYPE("varchar(3)") AR_NOT_NULL;
    int32_t     minutes;
    double      hours       AR_NULLABLE_BY(has_hours) AR_GENERATED("(minutes)::numeric / 60.0");
    bool        has_hours;
} AR_TABLE(flight)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(destination, destination, flight_by_destination, .target = airport, .references = code)
  /* in the database, it is DEFERRABLE */
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(origin, origin, flight_by_origin, .target = airport, .references = code)
  AR_HAS_MANY(badge, (airline, number), flight)
  AR_HAS_MANY(seat, (airline, number), flight)
  AR_HAS_MANY(tariff, (airline, number), flight);

/* its primary key cannot be that of a model, so that it is only read */
struct measure {
    double      value;
    const char *note;
} AR_TABLE(measure, .read_only = true);

struct passport {
    int64_t     person_id AR_PRIMARY_KEY;
    const char *number    AR_NOT_NULL;
    const char *country   AR_SQL_TYPE("char(2)") AR_NOT_NULL;
} AR_TABLE(passport)
  /* in the database, it is ON UPDATE CASCADE */
  AR_BELONGS_TO(person, person_id, passport, .on_delete = cascade)
  AR_UNIQUE_KEY(country, number);

/* People, * / and what they do */
/* the trigger person_seen */
struct person {
    int64_t               id              AR_PRIMARY_KEY;
    int64_t               parent_id       AR_NULLABLE;
    int64_t               mentor          AR_NULLABLE;
    const char           *email           AR_NOT_NULL AR_UNIQUE AR_CHECK("email ~~ '%@%'::text");
    /* in years */
    int32_t               age             AR_NULLABLE_BY(has_age) AR_CHECK("age >= 0");
    bool                  has_age;
    double                score           AR_NULLABLE_BY(has_score) AR_DEFAULT(0.5);
    bool                  has_score;
    bool                  is_active       AR_DEFAULT(TRUE);
    bool                  may_login       AR_NULLABLE_BY(has_may_login);
    bool                  has_may_login;
    struct ar_date        born            AR_NULLABLE AR_DEFAULT(CURRENT_DATE);
    struct timespec       created         AR_DEFAULT(CURRENT_TIMESTAMP);
    /* in the database, its type is timestamp(0) with time zone */
    struct timespec       rounded         AR_NULLABLE;
    struct timespec       seen            AR_WITHOUT_ZONE AR_DEFAULT("now()");
    struct timespec       changed         AR_WITHOUT_ZONE AR_NULLABLE AR_DEFAULT("(CURRENT_TIMESTAMP)");
    struct ar_time_of_day wakes           AR_NULLABLE_BY(has_wakes);
    bool                  has_wakes;
    int64_t               sleeps          AR_INTERVAL AR_NULLABLE_BY(has_sleeps);
    bool                  has_sleeps;
    struct ar_blob        photo;
    const char           *settings        AR_JSON AR_NOT_NULL AR_DEFAULT("'{}'");
    const char           *old_settings    AR_SQL_TYPE("json");
    int64_t               balance         AR_DECIMAL(10, 2) AR_DEFAULT(0.5);
    int16_t               small           AR_DECIMAL(4, 1) AR_NULLABLE_BY(has_small);
    bool                  has_small;
    const char           *huge            AR_DECIMAL(38, 10);
    const char           *any_number      AR_SQL_TYPE("numeric");
    enum mood             mood            AR_ENUM_TYPE(mood) AR_DEFAULT("'HAPPY'");
    enum mood             last_mood       AR_ENUM_TYPE(mood) AR_NULLABLE_BY(has_last_mood);
    bool                  has_last_mood;
    const char           *address         AR_SQL_TYPE("inet");
    const char           *code            AR_SQL_TYPE("char(3)");
    struct ar_texts       words           AR_NOT_NULL AR_DEFAULT("'{}'");
    struct ar_int64s      numbers;
    const char           *small_numbers   AR_SQL_TYPE("integer[]");
    uint8_t               token[16]       AR_UUID AR_GENERATE_UUID(database);
    uint8_t               other_token[16] AR_UUID AR_NULLABLE;
    const char           *level           AR_SQL_TYPE("positive");
} AR_TABLE(person)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(mentor, mentor, person_by_mentor, .target = person)
  AR_BELONGS_TO(parent, parent_id, children, .target = person, .on_delete = set_null)
  AR_HAS_ONE(passport, person_id, person)
  AR_HAS_MANY(badge, person_id, person)
  AR_HAS_MANY(person_by_mentor, mentor, mentor, .target = person)
  AR_HAS_MANY(children, parent_id, parent, .target = person)
  AR_HAS_MANY(tariff, person_id, person)
  AR_HAS_MANY(visit_log, person_id, person)
  AR_HAS_MANY(bill, person_id, person)
  AR_MANY_TO_MANY(tag, person_tag, person_id, tag_id, person)
  /* AR_INDEX(person_age, age): it has NULLS FIRST */
  /* AR_INDEX(person_email, email): it includes further columns */
  AR_INDEX(person_names, "lower(email)", age desc, .where = "is_active")
  /* AR_INDEX(person_settings, settings): it is of the kind gin */
  AR_CHECK("(age IS NULL) OR (age < 150)", .name = adult)
  /* some rows may not meet the check: it is NOT VALID or NOT ENFORCED */
  AR_CHECK("age < 200", .name = old);

/* the SELECT is not in the model: AR_VIEW: the SELECT of `recent`: unrecognized token: ":" */
struct recent {
    int64_t        id;
    struct ar_date day;
} AR_VIEW(recent);

struct report {
    int64_t     tenant_id AR_PRIMARY_KEY;
    int64_t     id        AR_PRIMARY_KEY AR_IDENTITY;
    const char *title;
} AR_TABLE(report);

/* the exclusion constraint seat_place_excl */
struct seat {
    const char *airline AR_PRIMARY_KEY;
    int32_t     number  AR_PRIMARY_KEY;
    const char *place   AR_PRIMARY_KEY;
} AR_TABLE(seat)
  AR_BELONGS_TO(flight, (airline, number), seat, .on_delete = cascade);

struct tag {
    /* the database does not number new rows */
    int32_t     id   AR_PRIMARY_KEY;
    /* in the database, it has the collation `C` */
    const char *word AR_NOT_NULL;
} AR_TABLE(tag)
  AR_MANY_TO_MANY(person, person_tag, tag_id, person_id, tag)
  AR_MANY_TO_MANY(bill, sales.bill_tag, tag_id, bill_id, tag);

/* MATCH FULL of the foreign key to flight */
/* row-level security */
struct tariff {
    /* the database does not number new rows */
    int32_t               id        AR_PRIMARY_KEY;
    const char           *prices    AR_SQL_TYPE("numeric(5,2)[]") AR_NOT_NULL;
    const char           *airline;
    int32_t               number    AR_NULLABLE_BY(has_number);
    bool                  has_number;
    int64_t               person_id AR_NULLABLE;
    const char           *price     AR_SQL_TYPE("sales.price") AR_NOT_NULL;
    const char           *fee       AR_SQL_TYPE("fee") AR_NOT_NULL;
    struct timespec       since     AR_WITHOUT_ZONE;
    struct ar_time_of_day until;
} AR_TABLE(tariff)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(flight, (airline, number), tariff)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, tariff);

/* it has no primary key, so that it is only read */
struct visit_log {
    const char     *page      AR_NOT_NULL;
    struct timespec visited;
    int64_t         person_id AR_NULLABLE;
} AR_TABLE(visit_log, .read_only = true)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(person, person_id, visit_log);

struct bill {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     person_id;
    const char *state     AR_SQL_TYPE("sales.state") AR_NOT_NULL AR_DEFAULT("'open'");
    /* the column `counter` (bigint): the database numbers new rows, and a write would replace the number */
} AR_TABLE(sales.bill)
  AR_BELONGS_TO(person, person_id, bill)
  AR_MANY_TO_MANY(tag, sales.bill_tag, bill_id, tag_id, bill)
  AR_INDEX(bill_person_id_idx, person_id);

/* The table `tag`: SQLite would take its name for that of another table */

/* clang-format on */

#endif
