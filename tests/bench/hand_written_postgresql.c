/* The reference on PostgreSQL: what a careful programmer writes on libpq alone. Prepared statements, binary parameters
 * and results, keys as one array, trees in a pipeline of as few round trips as there are levels, texts in one arena and
 * rows in arrays that are kept. A result is taken whole: its rows are counted before they are read, so that each child
 * is read straight into its place. The structs are the models' own. */
#include "blog.h"
#include "data.h"
#include "rows.h"
#include "workload.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum { BIGINT_ARRAY = 1016, BIGINT = 20 }; /* of pg_type */

/* Rows of one kind, grouped by their parents: those of parent i are start[i] to start[i + 1] - 1. */
struct level {
    void *rows;
    size_t *start;
    size_t count, capacity, start_capacity;
};

/* One workload's connection and rows. */
struct reference {
    PGconn *server;
    struct arena texts;
    struct level levels[3];
    char *keys; /* an array as a parameter */
    size_t *table, *places;
    size_t keys_capacity, table_capacity, place_capacity;
};

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void check(const struct reference *reference, bool holds)
{
    if (!holds)
        bench_fail("libpq", PQerrorMessage(reference->server));
}

static void prepare(const struct reference *reference, const char *name, const char *sql, Oid parameter)
{
    PGresult *result = PQprepare(reference->server, name, sql, parameter != 0, &parameter);
    check(reference, PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
}

static struct reference *reference_open(const char *url)
{
    struct reference *reference = calloc(1, sizeof *reference);
    if (reference == NULL)
        bench_fail("reference", "out of memory");
    reference->server = PQconnectdb(url);
    check(reference, PQstatus(reference->server) == CONNECTION_OK);
    prepare(reference, "begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0);
    prepare(reference, "commit", "COMMIT", 0);
    return reference;
}

static void reference_close(void *side)
{
    struct reference *reference = side;
    PQfinish(reference->server);
    arena_free(&reference->texts);
    for (size_t i = 0; i < 3; i++) {
        free(reference->levels[i].rows);
        free(reference->levels[i].start);
    }
    free(reference->keys);
    free(reference->table);
    free(reference->places);
    free(reference);
}

static void send(const struct reference *reference, const char *name, const char *parameter, int length)
{
    const int format = 1;
    check(reference, PQsendQueryPrepared(reference->server, name, parameter != NULL, &parameter, &length, &format, 1));
}

/* The result of the oldest statement under way. */
static PGresult *receive(const struct reference *reference, ExecStatusType expected)
{
    PGresult *result = PQgetResult(reference->server);
    check(reference, PQresultStatus(result) == expected);
    if (expected != PGRES_PIPELINE_SYNC && PQgetResult(reference->server) != NULL)
        bench_fail("libpq", "a second result");
    return result;
}

static void finish(const struct reference *reference, ExecStatusType expected)
{
    PQclear(receive(reference, expected));
}

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static void put_32(char *to, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(unsigned char)(number >> (24 - 8 * i));
}

static void put_64(char *to, uint64_t number)
{
    put_32(to, (uint32_t)(number >> 32));
    put_32(to + 4, (uint32_t)number);
}

/* Written out, the compiler makes one instruction of it. */
static uint32_t get_32(const char *field)
{
    const unsigned char *bytes = (const unsigned char *)field;
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t bigint_field(const PGresult *result, int row, int column)
{
    const char *field = PQgetvalue(result, row, column);
    return (int64_t)((uint64_t)get_32(field) << 32 | get_32(field + 4));
}

static int32_t integer_field(const PGresult *result, int row, int column)
{
    return (int32_t)get_32(PQgetvalue(result, row, column));
}

static double double_field(const PGresult *result, int row, int column)
{
    int64_t bits = bigint_field(result, row, column);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* No row of the benchmark has a time before 2000, where rounding would matter. */
static time_t time_field(const PGresult *result, int row, int column)
{
    return (time_t)(bigint_field(result, row, column) / 1000000 + 946684800);
}

static const char *text_field(struct reference *reference, const PGresult *result, int row, int column)
{
    size_t size = (size_t)PQgetlength(result, row, column) + 1;
    return memcpy(arena_take(&reference->texts, size), PQgetvalue(result, row, column), size);
}

static const char *nullable_text_field(struct reference *reference, const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column) ? NULL : text_field(reference, result, row, column);
}

/* ---- Keys and groups --------------------------------------------------------------------------------------------- */

/* A kind of row. Its key is the first column and the first member; its parent's key, if any, the second of both. */
struct kind {
    size_t size;
    void (*read)(struct reference *reference, const PGresult *result, int row, void *out);
};

static void read_all(struct reference *reference, const struct kind *kind, struct level *level, PGresult *result)
{
    level->count = (size_t)PQntuples(result);
    level->rows = reserve(level->rows, level->count, &level->capacity, kind->size);
    for (size_t i = 0; i < level->count; i++)
        kind->read(reference, result, (int)i, (char *)level->rows + i * kind->size);
    PQclear(result);
}

static int64_t key_of(const struct kind *kind, const struct level *level, size_t i)
{
    return *(const int64_t *)(const void *)((const char *)level->rows + i * kind->size);
}

/* Writes the keys of all rows as a bigint[]; returns its size. */
static int put_keys(struct reference *reference, const struct kind *kind, const struct level *level)
{
    size_t size = 20 + 12 * level->count;
    reference->keys = reserve(reference->keys, size, &reference->keys_capacity, 1);
    put_32(reference->keys, 1);
    put_32(reference->keys + 4, 0);
    put_32(reference->keys + 8, BIGINT);
    put_32(reference->keys + 12, (uint32_t)level->count);
    put_32(reference->keys + 16, 1);
    for (size_t i = 0; i < level->count; i++) {
        put_32(reference->keys + 20 + 12 * i, 8);
        put_64(reference->keys + 24 + 12 * i, (uint64_t)key_of(kind, level, i));
    }
    return (int)size;
}

static size_t hash_of(int64_t key, size_t mask)
{
    return (size_t)((uint64_t)key * 0x9E3779B97F4A7C15U >> 32) & mask;
}

/* A hash table of the rows' places plus one, by key; returns its mask. */
static size_t fill_table(struct reference *reference, const struct kind *kind, const struct level *level)
{
    size_t size = 16;
    while (size < level->count * 2)
        size *= 2;
    reference->table = reserve(reference->table, size, &reference->table_capacity, sizeof(size_t));
    memset(reference->table, 0, size * sizeof(size_t));
    for (size_t i = 0; i < level->count; i++) {
        size_t slot = hash_of(key_of(kind, level, i), size - 1);
        while (reference->table[slot] != 0)
            slot = (slot + 1) & (size - 1);
        reference->table[slot] = i + 1;
    }
    return size - 1;
}

static int compare_keys(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Children of one parent come by their key, as Armature's do; mostly they lie so. */
static void order_groups(const struct kind *kind, const struct level *parents, struct level *level)
{
    for (size_t i = 0; i < parents->count; i++) {
        for (size_t child = level->start[i] + 1; child < level->start[i + 1]; child++) {
            if (key_of(kind, level, child - 1) < key_of(kind, level, child))
                continue;
            qsort((char *)level->rows + level->start[i] * kind->size, level->start[i + 1] - level->start[i], kind->size,
                  compare_keys);
            break;
        }
    }
}

/* Reads children, those of one parent side by side. */
static void read_children(struct reference *reference, const struct kind *parent_kind, const struct level *parents,
                          const struct kind *kind, struct level *level, PGresult *result)
{
    size_t mask = fill_table(reference, parent_kind, parents);
    level->count = (size_t)PQntuples(result);
    level->rows = reserve(level->rows, level->count, &level->capacity, kind->size);
    level->start = reserve(level->start, parents->count + 2, &level->start_capacity, sizeof(size_t));
    memset(level->start, 0, (parents->count + 2) * sizeof(size_t));
    reference->places = reserve(reference->places, level->count, &reference->place_capacity, sizeof(size_t));
    /* Counted two places ahead, so that filling moves each start to where its group begins. */
    size_t *next = level->start + 1;
    for (size_t i = 0; i < level->count; i++) {
        int64_t key = bigint_field(result, (int)i, 1);
        size_t slot = hash_of(key, mask);
        while (key_of(parent_kind, parents, reference->table[slot] - 1) != key)
            slot = (slot + 1) & mask;
        reference->places[i] = reference->table[slot] - 1;
        next[reference->places[i] + 1]++;
    }
    for (size_t i = 1; i <= parents->count; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < level->count; i++)
        kind->read(reference, result, (int)i, (char *)level->rows + next[reference->places[i]]++ * kind->size);
    PQclear(result);
    order_groups(kind, parents, level);
}

/* ---- 10,000 rows of 5 columns ------------------------------------------------------------------------------------ */

static void read_person(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct person *person = out;
    person->id = bigint_field(result, row, 0);
    person->name = text_field(reference, result, row, 1);
    person->email = text_field(reference, result, row, 2);
    person->age = integer_field(result, row, 3);
    person->score = double_field(result, row, 4);
}

static const struct kind people = {sizeof(struct person), read_person};

static void *rows_open(const char *url)
{
    struct reference *reference = reference_open(url);
    prepare(reference, "people", "SELECT id, name, email, age, score FROM users", 0);
    return reference;
}

static void rows_load(void *side)
{
    struct reference *reference = side;
    arena_reset(&reference->texts);
    send(reference, "people", NULL, 0);
    read_all(reference, &people, &reference->levels[0], receive(reference, PGRES_TUPLES_OK));
}

static uint64_t rows_checksum(void *side)
{
    const struct level *level = &((const struct reference *)side)->levels[0];
    const struct person *rows = level->rows;
    uint64_t sum = 0;
    for (size_t i = 0; i < level->count; i++)
        sum = checksum_person(sum, &rows[i]);
    return sum;
}

const struct side postgresql_rows = {rows_open, reference_close, NULL, rows_load, rows_checksum};

/* ---- 1,000 users with 10 posts each ------------------------------------------------------------------------------ */

static void read_user(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct user *user = out;
    user->id = bigint_field(result, row, 0);
    user->name = text_field(reference, result, row, 1);
    user->email = text_field(reference, result, row, 2);
    user->hair_color = nullable_text_field(reference, result, row, 3);
    user->age = integer_field(result, row, 4);
    user->score = double_field(result, row, 5);
    user->active = *PQgetvalue(result, row, 6) != 0;
    user->created_at = time_field(result, row, 7);
}

static void read_post(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct post *post = out;
    post->id = bigint_field(result, row, 0);
    post->user_id = bigint_field(result, row, 1);
    post->title = text_field(reference, result, row, 2);
    post->body = nullable_text_field(reference, result, row, 3);
    post->views = bigint_field(result, row, 4);
    post->created_at = time_field(result, row, 5);
}

static const struct kind users = {sizeof(struct user), read_user}, posts = {sizeof(struct post), read_post};

static void *tree_open(const char *url)
{
    struct reference *reference = reference_open(url);
    prepare(reference, "users",
            "SELECT id, name, email, hair_color, age, score, active, created_at FROM users WHERE id <= $1", BIGINT);
    prepare(reference, "posts", "SELECT id, user_id, title, body, views, created_at FROM posts WHERE user_id = ANY($1)",
            BIGINT_ARRAY);
    check(reference, PQenterPipelineMode(reference->server));
    return reference;
}

static void tree_load(void *side)
{
    struct reference *reference = side;
    char limit[8];
    put_64(limit, PARENT_COUNT);
    arena_reset(&reference->texts);
    send(reference, "begin", NULL, 0);
    send(reference, "users", limit, sizeof limit);
    check(reference, PQpipelineSync(reference->server));
    finish(reference, PGRES_COMMAND_OK);
    read_all(reference, &users, &reference->levels[0], receive(reference, PGRES_TUPLES_OK));
    finish(reference, PGRES_PIPELINE_SYNC);

    int size = put_keys(reference, &users, &reference->levels[0]);
    send(reference, "posts", reference->keys, size);
    send(reference, "commit", NULL, 0);
    check(reference, PQpipelineSync(reference->server));
    read_children(reference, &users, &reference->levels[0], &posts, &reference->levels[1],
                  receive(reference, PGRES_TUPLES_OK));
    finish(reference, PGRES_COMMAND_OK);
    finish(reference, PGRES_PIPELINE_SYNC);
}

static uint64_t tree_checksum(void *side)
{
    const struct reference *reference = side;
    const struct user *parents = reference->levels[0].rows;
    const struct post *children = reference->levels[1].rows;
    const size_t *start = reference->levels[1].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < reference->levels[0].count; i++) {
        sum = checksum_user(sum, &parents[i]);
        for (size_t child = start[i]; child < start[i + 1]; child++)
            sum = checksum_post(sum, &children[child]);
    }
    return sum;
}

const struct side postgresql_tree = {tree_open, reference_close, NULL, tree_load, tree_checksum};

/* ---- 100 boards with 5 topics of 5 messages each ----------------------------------------------------------------- */

static void read_board(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct board *board = out;
    board->id = bigint_field(result, row, 0);
    board->name = text_field(reference, result, row, 1);
}

static void read_topic(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct topic *topic = out;
    topic->id = bigint_field(result, row, 0);
    topic->board_id = bigint_field(result, row, 1);
    topic->title = text_field(reference, result, row, 2);
    topic->views = bigint_field(result, row, 3);
    topic->created_at = time_field(result, row, 4);
}

static void read_message(struct reference *reference, const PGresult *result, int row, void *out)
{
    struct message *message = out;
    message->id = bigint_field(result, row, 0);
    message->topic_id = bigint_field(result, row, 1);
    message->author = text_field(reference, result, row, 2);
    message->text = text_field(reference, result, row, 3);
    message->created_at = time_field(result, row, 4);
}

static const struct kind boards = {sizeof(struct board), read_board}, topics = {sizeof(struct topic), read_topic},
                         messages = {sizeof(struct message), read_message};

static void *levels_open(const char *url)
{
    struct reference *reference = reference_open(url);
    prepare(reference, "boards", "SELECT id, name FROM boards WHERE id <= $1", BIGINT);
    prepare(reference, "topics", "SELECT id, board_id, title, views, created_at FROM topics WHERE board_id = ANY($1)",
            BIGINT_ARRAY);
    prepare(reference, "messages",
            "SELECT id, topic_id, author, text, created_at FROM messages WHERE topic_id = ANY($1)", BIGINT_ARRAY);
    return reference;
}

static void *levels_open_pipeline(const char *url)
{
    struct reference *reference = levels_open(url);
    check(reference, PQenterPipelineMode(reference->server));
    return reference;
}

/* Sends the statement for a level: the first by its limit, the others by the keys of the level above. */
static void send_level(struct reference *reference, size_t level)
{
    static const char *const names[] = {"boards", "topics", "messages"};
    static const struct kind *const kinds[] = {&boards, &topics};
    char limit[8];
    put_64(limit, BOARDS_READ);
    int size = level > 0 ? put_keys(reference, kinds[level - 1], &reference->levels[level - 1]) : (int)sizeof limit;
    send(reference, names[level], level > 0 ? reference->keys : limit, size);
}

static void read_level(struct reference *reference, size_t level)
{
    struct level *levels = reference->levels;
    PGresult *result = receive(reference, PGRES_TUPLES_OK);
    if (level == 0)
        read_all(reference, &boards, &levels[0], result);
    else if (level == 1)
        read_children(reference, &boards, &levels[0], &topics, &levels[1], result);
    else
        read_children(reference, &topics, &levels[1], &messages, &levels[2], result);
}

static void levels_load(void *side)
{
    struct reference *reference = side;
    arena_reset(&reference->texts);
    for (size_t level = 0; level < 3; level++) {
        if (level == 0)
            send(reference, "begin", NULL, 0);
        send_level(reference, level);
        if (level == 2)
            send(reference, "commit", NULL, 0);
        check(reference, PQpipelineSync(reference->server));
        if (level == 0)
            finish(reference, PGRES_COMMAND_OK);
        read_level(reference, level);
        if (level == 2)
            finish(reference, PGRES_COMMAND_OK);
        finish(reference, PGRES_PIPELINE_SYNC);
    }
}

/* Each statement waits for the one before: what one writes who knows no pipelines. */
static void levels_load_in_sequence(void *side)
{
    struct reference *reference = side;
    arena_reset(&reference->texts);
    send(reference, "begin", NULL, 0);
    finish(reference, PGRES_COMMAND_OK);
    for (size_t level = 0; level < 3; level++) {
        send_level(reference, level);
        read_level(reference, level);
    }
    send(reference, "commit", NULL, 0);
    finish(reference, PGRES_COMMAND_OK);
}

static uint64_t levels_checksum(void *side)
{
    const struct reference *reference = side;
    const struct board *first = reference->levels[0].rows;
    const struct topic *second = reference->levels[1].rows;
    const struct message *third = reference->levels[2].rows;
    const size_t *topic_start = reference->levels[1].start, *message_start = reference->levels[2].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < reference->levels[0].count; i++) {
        sum = checksum_board(sum, &first[i]);
        for (size_t j = topic_start[i]; j < topic_start[i + 1]; j++) {
            sum = checksum_topic(sum, &second[j]);
            for (size_t k = message_start[j]; k < message_start[j + 1]; k++)
                sum = checksum_message(sum, &third[k]);
        }
    }
    return sum;
}

const struct side postgresql_levels = {levels_open_pipeline, reference_close, NULL, levels_load, levels_checksum};
const struct side postgresql_levels_in_sequence = {levels_open, reference_close, NULL, levels_load_in_sequence,
                                                   levels_checksum};
