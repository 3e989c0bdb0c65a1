/* Models with all kinds of columns, whose tables the tests make in other ways. */
#ifndef THINGS_H
#define THINGS_H

#include <armature/annotations.h>
#include <armature/value.h>

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum mood { HAPPY, SAD };
enum rating { RATING_G AR_LABEL("G"), RATING_PG AR_LABEL("PG") };

struct place {
    const char *town;
    int32_t floor;
};

struct thing {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_UNIQUE;
    const char *note;
    int32_t amount;
    int64_t rank AR_NULLABLE;
    bool is_open;
    double weight;
    int64_t price AR_DECIMAL(10, 2);
    const char *exact AR_DECIMAL(30, 2);
    int64_t span AR_INTERVAL;
    time_t made_at;
    struct timespec seen_at AR_STORED_AS(text);
    time_t left_at AR_STORED_AS(iso) AR_WITHOUT_ZONE AR_NULLABLE;
    struct ar_date day;
    struct ar_time_of_day hour;
    struct ar_blob picture;
    uint8_t code[16] AR_UUID;
    enum mood mood AR_ENUM_TEXT;
    enum rating rating AR_ENUM_TYPE(check_rating);
    struct ar_int64s scores;
    const char *data AR_JSON;
    const char *address AR_SQL_TYPE("inet");
    const char *ports AR_SQL_TYPE("int4range");
    const char *flags AR_SQL_TYPE("bit(3)");
    const char *state AR_DEFAULT("'new'");
    int64_t total AR_GENERATED("home_floor * 2");
    struct place home AR_EMBED(home_);
} AR_TABLE(things) AR_UNIQUE_KEY(name, amount);

/* Another struct of the table: some of its columns. */
struct thing_name {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(things);

/* A table whose keys the program sets, with a join table. */
struct label {
    const char *text AR_PRIMARY_KEY;
    int32_t colour;
} AR_TABLE(labels) AR_MANY_TO_MANY(groups, label_groups, label, group_id, labels, .target = group);

struct group {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE("group") AR_MANY_TO_MANY(labels, label_groups, group_id, label, groups, .target = label);

struct label_total {
    const char *text;
    int64_t total;
} AR_VIEW(label_totals, "SELECT text, CAST(colour AS bigint) AS total FROM labels");

struct stored {
    int64_t id AR_PRIMARY_KEY;
    const char *what AR_NOT_NULL;
} AR_TABLE(check_depot.stored_things);

struct reading {
    int64_t id AR_NULLABLE;
    int32_t level;
} AR_TABLE(readings, .read_only = true);

struct excerpt {
    int64_t id AR_NULLABLE;
    const char *data;
    enum mood mood AR_ENUM_TEXT;
} AR_TABLE(excerpts, .read_only = true);

/* Not a table. */
struct found {
    int64_t number;
} AR_ROW;

#endif
