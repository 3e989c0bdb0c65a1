/* Queries: what the generated <model>_query, _where, _all and their kin call.
 *
 * A query belongs to its session and can be run any number of times. It keeps its first error, and whatever runs it
 * reports that. */
#ifndef ARMATURE_QUERY_H
#define ARMATURE_QUERY_H

#include <armature/condition.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ar_query;

/* Read-only; lives as long as its session's other memory. */
struct ar_list {
    void *const *items;
    size_t count;
};

/* A query of all rows of a model. Never NULL: out of memory is reported when it runs. */
struct ar_query *ar_query_open(struct ar_session *s, const struct ar_model *model);

/* The rows that a relation of one record has. For a record without key, or with a null foreign key, none. */
struct ar_query *ar_query_relation(struct ar_session *s, const struct ar_relation *relation, const void *record);

/* Adds a condition; several must all hold. It is copied, with all that it refers to. When the query runs, a condition on
 * another model's column, or one that is too large, is AR_MISUSE, and a value that no column can hold AR_INVALID. */
void ar_query_where(struct ar_query *q, const struct ar_condition *condition);

/* Adds an order, behind those that are there already. */
void ar_query_order_by(struct ar_query *q, struct ar_order order);

/* At most this many rows, after skipping those of the offset. In a query that a _with_ returned: for each parent. */
void ar_query_limit(struct ar_query *q, uint64_t limit);
void ar_query_offset(struct ar_query *q, uint64_t offset);

/* In this query, a lazy load of the records it returns is an error that names relation and model. */
void ar_query_strict(struct ar_query *q);

/* Lock the rows that ar_query_all, _first and _one read, until the transaction ends: another transaction that would lock or
 * write them waits. On SQLite a transaction that may write is alone already. AR_MISUSE when the query runs: no
 * transaction is open, or one that cannot write; or the query is one that a _with_ returned. */
void ar_query_for_update(struct ar_query *q);

/* Loads the relation with the query, by one statement more. Returns the query that will load it, to be refined; the
 * same one each time. */
struct ar_query *ar_query_with_relation(struct ar_query *q, const struct ar_relation *relation);

/* Loads relations by name, for programs that take paths at run time: ar_query_with(q, "posts.comments").
 *   query   any generated query
 * AR_MISUSE: a segment names no relation, or the tree of relations would be deeper than 1,000 levels; the message says path,
 * segment and model, and the query is as before. */
AR_MUST_CHECK enum ar_status ar_query_with(void *query, const char *path);

/* How a tree of relations is loaded where a statement takes a round trip to the database. In any plan, the children of
 * all rows of a table are all rows of theirs, where a child cannot be without parent: they are read without keys. */
enum ar_plan {
    AR_PLAN_AUTO,    /* one trip where each level is a whole table; otherwise by the round trips' time as measured
                        lately, and by what the query asks for */
    AR_PLAN_WAVES,   /* level after level, each in one round trip, by the keys that the level above brought */
    AR_PLAN_ONE_TRIP /* all levels in one round trip, each repeating what those above ask for; by waves where that
                        is not possible: a limit for each parent, keys that are equal by rules of their columns
                        (char(n), a collation that ignores case), more than 16 levels, ar_query_first and
                        ar_query_one */
};

/* Chooses the plan of a query and its tree. Within a transaction of the program's, AR_PLAN_AUTO is waves unless each
 * level is a whole table; one trip there asks for a transaction that reads one state (REPEATABLE READ), or children of
 * a row that somebody else changes meanwhile may be missing.
 *   query   any generated query, not one that a _with_ returned */
void ar_query_plan(void *query, enum ar_plan plan);

/* Describe how the query would be run, and why: for each relation, indented below what it belongs to, how its rows would
 * be found and come from the database, the SQL, and the values of its conditions. For people; it shows values.
 *   out   lives as long as the session's other memory
 * Takes a connection, to know how long a round trip takes, which indexes there are, and what statements are known; does
 * not run the query. On SQLite a level whose keys turn out to be a third of all keys is found by a look at all rows as
 * well. On PostgreSQL rows come one by one unless there were few the last time. */
AR_MUST_CHECK enum ar_status ar_explain(void *query, const char **out);

/* All rows. On failure the list is empty. */
AR_MUST_CHECK enum ar_status ar_query_all(struct ar_query *q, struct ar_list *out);

/* The first row, by primary key where no order is given; NULL where there is none, which is no error. */
AR_MUST_CHECK enum ar_status ar_query_first(struct ar_query *q, void **out);

/* The only row. AR_NOT_FOUND: there is none; AR_MISUSE: there are several. */
AR_MUST_CHECK enum ar_status ar_query_one(struct ar_query *q, void **out);

/* How many rows there are, and whether there are any; limit and offset count. */
AR_MUST_CHECK enum ar_status ar_query_count(struct ar_query *q, int64_t *out);
AR_MUST_CHECK enum ar_status ar_query_exists(struct ar_query *q, bool *out);

enum ar_aggregate { AR_AGGREGATE_SUM, AR_AGGREGATE_AVG, AR_AGGREGATE_MIN, AR_AGGREGATE_MAX };

/* Sum, average, minimum or maximum of one column, NULL where no row matches. A text lives as long as the session's
 * other memory. A sum of integers is an integer; one that overflows is AR_DATABASE. */
AR_MUST_CHECK enum ar_status ar_query_aggregate(struct ar_query *q, enum ar_aggregate aggregate,
                                                const struct ar_column *column, struct ar_value *out);

/* Deletes or updates the rows at once, without loading them. An update keeps the columns' rules, AR_UPDATED_AT and
 * AR_VERSION; records that the session has keep their values until they are read again.
 *   changed   receives how many, or NULL */
AR_MUST_CHECK enum ar_status ar_query_delete_all(struct ar_query *q, int64_t *changed);
AR_MUST_CHECK enum ar_status ar_query_update_all(struct ar_query *q, const struct ar_assignment *set, int64_t *changed);

#ifdef __cplusplus
}
#endif
#endif
