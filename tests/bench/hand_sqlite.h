/* The reference on SQLite: what a careful programmer writes on sqlite3 alone. Statements prepared once, texts in one
 * arena, one growing array per kind of row that are kept as well, a read transaction around each unit of work of
 * several statements, no malloc per row. Rows come by sqlite3_step and sqlite3_column: the aggregate function that
 * Armature may have SQLite call with each row is faster, but is not what one writes by hand. The structs are the
 * models' own. */
#ifndef BENCH_HAND_SQLITE_H
#define BENCH_HAND_SQLITE_H

#include "blog.h"
#include "rows.h"

#include <sqlite3.h>
#include <string.h>

enum { LEVELS = 5 };

/* One workload's connection, statements and rows: levels[0] are the parents of levels[1], and so on. */
struct hand_sqlite {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit;
    sqlite3_stmt *statements[LEVELS];
    struct arena texts;
    struct rows levels[LEVELS];
    struct key_table table;
    uint32_t *parents; /* of each child, by its place among the parents */
    size_t size;
    int64_t *ids;
    struct draft *drafts;
    uint64_t sum; /* of requests, each of which forgets the rows of the one before */
};

/* The statements are those that the workload needs, in its own order; NULL for none. */
struct hand_sqlite *hand_sqlite_open(const char *url, size_t size, const char *first, const char *second,
                                     const char *third);
void hand_sqlite_close(void *state);

/* Ends the program where a call of sqlite3 failed. */
void hand_sqlite_check(const struct hand_sqlite *hand, int result);

/* A statement more, to be finalized by the caller; NULL for NULL. */
sqlite3_stmt *hand_sqlite_prepare(const struct hand_sqlite *hand, const char *sql);

/* Runs a statement without rows, and has it ready for the next time. */
void hand_sqlite_run(const struct hand_sqlite *hand, sqlite3_stmt *statement);

/* Forgets the rows of the unit of work before. */
void hand_sqlite_reset(struct hand_sqlite *hand);

/* Binds the workload's size as the statement's only parameter. */
void hand_sqlite_bind_size(const struct hand_sqlite *hand, sqlite3_stmt *statement);

static inline const char *hand_sqlite_text(struct hand_sqlite *hand, sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    if (text == NULL)
        return NULL;
    size_t size = (size_t)sqlite3_column_bytes(row, column) + 1;
    return memcpy(arena_take(&hand->texts, size), text, size);
}

/* The columns of a user and of a post, and how they become structs. */
#define HAND_SQLITE_USER(u)                                                                                            \
    u "id, " u "name, " u "email, " u "hair_color, " u "age, " u "score, " u "active, " u "created_at"
#define HAND_SQLITE_POST(p) p "id, " p "user_id, " p "title, " p "body, " p "views, " p "created_at"

/* `first`: the column that the user begins with. */
static inline void hand_sqlite_read_user(struct hand_sqlite *hand, sqlite3_stmt *row, int first, struct user *user)
{
    user->id = sqlite3_column_int64(row, first);
    user->name = hand_sqlite_text(hand, row, first + 1);
    user->email = hand_sqlite_text(hand, row, first + 2);
    user->hair_color = hand_sqlite_text(hand, row, first + 3);
    user->age = sqlite3_column_int(row, first + 4);
    user->score = sqlite3_column_double(row, first + 5);
    user->active = sqlite3_column_int(row, first + 6) != 0;
    user->created_at = sqlite3_column_int64(row, first + 7);
}

static inline void hand_sqlite_read_post(struct hand_sqlite *hand, sqlite3_stmt *row, struct post *post)
{
    post->id = sqlite3_column_int64(row, 0);
    post->user_id = sqlite3_column_int64(row, 1);
    post->title = hand_sqlite_text(hand, row, 2);
    post->body = hand_sqlite_text(hand, row, 3);
    post->views = sqlite3_column_int64(row, 4);
    post->created_at = sqlite3_column_int64(row, 5);
}

/* Reads all rows that a statement has. */
void hand_sqlite_read_users(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows);
void hand_sqlite_read_posts(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows);

#endif
