/** @file
 * Streams: all rows of a query, delivered to a function in chunks, in memory for one chunk. The generated
 * `<model>_each` calls ar_query_each.
 *
 * @code
 * static enum ar_status export(struct ar_session *s, const struct post_list *posts, void *payload)
 * {
 *     for (size_t i = 0; i < posts->count; i++) {
 *         struct user *user;
 *         enum ar_status status = post_user(s, posts->items[i], &user);
 *
 *         if (status != AR_OK)
 *             return status;
 *         fprintf(payload, "%s: %s\n", user->name, posts->items[i]->title);
 *     }
 *     return AR_OK;
 * }
 * …
 * struct post_query *q = post_query(s);
 *
 * post_with_user(q);
 * status = post_each(q, 1000, export, stdout);
 * @endcode */
#ifndef ARMATURE_EACH_H
#define ARMATURE_EACH_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Call a function with all rows of a query, in its order, in chunks of `size` records; the last one may have fewer.
 *
 * Each chunk is one statement, and one for each eager relation. It begins after the last row of the chunk before, as
 * ar_query_after does, so that an index on the columns of the order makes all chunks equally fast. Limit and offset of
 * the query count for the whole stream.
 *
 * The function receives a session of the chunk, in which everything works as usual: accesses to relations, other
 * queries, saves, transactions (it must end those that it begins). The session has the options and the transaction of
 * the query's session, and is emptied after each chunk: records must not be used afterwards. Meanwhile, the query's
 * session serves what it has loaded, but each statement of it is AR_MISUSE.
 *
 * Outside a transaction, all chunks see one state of the database until the function writes; on SQLite, the WAL grows
 * meanwhile, and on PostgreSQL deleted rows are kept. After a write, the next chunk sees the state at that time, with
 * everything that was written. Inside a transaction, chunks see what its isolation level shows, and locks of the query
 * last until its end. In either case, a row is delivered once, unless it is moved in the order meanwhile, for example
 * because the function changes a column of the order: order by columns that it does not write, or by the key. When the
 * function has written, records and relations of the query's session are read again when they are next needed.
 *
 * A status other than AR_OK ends the stream, and is returned. ar_each_stop ends it without failure.
 *
 * @param q         query; must not be changed by the function
 * @param size      number of records in a chunk; 0 is AR_MISUSE
 * @param function  called with the session of the chunk and its records, at least one
 * @param payload   not owned; passed to each call
 * @retval AR_MISUSE  the query has a limit or offset that counts backwards from ar_query_before; or the function did
 *                    not end a transaction, which is then rolled back
 * @return  the status of the function; otherwise as ar_query_all */
AR_MUST_CHECK enum ar_status ar_query_each(struct ar_query *q, size_t size,
                                           enum ar_status (*function)(struct ar_session *s, const struct ar_list *list,
                                                                      void *payload),
                                           void *payload);

/** End the stream after this chunk, as if it were the last one.
 *
 * @param s  session with which the function was called */
void ar_each_stop(struct ar_session *s);

/** @cond
 * The typed function and its payload, for the function that the generated code passes to ar_query_each. */
struct ar_each {
    void (*function)(void);
    void *payload;
};
/** @endcond */

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
