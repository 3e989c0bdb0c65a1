/* The reference on PostgreSQL: code that a careful programmer would write with libpq. It uses prepared statements,
 * binary parameters and results, keys as one array, pipelines with one round trip per level of a tree, one arena for
 * strings, and reused arrays of rows. It reads full results: rows are counted first, so that each child is stored
 * directly in its final slot. The structs are those of the models. */
#ifndef BENCH_HAND_POSTGRESQL_H
#define BENCH_HAND_POSTGRESQL_H

#include "blog.h"
#include "rows.h"

#include <libpq-fe.h>
#include <string.h>

enum { LEVELS = 5, BIGINT_ARRAY = 1016, BIGINT = 20, TEXT = 25, TEXT_ARRAY = 1009 }; /* OIDs in pg_type */

/* One workload's connection and rows: levels[0] are the parents of levels[1], and so on. */
struct hand_postgresql {
    PGconn *server;
    struct arena texts;
    struct rows levels[LEVELS];
    struct key_table table;
    char *parameter; /* buffer for an array or for COPY data */
    size_t parameter_capacity;
    uint32_t *parents; /* the index of each child's parent */
    size_t parent_capacity;
    size_t size;
    int64_t *ids;
    struct draft *drafts;
    uint64_t sum; /* over all chunks of a stream, because each one drops the rows of the previous one */
};

/* A kind of row. The first column and member is the key; the second one is the parent's key, if there is a parent. */
struct kind {
    size_t size;
    void (*read)(struct hand_postgresql *hand, const PGresult *result, int row, void *out);
};
extern const struct kind hand_users, hand_posts, hand_comments;
#define HAND_USER "id, name, email, hair_color, age, score, active, created_at"
#define HAND_POST "id, user_id, title, body, views, created_at"
#define HAND_COMMENT "id, post_id, user_id, text, created_at"

/* Connect, and prepare "begin" (a read-only transaction) and "commit". */
struct hand_postgresql *hand_postgresql_open(const char *url, size_t size);
void hand_postgresql_close(void *state);

/* If the condition is false, exit with libpq's error message. */
void hand_postgresql_check(const struct hand_postgresql *hand, bool holds);

/* Prepare a statement with one parameter of this type, or without parameters if the type is 0. */
void hand_postgresql_prepare(const struct hand_postgresql *hand, const char *name, const char *sql, Oid parameter);

/* Enter pipeline mode. */
void hand_postgresql_pipeline(const struct hand_postgresql *hand);

/* Send a statement that returns binary rows. The parameter is binary, or NULL. */
void hand_postgresql_send(const struct hand_postgresql *hand, const char *name, const char *parameter, int length);
void hand_postgresql_send_key(const struct hand_postgresql *hand, const char *name, int64_t key);
void hand_postgresql_sync(const struct hand_postgresql *hand);

/* Return the result of the oldest pending statement, or free it. Exit if its status is not the expected one. */
PGresult *hand_postgresql_receive(const struct hand_postgresql *hand, ExecStatusType expected);
void hand_postgresql_finish(const struct hand_postgresql *hand, ExecStatusType expected);

/* Send "commit" with a sync; receive the results of both. */
void hand_postgresql_send_commit(const struct hand_postgresql *hand);
void hand_postgresql_finish_commit(const struct hand_postgresql *hand);

/* Drop the rows of the previous unit of work. */
void hand_postgresql_reset(struct hand_postgresql *hand);

/* Execute SQL that returns no rows, outside pipeline mode. */
void hand_postgresql_execute(const struct hand_postgresql *hand, const char *sql);

/* Append all rows of a result to `rows` and free the result. */
void hand_postgresql_read(struct hand_postgresql *hand, const struct kind *kind, struct rows *rows, PGresult *result);

/* Receive the rows of the oldest pending statement in single-row mode, and append them. */
void hand_postgresql_read_single_rows(struct hand_postgresql *hand, const struct kind *kind, struct rows *rows);

/* Read children grouped by parent and ordered by key, and free the result. Skip children of other parents. */
void hand_postgresql_read_children(struct hand_postgresql *hand, const struct kind *parent_kind,
                                   const struct rows *parents, const struct kind *kind, struct rows *rows,
                                   PGresult *result);

/* Return a parameter buffer of at least this size. */
char *hand_postgresql_parameter(struct hand_postgresql *hand, size_t size);

/* Write the keys of all rows as a bigint[] to the parameter buffer; return its size. */
int hand_postgresql_put_keys(struct hand_postgresql *hand, const struct kind *kind, const struct rows *rows);

/* Write the header of a one-dimensional array; return a pointer to the byte after it. */
char *hand_postgresql_put_array(char *to, Oid type, size_t count, bool has_nulls);

/* ---- Fields: integers in network byte order -------------------------------------------------------------------------
 */

enum { EPOCH = 946684800, MICROSECONDS = 1000000 }; /* PostgreSQL's epoch is 2000-01-01 */

/* Compilers turn this into one instruction. */
static inline char *put_32(char *to, uint32_t number)
{
    to[0] = (char)(unsigned char)(number >> 24);
    to[1] = (char)(unsigned char)(number >> 16);
    to[2] = (char)(unsigned char)(number >> 8);
    to[3] = (char)(unsigned char)number;
    return to + 4;
}

static inline char *put_64(char *to, uint64_t number)
{
    return put_32(put_32(to, (uint32_t)(number >> 32)), (uint32_t)number);
}

static inline uint32_t get_32(const char *field)
{
    const unsigned char *bytes = (const unsigned char *)field;
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline int64_t bigint_field(const PGresult *result, int row, int column)
{
    const char *field = PQgetvalue(result, row, column);
    return (int64_t)((uint64_t)get_32(field) << 32 | get_32(field + 4));
}

static inline int32_t integer_field(const PGresult *result, int row, int column)
{
    return (int32_t)get_32(PQgetvalue(result, row, column));
}

static inline double double_field(const PGresult *result, int row, int column)
{
    int64_t bits = bigint_field(result, row, column);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* No row of the benchmark has a time before 2000, for which the division would round incorrectly. */
static inline time_t time_field(const PGresult *result, int row, int column)
{
    return (time_t)(bigint_field(result, row, column) / MICROSECONDS + EPOCH);
}

static inline const char *text_field(struct hand_postgresql *hand, const PGresult *result, int row, int column)
{
    size_t size = (size_t)PQgetlength(result, row, column) + 1;
    return memcpy(arena_take(&hand->texts, size), PQgetvalue(result, row, column), size);
}

static inline const char *nullable_text_field(struct hand_postgresql *hand, const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column) ? NULL : text_field(hand, result, row, column);
}

static inline void read_user_at(struct hand_postgresql *hand, const PGresult *result, int row, int first,
                                struct user *user)
{
    user->id = bigint_field(result, row, first);
    user->name = text_field(hand, result, row, first + 1);
    user->email = text_field(hand, result, row, first + 2);
    user->hair_color = nullable_text_field(hand, result, row, first + 3);
    user->age = integer_field(result, row, first + 4);
    user->score = double_field(result, row, first + 5);
    user->active = *PQgetvalue(result, row, first + 6) != 0;
    user->created_at = time_field(result, row, first + 7);
}

static inline void read_post_at(struct hand_postgresql *hand, const PGresult *result, int row, int first,
                                struct post *post)
{
    post->id = bigint_field(result, row, first);
    post->user_id = bigint_field(result, row, first + 1);
    post->title = text_field(hand, result, row, first + 2);
    post->body = nullable_text_field(hand, result, row, first + 3);
    post->views = bigint_field(result, row, first + 4);
    post->created_at = time_field(result, row, first + 5);
}

static inline void read_comment_at(struct hand_postgresql *hand, const PGresult *result, int row, int first,
                                   struct comment *comment)
{
    comment->id = bigint_field(result, row, first);
    comment->post_id = bigint_field(result, row, first + 1);
    comment->user_id = bigint_field(result, row, first + 2);
    comment->text = text_field(hand, result, row, first + 3);
    comment->created_at = time_field(result, row, first + 4);
}

#endif
