/* Hand-written, on PostgreSQL: insert, update and delete rows. */
#include "checksum.h"
#include "data.h"
#include "fail.h"
#include "hand_postgresql.h"
#include "side.h"

enum { TIMESTAMPTZ = 1184, FIELDS = 6 };

static void writes_prepare(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_execute(hand, DATA_EMPTY_POSTGRESQL);
    if (hand->drafts == NULL)
        hand->drafts = bench_allocate(hand->size, sizeof *hand->drafts);
    data_fill_drafts(hand->drafts, hand->size);
}

static uint64_t sum_drafts(void *state)
{
    const struct hand_postgresql *hand = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->size; i++)
        sum = checksum_draft(sum, &hand->drafts[i]);
    return sum;
}

static char *put_text(char *to, const char *text)
{
    if (text == NULL)
        return put_32(to, UINT32_MAX);
    size_t length = strlen(text);
    to = put_32(to, (uint32_t)length);
    memcpy(to, text, length);
    return to + length;
}

static char *put_number(char *to, int64_t number)
{
    return put_64(put_32(to, 8), (uint64_t)number);
}

static int64_t server_time(time_t time)
{
    return ((int64_t)time - EPOCH) * MICROSECONDS;
}

/* Return an upper bound for the size of all drafts as arrays or as COPY data. */
static size_t size_of_drafts(const struct hand_postgresql *hand)
{
    size_t size = 1024;
    for (size_t i = 0; i < hand->size; i++) {
        const struct draft *draft = &hand->drafts[i];
        size += 2 + FIELDS * 12 + strlen(draft->title) + (draft->body != NULL ? strlen(draft->body) : 0);
    }
    return size;
}

/* ---- W7: 10,000 rows in one transaction: arrays, and their keys returned
 * --------------------------------------------- */

static void *unnest_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "insert",
                            "INSERT INTO drafts (user_id, title, body, views, created_at) SELECT * FROM"
                            " unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])"
                            " RETURNING id",
                            0);
    return hand;
}

/* Write the array of a column; return a pointer to the byte after it. */
static char *put_column(const struct hand_postgresql *hand, char *to, int column)
{
    static const Oid types[] = {BIGINT, TEXT, TEXT, BIGINT, TIMESTAMPTZ};
    to = hand_postgresql_put_array(to, types[column], hand->size, column == 2);
    for (size_t i = 0; i < hand->size; i++) {
        const struct draft *draft = &hand->drafts[i];
        if (column == 0)
            to = put_number(to, draft->user_id);
        else if (column == 1)
            to = put_text(to, draft->title);
        else if (column == 2)
            to = put_text(to, draft->body);
        else if (column == 3)
            to = put_number(to, draft->views);
        else
            to = put_number(to, server_time(draft->created_at));
    }
    return to;
}

static void unnest_load(void *state)
{
    enum { COLUMNS = 5 };
    static const int formats[COLUMNS] = {1, 1, 1, 1, 1};
    struct hand_postgresql *hand = state;
    const char *values[COLUMNS];
    int lengths[COLUMNS];
    char *to = hand_postgresql_parameter(hand, size_of_drafts(hand));
    for (int column = 0; column < COLUMNS; column++) {
        char *end = put_column(hand, to, column);
        values[column] = to;
        lengths[column] = (int)(end - to);
        to = end;
    }
    hand_postgresql_check(hand, PQsendQueryPrepared(hand->server, "insert", COLUMNS, values, lengths, formats, 1));
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    for (size_t i = 0; i < hand->size; i++)
        hand->drafts[i].id = bigint_field(result, (int)i, 0);
    PQclear(result);
}

const struct side postgresql_insert_unnest = {"unnest",       unnest_open, hand_postgresql_close,
                                              writes_prepare, unnest_load, sum_drafts};

/* ---- The same with COPY, with keys taken from the sequence first
 * ------------------------------------------------------------------------ */

/* The keys are returned as one array, which costs the server less than rows. In the select list, generate_series is not
 * materialized. */
static void *copy_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "keys",
                            "SELECT array_agg(nextval('drafts_id_seq')) FROM (SELECT generate_series(1, $1)) AS drawn",
                            BIGINT);
    return hand;
}

static char *put_line(char *to, const struct draft *draft)
{
    *to++ = 0;
    *to++ = FIELDS;
    to = put_number(to, draft->id);
    to = put_number(to, draft->user_id);
    to = put_text(to, draft->title);
    to = put_text(to, draft->body);
    to = put_number(to, draft->views);
    return put_number(to, server_time(draft->created_at));
}

static char *put_lines(const struct hand_postgresql *hand, char *to)
{
    static const char head[19] = "PGCOPY\n\377\r\n"; /* signature with NUL, flags, extension length */
    memcpy(to, head, sizeof head);
    to += sizeof head;
    for (size_t i = 0; i < hand->size; i++)
        to = put_line(to, &hand->drafts[i]);
    *to++ = (char)-1;
    *to++ = (char)-1;
    return to;
}

static void draw_keys(struct hand_postgresql *hand)
{
    enum { HEAD = 20, ELEMENT = 12 };
    hand_postgresql_send_key(hand, "keys", (int64_t)hand->size);
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    const char *element = PQgetvalue(result, 0, 0) + HEAD;
    for (size_t i = 0; i < hand->size; i++, element += ELEMENT)
        hand->drafts[i].id = (int64_t)((uint64_t)get_32(element + 4) << 32 | get_32(element + 8));
    PQclear(result);
}

static void copy_load(void *state)
{
    struct hand_postgresql *hand = state;
    draw_keys(hand);
    PGresult *result =
        PQexec(hand->server, "COPY drafts (id, user_id, title, body, views, created_at) FROM STDIN BINARY");
    hand_postgresql_check(hand, PQresultStatus(result) == PGRES_COPY_IN);
    PQclear(result);
    char *lines = hand_postgresql_parameter(hand, size_of_drafts(hand));
    char *end = put_lines(hand, lines);
    hand_postgresql_check(hand, PQputCopyData(hand->server, lines, (int)(end - lines)) == 1);
    hand_postgresql_check(hand, PQputCopyEnd(hand->server, NULL) == 1);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
}

const struct side postgresql_insert_copy = {"COPY",         copy_open, hand_postgresql_close,
                                            writes_prepare, copy_load, sum_drafts};

/* ---- Single records, in one transaction: each statement waits for its result
 * --------- */

static struct hand_postgresql *single_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "begin writing", "BEGIN", 0);
    hand_postgresql_prepare(hand, "insert",
                            "INSERT INTO drafts (user_id, title, body, views, created_at)"
                            " VALUES ($1::bigint, $2::text, $3::text, $4::bigint, $5::timestamptz) RETURNING id",
                            0);
    return hand;
}

static void begin_writing(const struct hand_postgresql *hand)
{
    hand_postgresql_send(hand, "begin writing", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
}

static void commit(const struct hand_postgresql *hand)
{
    hand_postgresql_send(hand, "commit", NULL, 0);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
}

/* The binary format of text is the string itself. */
static void insert_one(struct hand_postgresql *hand, struct draft *draft)
{
    enum { COLUMNS = 5 };
    static const int formats[COLUMNS] = {1, 1, 1, 1, 1};
    char user_id[8], views[8], created_at[8];
    put_64(user_id, (uint64_t)draft->user_id);
    put_64(views, (uint64_t)draft->views);
    put_64(created_at, (uint64_t)server_time(draft->created_at));
    const char *values[COLUMNS] = {user_id, draft->title, draft->body, views, created_at};
    int lengths[COLUMNS] = {8, (int)strlen(draft->title), draft->body != NULL ? (int)strlen(draft->body) : 0, 8, 8};
    hand_postgresql_check(hand, PQsendQueryPrepared(hand->server, "insert", COLUMNS, values, lengths, formats, 1));
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    draft->id = bigint_field(result, 0, 0);
    PQclear(result);
}

static void insert_all(struct hand_postgresql *hand)
{
    begin_writing(hand);
    for (size_t i = 0; i < hand->size; i++)
        insert_one(hand, &hand->drafts[i]);
    commit(hand);
}

static void *insert_open(const char *url, size_t size)
{
    return single_open(url, size);
}

static void insert_load(void *state)
{
    insert_all(state);
}

const struct side postgresql_insert = {"by hand",      insert_open, hand_postgresql_close,
                                       writes_prepare, insert_load, sum_drafts};

/* Insert the rows to change. */
static void change_prepare(void *state)
{
    writes_prepare(state);
    insert_all(state);
}

static void *update_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = single_open(url, size);
    hand_postgresql_prepare(hand, "update", "UPDATE drafts SET views = $2::bigint WHERE id = $1::bigint", 0);
    return hand;
}

/* Exit unless the statement affected one row. */
static void finish_change(const struct hand_postgresql *hand)
{
    PGresult *result = hand_postgresql_receive(hand, PGRES_COMMAND_OK);
    if (strcmp(PQcmdTuples(result), "1") != 0)
        bench_fail("change", "row not found");
    PQclear(result);
}

static void update_load(void *state)
{
    static const int formats[2] = {1, 1}, lengths[2] = {8, 8};
    struct hand_postgresql *hand = state;
    begin_writing(hand);
    for (size_t i = 0; i < hand->size; i++) {
        char id[8], views[8];
        put_64(id, (uint64_t)hand->drafts[i].id);
        put_64(views, (uint64_t)++hand->drafts[i].views);
        const char *values[2] = {id, views};
        hand_postgresql_check(hand, PQsendQueryPrepared(hand->server, "update", 2, values, lengths, formats, 1));
        finish_change(hand);
    }
    commit(hand);
}

const struct side postgresql_update = {"by hand",      update_open, hand_postgresql_close,
                                       change_prepare, update_load, sum_drafts};

static void *delete_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = single_open(url, size);
    hand_postgresql_prepare(hand, "delete", "DELETE FROM drafts WHERE id = $1", BIGINT);
    return hand;
}

static void delete_load(void *state)
{
    struct hand_postgresql *hand = state;
    begin_writing(hand);
    for (size_t i = 0; i < hand->size; i++) {
        hand_postgresql_send_key(hand, "delete", hand->drafts[i].id);
        finish_change(hand);
    }
    commit(hand);
}

const struct side postgresql_delete = {"by hand",      delete_open, hand_postgresql_close,
                                       change_prepare, delete_load, sum_drafts};
