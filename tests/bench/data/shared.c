/* Generate the rows of topics, films, hubs and marks: SQL that both databases understand. */
#include "data_shapes.h"

#include <stdio.h>

/* Replace each '#' in the SQL by the database's type of 64-bit integers, and execute it. */
static void execute(const struct data_database *database, const char *sql)
{
    char text[2048];
    size_t length = 0;
    for (; *sql != '\0'; sql++) {
        if (*sql == '#')
            length += (size_t)snprintf(text + length, sizeof text - length, "%s", database->integer);
        else
            text[length++] = *sql;
    }
    text[length] = '\0';
    database->execute(database->payload, text);
}

static void execute_all(const struct data_database *database, const char *const *statements)
{
    for (; *statements != NULL; statements++)
        execute(database, *statements);
}

/* A common table expression with the numbers from 1 to `count`. */
#define NUMBERS(count)                                                                                                 \
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " #count ") "

/* The order of `revised` and `shuffled` is that of `place`. Each 50th row of `revised` has moved to the end. */
static const char *const topics[] = {
    "CREATE TABLE topics (id # PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE entries (id # PRIMARY KEY, topic_id # NOT NULL, score # NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE revised (place # PRIMARY KEY, id # NOT NULL UNIQUE, topic_id # NOT NULL, score # NOT NULL,"
    " text TEXT NOT NULL)",
    "CREATE TABLE shuffled (place # PRIMARY KEY, id # NOT NULL UNIQUE, topic_id # NOT NULL, score # NOT NULL,"
    " text TEXT NOT NULL)",
    NUMBERS(2) "INSERT INTO topics SELECT n, 'topic ' || n FROM numbers",
    NUMBERS(200000) "INSERT INTO entries SELECT n, CASE n WHEN 1 THEN 2 ELSE 1 END, n * 31 % 1000,"
                    " 'entry ' || n || ' of a long list' FROM numbers",
    "INSERT INTO revised SELECT row_number() OVER (ORDER BY id % 50 = 0, id), id, topic_id, score, text FROM entries"
    " ORDER BY 1",
    "INSERT INTO shuffled SELECT row_number() OVER (ORDER BY CAST(id AS #) * 1103515245 % 2147483647 * (id % 997 + 1)"
    " % 1000003, id), id, topic_id, score, text FROM entries ORDER BY 1",
    "CREATE INDEX entries_topic_id ON entries (topic_id)",
    "CREATE INDEX revised_topic_id ON revised (topic_id)",
    "CREATE INDEX shuffled_topic_id ON shuffled (topic_id)",
    NULL,
};

static const char *const films[] = {
    "CREATE TABLE languages (id # PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE films (id # PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, language_id # NOT NULL,"
    " length INTEGER NOT NULL)",
    "CREATE TABLE roles (id # PRIMARY KEY, film_id # NOT NULL, actor TEXT NOT NULL)",
    "CREATE TABLE discs (id # PRIMARY KEY, film_id # NOT NULL, store INTEGER NOT NULL)",
    "CREATE TABLE reviews (id # PRIMARY KEY, film_id # NOT NULL, text TEXT NOT NULL)",
    NUMBERS(6) "INSERT INTO languages SELECT n, 'language ' || n FROM numbers",
    NUMBERS(
        1000) "INSERT INTO films SELECT n, 'film ' || n, 'what happens in film ' || n || ', and to whom', 1 + n % 6,"
              " 60 + n % 120 FROM numbers",
    NUMBERS(5) "INSERT INTO roles SELECT (n - 1) * 1000 + id, id, 'actor ' || id * n FROM numbers CROSS JOIN films",
    NUMBERS(4) "INSERT INTO discs SELECT (n - 1) * 1000 + id, id, n FROM numbers CROSS JOIN films",
    NUMBERS(3) "INSERT INTO reviews SELECT (n - 1) * 1000 + id, id, 'review ' || n || ' of film ' || id"
               " FROM numbers CROSS JOIN films",
    "CREATE INDEX roles_film_id ON roles (film_id)",
    "CREATE INDEX discs_film_id ON discs (film_id)",
    "CREATE INDEX reviews_film_id ON reviews (film_id)",
    NULL,
};

static const char *const marks[] = {
    "CREATE TABLE marks (id # PRIMARY KEY, made_at # NOT NULL, name TEXT NOT NULL)",
    NUMBERS(1000000) "INSERT INTO marks SELECT n, 1700000000 + n, 'mark of number ' || (n + 10000000) FROM numbers",
    NULL,
};

static void create_hubs(const struct data_database *database)
{
    execute(database, "CREATE TABLE hubs (id # PRIMARY KEY, name TEXT NOT NULL)");
    execute(database, NUMBERS(10) "INSERT INTO hubs SELECT n, 'hub ' || n FROM numbers");
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        static const char *const statements[] = {
            "CREATE TABLE kinds_%02u (id # PRIMARY KEY, hub_id # NOT NULL, name TEXT NOT NULL)",
            NUMBERS(100) "INSERT INTO kinds_%02u SELECT n, 1 + n %% 10, 'row ' || n FROM numbers",
            "CREATE INDEX kinds_%02u_hub_id ON kinds_%02u (hub_id)",
        };
        for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
            char sql[512];
            (void)snprintf(sql, sizeof sql, statements[i], kind, kind);
            execute(database, sql);
        }
    }
}

void data_create_shared(const struct data_database *database)
{
    execute_all(database, topics);
    execute_all(database, films);
    execute_all(database, marks);
    create_hubs(database);
}
