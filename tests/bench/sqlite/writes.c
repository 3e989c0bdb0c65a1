/* Hand-written, on SQLite: insert, update and delete rows. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_sqlite.h"
#include "side.h"

#include <stdio.h>

enum { INSERT_ROWS = 64, DRAFT_PARAMETERS = 5 };

static void writes_prepare(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_check(hand, sqlite3_exec(hand->db, DATA_EMPTY_SQLITE, NULL, NULL, NULL));
    if (hand->drafts == NULL)
        hand->drafts = bench_allocate(hand->size, sizeof *hand->drafts);
    data_fill_drafts(hand->drafts, hand->size);
}

static uint64_t sum_drafts(void *state)
{
    const struct hand_sqlite *hand = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->size; i++)
        sum = checksum_draft(sum, &hand->drafts[i]);
    return sum;
}

/* The strings outlive the statement, so SQLite does not have to copy them. */
static void bind_draft(const struct hand_sqlite *hand, sqlite3_stmt *statement, int first, const struct draft *draft)
{
    hand_sqlite_check(hand, sqlite3_bind_int64(statement, first, draft->user_id));
    hand_sqlite_check(hand, sqlite3_bind_text(statement, first + 1, draft->title, -1, SQLITE_STATIC));
    hand_sqlite_check(hand, sqlite3_bind_text(statement, first + 2, draft->body, -1, SQLITE_STATIC));
    hand_sqlite_check(hand, sqlite3_bind_int64(statement, first + 3, draft->views));
    hand_sqlite_check(hand, sqlite3_bind_int64(statement, first + 4, draft->created_at));
}

static void insert_one(const struct hand_sqlite *hand, sqlite3_stmt *statement, struct draft *draft)
{
    bind_draft(hand, statement, 1, draft);
    hand_sqlite_run(hand, statement);
    draft->id = sqlite3_last_insert_rowid(hand->db);
}

#define INSERT "INSERT INTO drafts (user_id, title, body, views, created_at) VALUES "
#define VALUES "(?, ?, ?, ?, ?)"

/* ---- W7: 10,000 rows in one transaction -----------------------------------------------------------------------------
 */

/* Insert 64 rows per statement; 128 are not faster. RETURNING is slower than last_insert_rowid. The other keys follow
 * from it, because the keys of one statement are consecutive and no other connection can insert in the transaction. */
static void *insert_many_open(const char *url, size_t size)
{
    char sql[2048];
    int length = snprintf(sql, sizeof sql, INSERT VALUES);
    for (int i = 1; i < INSERT_ROWS; i++)
        length += snprintf(sql + length, sizeof sql - (size_t)length, ", " VALUES);
    return hand_sqlite_open(url, size, sql, INSERT VALUES, NULL);
}

static void insert_many_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *statement = hand->statements[0];
    hand_sqlite_run(hand, hand->begin);
    size_t i = 0;
    for (; i + INSERT_ROWS <= hand->size; i += INSERT_ROWS) {
        for (int row = 0; row < INSERT_ROWS; row++)
            bind_draft(hand, statement, row * DRAFT_PARAMETERS + 1, &hand->drafts[i + (size_t)row]);
        hand_sqlite_run(hand, statement);
        int64_t last = sqlite3_last_insert_rowid(hand->db);
        for (int row = 0; row < INSERT_ROWS; row++)
            hand->drafts[i + (size_t)row].id = last - INSERT_ROWS + 1 + row;
    }
    for (; i < hand->size; i++)
        insert_one(hand, hand->statements[1], &hand->drafts[i]);
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_insert_many = {"64 rows a statement", insert_many_open, hand_sqlite_close,
                                        writes_prepare,        insert_many_load, sum_drafts};

/* ---- Single records, in one transaction -----------------------------------------------------------------------------
 */

static void *insert_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, INSERT VALUES, NULL, NULL);
}

static void insert_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_run(hand, hand->begin);
    for (size_t i = 0; i < hand->size; i++)
        insert_one(hand, hand->statements[0], &hand->drafts[i]);
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_insert = {"by hand", insert_open, hand_sqlite_close, writes_prepare, insert_load, sum_drafts};

/* Insert the rows to change. */
static void change_prepare(void *state)
{
    struct hand_sqlite *hand = state;
    writes_prepare(state);
    hand_sqlite_run(hand, hand->begin);
    for (size_t i = 0; i < hand->size; i++)
        insert_one(hand, hand->statements[1], &hand->drafts[i]);
    hand_sqlite_run(hand, hand->commit);
}

static void *update_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "UPDATE drafts SET views = ?2 WHERE id = ?1", INSERT VALUES, NULL);
}

static void update_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *update = hand->statements[0];
    hand_sqlite_run(hand, hand->begin);
    for (size_t i = 0; i < hand->size; i++) {
        struct draft *draft = &hand->drafts[i];
        draft->views++;
        hand_sqlite_check(hand, sqlite3_bind_int64(update, 1, draft->id));
        hand_sqlite_check(hand, sqlite3_bind_int64(update, 2, draft->views));
        hand_sqlite_run(hand, update);
        if (sqlite3_changes(hand->db) != 1)
            bench_fail("update", "row not found");
    }
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_update = {"by hand", update_open, hand_sqlite_close, change_prepare, update_load, sum_drafts};

static void *delete_open(const char *url, size_t size)
{
    return hand_sqlite_open(url, size, "DELETE FROM drafts WHERE id = ?1", INSERT VALUES, NULL);
}

static void delete_load(void *state)
{
    struct hand_sqlite *hand = state;
    sqlite3_stmt *delete = hand->statements[0];
    hand_sqlite_run(hand, hand->begin);
    for (size_t i = 0; i < hand->size; i++) {
        hand_sqlite_check(hand, sqlite3_bind_int64(delete, 1, hand->drafts[i].id));
        hand_sqlite_run(hand, delete);
        if (sqlite3_changes(hand->db) != 1)
            bench_fail("delete", "row not found");
    }
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_delete = {"by hand", delete_open, hand_sqlite_close, change_prepare, delete_load, sum_drafts};
