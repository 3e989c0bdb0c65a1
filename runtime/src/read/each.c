/* Streams: the rows of a query in chunks, each in a session of its own. See armature/each.h for what a program may
 * rely on.
 *
 * The session of the chunks borrows the link of the query's session, so that both share connection, transaction and
 * snapshot, and has a store of its own, which is cleared after each chunk. For each chunk, the tree of queries is
 * copied into that store, with the position after which the chunk begins. This position is copied before the function
 * is called, which may change the record, into memory that outlives the chunk.
 *
 * A cursor of the database would need a transaction on PostgreSQL for as long as the stream lasts, and on SQLite a
 * statement that is open while the function writes to the table it reads. Chunks by position need neither, and a
 * failure between chunks leaves nothing open. */
#include "link/connection.h"
#include "read/page.h"
#include "read/tree.h"
#include "session/lend.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/open.h"

#include <armature/each.h>

/* Bytes of memory that are kept for positions from one chunk to the next. */
enum { KEPT_BY_CHUNK = 64 << 10 };

struct stream {
    const struct ar_query *q;
    struct ar_session *chunk;
    size_t size;
    uint64_t rest;                /* rows that the query's limit still allows */
    uint64_t offset;              /* of the next chunk: the query's, then 0 */
    const struct ar_value *after; /* the position after which it begins, or NULL */
    struct arena positions;       /* the memory of `after`, once it is that of a row */
    enum ar_status (*function)(struct ar_session *s, const struct ar_list *list, void *payload);
    void *payload;
};

static enum ar_status check(const struct ar_query *q, size_t size)
{
    enum ar_status status = ar_query_check_parts(q, "be streamed");

    if (status == AR_OK && size == 0)
        return ar_fail(&q->store->failure, AR_MISUSE, q->model, NULL, "%s: a chunk must have at least one record",
                       q->model->name);
    if (status == AR_OK && ar_query_is_backward(q))
        return ar_fail(&q->store->failure, AR_MISUSE, q->model, NULL,
                       "%s: rows before a record cannot be streamed with a limit or offset, which count backwards: "
                       "read them as one page",
                       q->model->name);
    if (status == AR_OK)
        status = ar_page_check_key(q, &q->store->failure);
    if (status == AR_OK && q->is_locked)
        status = ar_transaction_check_lock(q->s, q->model);
    return status == AR_OK ? ar_link_connect(q->link) : status; /* fails if the link is already lent */
}

/* Read the next chunk. */
static enum ar_status read_chunk(struct stream *stream, size_t size, struct result **out)
{
    struct ar_session *chunk = stream->chunk;
    struct ar_query *q = ar_query_copy(chunk, stream->q);

    if (q == NULL)
        return ar_fail_no_memory(&chunk->store.failure);
    q->is_chunk = true;
    q->has_limit = true;
    q->limit = size;
    q->offset = stream->offset;
    q->after = stream->after;
    return ar_session_done(chunk, ar_tree_run(q, UINT64_MAX, out));
}

/* Remember the position of a chunk's last record. */
static enum ar_status remember_position(struct stream *stream, const struct result *result)
{
    ar_arena_reset(&stream->positions, KEPT_BY_CHUNK);
    stream->after = ar_page_position(&stream->chunk->store, stream->q->model, result->records[result->count - 1],
                                     &stream->positions, &stream->positions);
    return stream->after != NULL ? AR_OK : ar_fail_no_memory(&stream->chunk->store.failure);
}

/* Call the function, and roll back what it has begun and not ended. */
static enum ar_status call(struct stream *stream, const struct result *result)
{
    struct ar_session *chunk = stream->chunk;
    const struct ar_list list = {result->records, result->count};
    enum ar_status status = stream->function(chunk, &list, stream->payload);

    if (!ar_transaction_is_open(chunk))
        return status;
    ar_transaction_abandon(chunk);
    if (status != AR_OK)
        return status;
    return ar_fail(&chunk->store.failure, AR_MISUSE, stream->q->model, NULL,
                   "the function to which %s_each delivers must end every transaction that it begins",
                   stream->q->model->name);
}

/* Deliver the next chunk. Set *is_last after the last one. */
static enum ar_status deliver_chunk(struct stream *stream, bool *is_last)
{
    size_t size = stream->rest < stream->size ? (size_t)stream->rest : stream->size;
    struct result *result;
    enum ar_status status = read_chunk(stream, size, &result);

    if (status == AR_OK && result->count > 0)
        status = remember_position(stream, result);
    if (status == AR_OK && result->count > 0)
        status = call(stream, result);
    if (status != AR_OK) {
        /* The failure of a statement of the chunk, or of its function. */
        if (stream->chunk->store.failure.error.status == status)
            ar_failure_restore(&stream->q->store->failure, &stream->chunk->store.failure);
        return status;
    }
    stream->offset = 0;
    stream->rest -= result->count;
    *is_last = result->count < size || stream->rest == 0 || stream->chunk->is_stopped;
    ar_store_clear(&stream->chunk->store);
    return AR_OK;
}

static enum ar_status deliver(struct stream *stream)
{
    bool is_last = stream->rest == 0 || stream->q->matches_nothing;
    enum ar_status status = AR_OK;

    while (status == AR_OK && !is_last)
        status = deliver_chunk(stream, &is_last);
    return status;
}

enum ar_status ar_query_each(struct ar_query *q, size_t size,
                             enum ar_status (*function)(struct ar_session *s, const struct ar_list *list,
                                                        void *payload),
                             void *payload)
{
    AR_USE(q->s, AR_MISUSE);
    struct stream stream = {
        .q = q,
        .size = size,
        .rest = q->has_limit ? q->limit : UINT64_MAX,
        .offset = q->offset,
        .after = q->after,
        .function = function,
        .payload = payload,
    };
    enum ar_status status = check(q, size);

    if (status != AR_OK)
        return ar_session_done(q->s, status);
    stream.chunk = ar_session_lend(q->s);
    if (stream.chunk == NULL)
        return ar_session_done(q->s, ar_fail_no_memory(&q->store->failure));
    status = deliver(&stream);
    ar_session_take_back(q->s, stream.chunk);
    ar_arena_free(&stream.positions);
    return ar_session_done(q->s, status);
}

void ar_each_stop(struct ar_session *s)
{
    s->is_stopped = true;
}
