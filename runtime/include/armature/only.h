/** @file
 * Some columns of rows: queries that leave out what the program does not need, such as long texts.
 *
 * @code
 * struct post_query *q = post_query(s);
 *
 * post_only(q, post_column.title, post_column.views);
 * status = post_all(q, &posts);
 * …
 * if (!post_is_loaded(s, post, post_column.body))
 *     status = post_reload(s, post);
 * @endcode
 *
 * The primary key, the columns that writes maintain (AR_VERSION, AR_UPDATED_AT, counters), and the columns by which
 * relations of the same tree are found, are always loaded.
 *
 * A field that was not loaded must not be read or assigned. Without NDEBUG, the runtime fills it with bytes 0xA5, and
 * AddressSanitizer and valgrind report the access; otherwise it is zero. A save writes only loaded columns; if the
 * program has assigned another one, it is AR_MISUSE. Reading the row again completes the record: by reload, find, or a
 * query. A record that is complete stays complete. */
#ifndef ARMATURE_ONLY_H
#define ARMATURE_ONLY_H

#include <armature/query.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Load these columns only; repeated calls add columns. It has no effect on counts, aggregates, update_all and
 * delete_all.
 *
 * @param q        query, or the sub-query of an eager relation
 * @param columns  array of `count` columns of the query's model; AR_MISUSE when the query runs if of another model
 * @param count    number of columns */
void ar_query_only(struct ar_query *q, const struct ar_column *const *columns, size_t count);

/** Return true if a field of a record was loaded. Always true for caller-owned structs. */
bool ar_record_is_loaded(struct ar_session *s, const struct ar_model *model, const void *record,
                         const struct ar_column *column);

#pragma GCC visibility pop
#ifdef __cplusplus
}

/** @cond */
template <class... handles> void ar_query_only_columns(struct ar_query *q, handles... each)
{
    const struct ar_column *const columns[] = {each.column...};
    ar_query_only(q, columns, sizeof...(each));
}
#else
/** @cond
 * The columns of one to 16 handles, whose types differ. */
#define AR_HANDLES_1(h) (h).column
#define AR_HANDLES_2(h, ...) (h).column, AR_HANDLES_1(__VA_ARGS__)
#define AR_HANDLES_3(h, ...) (h).column, AR_HANDLES_2(__VA_ARGS__)
#define AR_HANDLES_4(h, ...) (h).column, AR_HANDLES_3(__VA_ARGS__)
#define AR_HANDLES_5(h, ...) (h).column, AR_HANDLES_4(__VA_ARGS__)
#define AR_HANDLES_6(h, ...) (h).column, AR_HANDLES_5(__VA_ARGS__)
#define AR_HANDLES_7(h, ...) (h).column, AR_HANDLES_6(__VA_ARGS__)
#define AR_HANDLES_8(h, ...) (h).column, AR_HANDLES_7(__VA_ARGS__)
#define AR_HANDLES_9(h, ...) (h).column, AR_HANDLES_8(__VA_ARGS__)
#define AR_HANDLES_10(h, ...) (h).column, AR_HANDLES_9(__VA_ARGS__)
#define AR_HANDLES_11(h, ...) (h).column, AR_HANDLES_10(__VA_ARGS__)
#define AR_HANDLES_12(h, ...) (h).column, AR_HANDLES_11(__VA_ARGS__)
#define AR_HANDLES_13(h, ...) (h).column, AR_HANDLES_12(__VA_ARGS__)
#define AR_HANDLES_14(h, ...) (h).column, AR_HANDLES_13(__VA_ARGS__)
#define AR_HANDLES_15(h, ...) (h).column, AR_HANDLES_14(__VA_ARGS__)
#define AR_HANDLES_16(h, ...) (h).column, AR_HANDLES_15(__VA_ARGS__)
#define AR_HANDLES_NTH(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, name, ...) name
#define AR_HANDLES(...)                                                                                                \
    AR_HANDLES_NTH(__VA_ARGS__, AR_HANDLES_16, AR_HANDLES_15, AR_HANDLES_14, AR_HANDLES_13, AR_HANDLES_12,             \
                   AR_HANDLES_11, AR_HANDLES_10, AR_HANDLES_9, AR_HANDLES_8, AR_HANDLES_7, AR_HANDLES_6, AR_HANDLES_5, \
                   AR_HANDLES_4, AR_HANDLES_3, AR_HANDLES_2, AR_HANDLES_1, unused)                                     \
    (__VA_ARGS__)
#define ar_query_only_columns(q, ...)                                                                                  \
    ar_query_only(q, (const struct ar_column *const[]){AR_HANDLES(__VA_ARGS__)},                                       \
                  sizeof((const struct ar_column *const[]){AR_HANDLES(__VA_ARGS__)}) /                                 \
                      sizeof(const struct ar_column *))
#endif
/** @endcond */

#endif
