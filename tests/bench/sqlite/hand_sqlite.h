/* The reference on SQLite: code that a careful programmer would write with sqlite3. Statements are prepared once,
 * strings are in one arena, each kind of row has one growing array, and both are reused; a unit of work with several
 * statements is a read transaction; there is no malloc per row. Rows are read with sqlite3_step and sqlite3_column:
 * delivering rows to an aggregate function, as Armature may do, is faster, but uncommon in hand-written code. The
 * structs are those of the models. */
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
    uint32_t *parents; /* the index of each child's parent */
    size_t size;
    int64_t *ids;
    struct draft *drafts;
    uint64_t sum; /* checksum over all requests, because each one drops the rows of the previous one */
};

/* Open the database and prepare up to three statements, in an order defined by the workload; they may be NULL. */
struct hand_sqlite *hand_sqlite_open(const char *url, size_t size, const char *first, const char *second,
                                     const char *third);
void hand_sqlite_close(void *state);

/* Exit with SQLite's error message if a call failed. */
void hand_sqlite_check(const struct hand_sqlite *hand, int result);

/* Prepare another statement, which the caller must finalize; return NULL if `sql` is NULL. */
sqlite3_stmt *hand_sqlite_prepare(const struct hand_sqlite *hand, const char *sql);

/* Run a statement that returns no rows, and reset it. */
void hand_sqlite_run(const struct hand_sqlite *hand, sqlite3_stmt *statement);

/* Drop the rows of the previous unit of work. */
void hand_sqlite_reset(struct hand_sqlite *hand);

/* Bind the size of the workload as the only parameter. */
void hand_sqlite_bind_size(const struct hand_sqlite *hand, sqlite3_stmt *statement);

static inline const char *hand_sqlite_text(struct hand_sqlite *hand, sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    if (text == NULL)
        return NULL;
    size_t size = (size_t)sqlite3_column_bytes(row, column) + 1;
    return memcpy(arena_take(&hand->texts, size), text, size);
}

/* The columns of users, posts and comments, and functions that read them from the columns starting at `first`. */
#define HAND_SQLITE_USER(u)                                                                                            \
    u "id, " u "name, " u "email, " u "hair_color, " u "age, " u "score, " u "active, " u "created_at"
#define HAND_SQLITE_POST(p) p "id, " p "user_id, " p "title, " p "body, " p "views, " p "created_at"
#define HAND_SQLITE_COMMENT(c) c "id, " c "post_id, " c "user_id, " c "text, " c "created_at"

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

static inline void hand_sqlite_read_post(struct hand_sqlite *hand, sqlite3_stmt *row, int first, struct post *post)
{
    post->id = sqlite3_column_int64(row, first);
    post->user_id = sqlite3_column_int64(row, first + 1);
    post->title = hand_sqlite_text(hand, row, first + 2);
    post->body = hand_sqlite_text(hand, row, first + 3);
    post->views = sqlite3_column_int64(row, first + 4);
    post->created_at = sqlite3_column_int64(row, first + 5);
}

static inline void hand_sqlite_read_comment(struct hand_sqlite *hand, sqlite3_stmt *row, int first,
                                            struct comment *comment)
{
    comment->id = sqlite3_column_int64(row, first);
    comment->post_id = sqlite3_column_int64(row, first + 1);
    comment->user_id = sqlite3_column_int64(row, first + 2);
    comment->text = hand_sqlite_text(hand, row, first + 3);
    comment->created_at = sqlite3_column_int64(row, first + 4);
}

/* Read all rows of a statement. */
void hand_sqlite_read_users(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows);
void hand_sqlite_read_posts(struct hand_sqlite *hand, sqlite3_stmt *statement, struct rows *rows);

#endif
