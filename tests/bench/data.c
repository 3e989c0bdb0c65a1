/* Fills the benchmark's database by plain SQLite: 10,000 users with 10 posts each, which lie spread over the table. A
 * generator of its own makes the rows; nothing here is measured. */
#include "data.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numerical Recipes' linear congruence: the rows need to be varied and repeatable, nothing more. */
static uint32_t random_state = 20240229;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525U + 1013904223U;
    return (random_state >> 8) % limit;
}

static const char *const words[] = {"amber", "basin",   "cedar",   "delta",  "ember", "fjord", "grove",   "harbor",
                                    "inlet", "juniper", "kestrel", "lagoon", "marsh", "north", "orchard", "prairie"};

/* Writes `count` words into the text and returns it. */
static const char *sentence(char *text, size_t size, uint32_t count)
{
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[random_below(sizeof words / sizeof words[0])];
        length += (size_t)snprintf(text + length, size - length, i == 0 ? "%s" : " %s", word);
    }
    return text;
}

static void check(sqlite3 *db, int result)
{
    if (result == SQLITE_OK || result == SQLITE_DONE)
        return;
    fprintf(stderr, "bench: %s\n", sqlite3_errmsg(db));
    exit(2);
}

static void run_statement(sqlite3 *db, sqlite3_stmt *statement)
{
    check(db, sqlite3_step(statement));
    check(db, sqlite3_reset(statement));
    check(db, sqlite3_clear_bindings(statement));
}

static void insert_users(sqlite3 *db)
{
    static const char *const colors[] = {"black", "brown"};
    sqlite3_stmt *statement;
    check(db, sqlite3_prepare_v2(db, "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)", -1, &statement, NULL));
    for (int id = 1; id <= USER_COUNT; id++) {
        char name[64], email[64];
        snprintf(name, sizeof name, "%s %s %d", words[random_below(16)], words[random_below(16)], id);
        snprintf(email, sizeof email, "user%d@example.com", id);
        check(db, sqlite3_bind_int(statement, 1, id));
        check(db, sqlite3_bind_text(statement, 2, name, -1, SQLITE_TRANSIENT));
        check(db, sqlite3_bind_text(statement, 3, email, -1, SQLITE_TRANSIENT));
        if (id % 3 != 0)
            check(db, sqlite3_bind_text(statement, 4, colors[id % 3 - 1], -1, SQLITE_STATIC));
        check(db, sqlite3_bind_int(statement, 5, 18 + (int)random_below(70)));
        check(db, sqlite3_bind_double(statement, 6, random_below(1000000) / 1000.0));
        check(db, sqlite3_bind_int(statement, 7, id % 2));
        check(db, sqlite3_bind_int64(statement, 8, 1700000000 + id * 60));
        run_statement(db, statement);
    }
    sqlite3_finalize(statement);
}

/* Every tenth of the table holds one post of each user, in another order than the users'. */
static void insert_posts(sqlite3 *db)
{
    sqlite3_stmt *statement;
    check(db, sqlite3_prepare_v2(db, "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", -1, &statement, NULL));
    for (int id = 1; id <= POST_COUNT; id++) {
        char title[256], body[512];
        check(db, sqlite3_bind_int(statement, 1, id));
        check(db, sqlite3_bind_int(statement, 2, (int)((int64_t)id * 7919 % USER_COUNT) + 1));
        check(db, sqlite3_bind_text(statement, 3, sentence(title, sizeof title, 4), -1, SQLITE_TRANSIENT));
        if (id % 10 != 0) {
            const char *text = sentence(body, sizeof body, 6 + random_below(15));
            check(db, sqlite3_bind_text(statement, 4, text, -1, SQLITE_TRANSIENT));
        }
        check(db, sqlite3_bind_int(statement, 5, (int)random_below(100000)));
        check(db, sqlite3_bind_int64(statement, 6, 1700000000 + id));
        run_statement(db, statement);
    }
    sqlite3_finalize(statement);
}

void data_create(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s%s", path, suffixes[i]);
        remove(file);
    }
    sqlite3 *db;
    check(NULL, sqlite3_open(path, &db));
    check(db, sqlite3_exec(db,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;"
                           "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,"
                           " hair_color TEXT, age INTEGER NOT NULL, score REAL NOT NULL, active INTEGER NOT NULL,"
                           " created_at INTEGER NOT NULL);"
                           "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),"
                           " title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL, created_at INTEGER NOT NULL);"
                           "CREATE VIEW people AS SELECT id, name, email, age, score FROM users;",
                           NULL, NULL, NULL));
    insert_users(db);
    insert_posts(db);
    check(db, sqlite3_exec(db, "CREATE INDEX posts_user_id ON posts (user_id); COMMIT;", NULL, NULL, NULL));
    check(db, sqlite3_close(db));
}
