/* Functions shared by the hand-written sides on PostgreSQL: connection, statements, rows and grouping. */
#include "hand_postgresql.h"

#include "fail.h"

#include <stdlib.h>

/* ---- Connection and statements --------------------------------------------------------------------------------------
 */

void hand_postgresql_check(const struct hand_postgresql *hand, bool holds)
{
    if (!holds)
        bench_fail("libpq", PQerrorMessage(hand->server));
}

void hand_postgresql_prepare(const struct hand_postgresql *hand, const char *name, const char *sql, Oid parameter)
{
    PGresult *result = PQprepare(hand->server, name, sql, parameter != 0, &parameter);
    hand_postgresql_check(hand, PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
}

struct hand_postgresql *hand_postgresql_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = bench_allocate(1, sizeof *hand);
    hand->server = PQconnectdb(url);
    hand->size = size;
    hand_postgresql_check(hand, PQstatus(hand->server) == CONNECTION_OK);
    hand_postgresql_prepare(hand, "begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0);
    hand_postgresql_prepare(hand, "commit", "COMMIT", 0);
    return hand;
}

void hand_postgresql_close(void *state)
{
    struct hand_postgresql *hand = state;
    PQfinish(hand->server);
    arena_free(&hand->texts);
    for (size_t i = 0; i < LEVELS; i++)
        rows_free(&hand->levels[i]);
    key_table_free(&hand->table);
    free(hand->parameter);
    free(hand->parents);
    free(hand->ids);
    free(hand->drafts);
    free(hand);
}

void hand_postgresql_pipeline(const struct hand_postgresql *hand)
{
    hand_postgresql_check(hand, PQenterPipelineMode(hand->server));
}

void hand_postgresql_send(const struct hand_postgresql *hand, const char *name, const char *parameter, int length)
{
    const int format = 1;
    hand_postgresql_check(hand,
                          PQsendQueryPrepared(hand->server, name, parameter != NULL, &parameter, &length, &format, 1));
}

void hand_postgresql_send_key(const struct hand_postgresql *hand, const char *name, int64_t key)
{
    char parameter[8];
    put_64(parameter, (uint64_t)key);
    hand_postgresql_send(hand, name, parameter, sizeof parameter);
}

void hand_postgresql_sync(const struct hand_postgresql *hand)
{
    hand_postgresql_check(hand, PQpipelineSync(hand->server));
}

PGresult *hand_postgresql_receive(const struct hand_postgresql *hand, ExecStatusType expected)
{
    PGresult *result = PQgetResult(hand->server);
    hand_postgresql_check(hand, PQresultStatus(result) == expected);
    if (expected != PGRES_PIPELINE_SYNC && PQgetResult(hand->server) != NULL)
        bench_fail("libpq", "unexpected second result");
    return result;
}

void hand_postgresql_finish(const struct hand_postgresql *hand, ExecStatusType expected)
{
    PQclear(hand_postgresql_receive(hand, expected));
}

void hand_postgresql_send_commit(const struct hand_postgresql *hand)
{
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_sync(hand);
}

void hand_postgresql_finish_commit(const struct hand_postgresql *hand)
{
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);
}

void hand_postgresql_reset(struct hand_postgresql *hand)
{
    arena_reset(&hand->texts);
    for (size_t i = 0; i < LEVELS; i++)
        hand->levels[i].count = 0;
}

void hand_postgresql_execute(const struct hand_postgresql *hand, const char *sql)
{
    PGresult *result = PQexec(hand->server, sql);
    hand_postgresql_check(hand, PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
}

/* ---- Kinds of rows --------------------------------------------------------------------------------------------------
 */

static void read_user(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    read_user_at(hand, result, row, 0, out);
}

static void read_post(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    read_post_at(hand, result, row, 0, out);
}

static void read_comment(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    read_comment_at(hand, result, row, 0, out);
}

const struct kind hand_users = {sizeof(struct user), read_user}, hand_posts = {sizeof(struct post), read_post},
                  hand_comments = {sizeof(struct comment), read_comment};

void hand_postgresql_read(struct hand_postgresql *hand, const struct kind *kind, struct rows *rows, PGresult *result)
{
    size_t count = (size_t)PQntuples(result);
    rows_reserve(rows, rows->count + count, kind->size);
    char *out = (char *)rows->items + rows->count * kind->size;
    for (size_t i = 0; i < count; i++)
        kind->read(hand, result, (int)i, out + i * kind->size);
    rows->count += count;
    PQclear(result);
}

void hand_postgresql_read_single_rows(struct hand_postgresql *hand, const struct kind *kind, struct rows *rows)
{
    PGresult *result;
    hand_postgresql_check(hand, PQsetSingleRowMode(hand->server));
    while ((result = PQgetResult(hand->server)) != NULL && PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
        kind->read(hand, result, 0, rows_add(rows, kind->size));
        PQclear(result);
    }
    hand_postgresql_check(hand, PQresultStatus(result) == PGRES_TUPLES_OK);
    PQclear(result);
    hand_postgresql_check(hand, PQgetResult(hand->server) == NULL);
}

/* ---- Keys and groups ------------------------------------------------------------------------------------------------
 */

char *hand_postgresql_parameter(struct hand_postgresql *hand, size_t size)
{
    if (size > hand->parameter_capacity) {
        hand->parameter_capacity = size * 2;
        hand->parameter = bench_resize(hand->parameter, hand->parameter_capacity, 1);
    }
    return hand->parameter;
}

char *hand_postgresql_put_array(char *to, Oid type, size_t count, bool has_nulls)
{
    to = put_32(to, 1);
    to = put_32(to, has_nulls);
    to = put_32(to, type);
    to = put_32(to, (uint32_t)count);
    return put_32(to, 1);
}

int hand_postgresql_put_keys(struct hand_postgresql *hand, const struct kind *kind, const struct rows *rows)
{
    char *to = hand_postgresql_parameter(hand, 20 + 12 * rows->count);
    to = hand_postgresql_put_array(to, BIGINT, rows->count, false);
    for (size_t i = 0; i < rows->count; i++)
        to = put_64(put_32(to, 8), (uint64_t)key_at(rows, i, kind->size));
    return (int)(to - hand->parameter);
}

static int compare_keys(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Sort the children of each parent by key, as Armature does. Most are already sorted. */
static void order_groups(const struct kind *kind, const struct rows *parents, struct rows *rows)
{
    for (size_t i = 0; i < parents->count; i++) {
        for (size_t child = rows->start[i] + 1; child < rows->start[i + 1]; child++) {
            if (key_at(rows, child - 1, kind->size) < key_at(rows, child, kind->size))
                continue;
            qsort((char *)rows->items + rows->start[i] * kind->size, rows->start[i + 1] - rows->start[i], kind->size,
                  compare_keys);
            break;
        }
    }
}

void hand_postgresql_read_children(struct hand_postgresql *hand, const struct kind *parent_kind,
                                   const struct rows *parents, const struct kind *kind, struct rows *rows,
                                   PGresult *result)
{
    key_table_fill(&hand->table, parents, parent_kind->size);
    size_t count = (size_t)PQntuples(result);
    size_t *start = rows_reserve_starts(rows, parents->count);
    memset(start, 0, (parents->count + 2) * sizeof *start);
    if (count > hand->parent_capacity) {
        hand->parent_capacity = count * 2;
        hand->parents = bench_resize(hand->parents, hand->parent_capacity, sizeof *hand->parents);
    }
    /* Count at index parent + 2; filling then advances each start to its final position. */
    size_t *next = start + 1;
    rows->count = 0;
    for (size_t i = 0; i < count; i++) {
        hand->parents[i] =
            (uint32_t)key_table_find(&hand->table, parents, parent_kind->size, bigint_field(result, (int)i, 1));
        if (hand->parents[i] != 0) {
            next[hand->parents[i]]++;
            rows->count++;
        }
    }
    rows_reserve(rows, rows->count, kind->size);
    for (size_t i = 1; i <= parents->count; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count; i++)
        if (hand->parents[i] != 0)
            kind->read(hand, result, (int)i, (char *)rows->items + next[hand->parents[i] - 1]++ * kind->size);
    PQclear(result);
    order_groups(kind, parents, rows);
}
