/* Hand-written, on SQLite: notices about rows of three tables. */
#include "fail.h"
#include "hand_sqlite.h"
#include "noticed.h"
#include "side.h"

#define NOTICE "id, subject_type, subject_id, text"

/* Open with a statement for each kind of subject, or NULL. */
static struct hand_sqlite *open_with(const char *url, size_t size, const char *notices, const char *const *subjects)
{
    struct hand_sqlite *hand = hand_sqlite_open(url, size, notices, NULL, NULL);
    for (size_t kind = NOTICED_USER; kind < NOTICED_LEVELS && subjects != NULL; kind++)
        hand->statements[kind] = hand_sqlite_prepare(hand, subjects[kind]);
    hand->parents = bench_allocate(size, sizeof *hand->parents);
    return hand;
}

static struct notice *read_notice(struct hand_sqlite *hand, sqlite3_stmt *row)
{
    struct notice *notice = rows_add(&hand->levels[0], sizeof *notice);
    notice->id = sqlite3_column_int64(row, 0);
    notice->subject_type = hand_sqlite_text(hand, row, 1);
    notice->subject_id = sqlite3_column_int64(row, 2);
    notice->text = hand_sqlite_text(hand, row, 3);
    return notice;
}

/* Append a subject, which the columns starting at `first` contain. */
static void read_subject(struct hand_sqlite *hand, sqlite3_stmt *row, int first, enum noticed_kind kind)
{
    struct rows *rows = &hand->levels[kind];
    switch (kind) {
    case NOTICED_USER:
        hand_sqlite_read_user(hand, row, first, rows_add(rows, sizeof(struct user)));
        break;
    case NOTICED_POST:
        hand_sqlite_read_post(hand, row, first, rows_add(rows, sizeof(struct post)));
        break;
    case NOTICED_COMMENT:
        hand_sqlite_read_comment(hand, row, first, rows_add(rows, sizeof(struct comment)));
        break;
    case NOTICED_LEVELS:
        break;
    }
}

static uint64_t sum_notices(void *state)
{
    const struct hand_sqlite *hand = state;
    return noticed_checksum(hand->levels, hand->parents);
}

/* ---- One statement per kind ----------------------------------------------------------------------------------------
 */

/* Take the keys from a subquery, which is faster than passing them. */
#define KEYS_OF(type) " WHERE id IN (SELECT subject_id FROM notices WHERE subject_type = '" type "')"

static void *by_keys_open(const char *url, size_t size)
{
    static const char *const subjects[] = {
        [NOTICED_USER] = "SELECT " HAND_SQLITE_USER("") " FROM users" KEYS_OF("user"),
        [NOTICED_POST] = "SELECT " HAND_SQLITE_POST("") " FROM posts" KEYS_OF("post"),
        [NOTICED_COMMENT] = "SELECT " HAND_SQLITE_COMMENT("") " FROM comments" KEYS_OF("comment"),
    };
    return open_with(url, size, "SELECT " NOTICE " FROM notices", subjects);
}

static void by_keys_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    while (sqlite3_step(hand->statements[0]) == SQLITE_ROW)
        read_notice(hand, hand->statements[0]);
    hand_sqlite_check(hand, sqlite3_reset(hand->statements[0]));
    for (enum noticed_kind kind = NOTICED_USER; kind < NOTICED_LEVELS; kind++) {
        while (sqlite3_step(hand->statements[kind]) == SQLITE_ROW)
            read_subject(hand, hand->statements[kind], 0, kind);
        hand_sqlite_check(hand, sqlite3_reset(hand->statements[kind]));
    }
    hand_sqlite_run(hand, hand->commit);
    noticed_find(hand->levels, hand->parents);
}

const struct side sqlite_notices = {"by keys", by_keys_open, hand_sqlite_close, NULL, by_keys_load, sum_notices};

/* ---- One statement ------------------------------------------------------------------------------------------------
 */

static void *join_open(const char *url, size_t size)
{
    return open_with(
        url, size,
        "SELECT n.id, n.subject_type, n.subject_id, n.text, " HAND_SQLITE_USER("u.") ", " HAND_SQLITE_POST(
            "p.") ", " HAND_SQLITE_COMMENT("c.") " FROM notices AS n"
                                                 " LEFT JOIN users AS u ON subject_type = 'user' AND u.id = subject_id"
                                                 " LEFT JOIN posts AS p ON subject_type = 'post' AND p.id = subject_id"
                                                 " LEFT JOIN comments AS c ON subject_type = 'comment'"
                                                 " AND c.id = subject_id",
        NULL);
}

/* Read a subject again for each of its notices, which is faster than detecting duplicates. */
static void join_load(void *state)
{
    static const int firsts[] = {[NOTICED_USER] = 4, [NOTICED_POST] = 12, [NOTICED_COMMENT] = 18};
    struct hand_sqlite *hand = state;
    sqlite3_stmt *row = hand->statements[0];
    hand_sqlite_reset(hand);
    while (sqlite3_step(row) == SQLITE_ROW) {
        size_t i = hand->levels[0].count;
        enum noticed_kind kind = noticed_kind(read_notice(hand, row)->subject_type);
        hand->parents[i] = (uint32_t)hand->levels[kind].count;
        read_subject(hand, row, firsts[kind], kind);
    }
    hand_sqlite_check(hand, sqlite3_reset(row));
}

const struct side sqlite_notices_join = {"join", join_open, hand_sqlite_close, NULL, join_load, sum_notices};

/* ---- One statement per subject --------------------------------------------------------------------------------------
 */

static void *one_by_one_open(const char *url, size_t size)
{
    static const char *const subjects[] = {
        [NOTICED_USER] = "SELECT " HAND_SQLITE_USER("") " FROM users WHERE id = ?1",
        [NOTICED_POST] = "SELECT " HAND_SQLITE_POST("") " FROM posts WHERE id = ?1",
        [NOTICED_COMMENT] = "SELECT " HAND_SQLITE_COMMENT("") " FROM comments WHERE id = ?1",
    };
    return open_with(url, size, "SELECT " NOTICE " FROM notices", subjects);
}

static void one_by_one_load(void *state)
{
    struct hand_sqlite *hand = state;
    hand_sqlite_reset(hand);
    hand_sqlite_run(hand, hand->begin);
    while (sqlite3_step(hand->statements[0]) == SQLITE_ROW) {
        size_t i = hand->levels[0].count;
        const struct notice *notice = read_notice(hand, hand->statements[0]);
        enum noticed_kind kind = noticed_kind(notice->subject_type);
        sqlite3_stmt *find = hand->statements[kind];
        hand_sqlite_check(hand, sqlite3_bind_int64(find, 1, notice->subject_id));
        hand->parents[i] = (uint32_t)hand->levels[kind].count;
        if (sqlite3_step(find) == SQLITE_ROW)
            read_subject(hand, find, 0, kind);
        hand_sqlite_check(hand, sqlite3_reset(find));
    }
    hand_sqlite_check(hand, sqlite3_reset(hand->statements[0]));
    hand_sqlite_run(hand, hand->commit);
}

const struct side sqlite_notices_one_by_one = {"one by one", one_by_one_open, hand_sqlite_close,
                                               NULL,         one_by_one_load, sum_notices};
