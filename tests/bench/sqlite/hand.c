/* Functions shared by the hand-written sides on SQLite: connection, statements, memory. */
#include "hand_sqlite.h"

#include "data.h"
#include "fail.h"

#include <stdlib.h>

void hand_sqlite_check(const struct hand_sqlite *hand, int result)
{
    if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE)
        bench_fail("sqlite3", sqlite3_errmsg(hand->db));
}

sqlite3_stmt *hand_sqlite_prepare(const struct hand_sqlite *hand, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sql != NULL)
        hand_sqlite_check(hand, sqlite3_prepare_v3(hand->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

struct hand_sqlite *hand_sqlite_open(const char *url, size_t size, const char *first, const char *second,
                                     const char *third)
{
    struct hand_sqlite *hand = bench_allocate(1, sizeof *hand);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    hand_sqlite_check(hand, sqlite3_open_v2(data_sqlite_path(url), &hand->db, flags, NULL));
    hand->begin = hand_sqlite_prepare(hand, "BEGIN");
    hand->commit = hand_sqlite_prepare(hand, "COMMIT");
    hand->statements[0] = hand_sqlite_prepare(hand, first);
    hand->statements[1] = hand_sqlite_prepare(hand, second);
    hand->statements[2] = hand_sqlite_prepare(hand, third);
    hand->size = size;
    return hand;
}

void hand_sqlite_close(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_finalize(hand->begin);
    sqlite3_finalize(hand->commit);
    for (size_t i = 0; i < LEVELS; i++) {
        sqlite3_finalize(hand->statements[i]);
        rows_free(&hand->levels[i]);
    }
    hand_sqlite_check(hand, sqlite3_close(hand->db));
    arena_free(&hand->texts);
    key_table_free(&hand->table);
    free(hand->parents);
    free(hand->ids);
    free(hand->drafts);
    free(hand);
}

void hand_sqlite_run(const struct hand_sqlite *hand, sqlite3_stmt *statement)
{
    hand_sqlite_check(hand, sqlite3_step(statement));
    hand_sqlite_check(hand, sqlite3_reset(statement));
}

void hand_sqlite_reset(struct hand_sqlite *hand)
{
    arena_reset(&hand->texts);
    for (size_t i = 0; i < LEVELS; i++)
        hand->levels[i].count = 0;
}

void hand_sqlite_bind_size(const struct hand_sqlite *hand, sqlite3_stmt *statement)
{
    hand_sqlite_check(hand, sqlite3_bind_int64(statement, 1, (sqlite3_int64)hand->size));
}

void hand_sqlite_read_users(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows)
{
    while (sqlite3_step(statement) == SQLITE_ROW)
        hand_sqlite_read_user(hand, statement, 0, rows_add(rows, sizeof(struct user)));
    hand_sqlite_check(hand, sqlite3_reset(statement));
}

void hand_sqlite_read_posts(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows)
{
    while (sqlite3_step(statement) == SQLITE_ROW)
        hand_sqlite_read_post(hand, statement, 0, rows_add(rows, sizeof(struct post)));
    hand_sqlite_check(hand, sqlite3_reset(statement));
}
