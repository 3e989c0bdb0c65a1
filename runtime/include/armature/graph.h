/** @file
 * Graphs: new records that refer to each other, saved together.
 *
 * A record of a graph is inserted. Its foreign keys are filled in from the records that it refers to, as soon as these
 * have their keys. The generated `<model>_put` and `<model>_set_<relation>` call these functions.
 *
 * @code
 * struct ar_graph graph = ar_graph_start(s);
 * struct user user = {.name = "Ann"};
 * struct post post = {.title = "First"};
 * struct comment comments[2] = {{.text = "one"}, {.text = "two"}};
 *
 * post_set_user(&graph, &post, &user);
 * for (size_t i = 0; i < 2; i++) {
 *     comment_set_post(&graph, &comments[i], &post);
 *     comment_set_user(&graph, &comments[i], &user);
 * }
 * status = ar_graph_save(&graph);
 * @endcode
 *
 * The records stay the caller's, and must not move or be freed before ar_graph_save. */
#ifndef ARMATURE_GRAPH_H
#define ARMATURE_GRAPH_H

#include <armature/model.h>
#include <armature/session.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_graph_entry;

/** A set of new records. The members are private; the memory that they refer to belongs to the session. */
struct ar_graph {
    struct ar_session *session;     /**< private */
    struct ar_graph_entry *entries; /**< private */
    size_t count;                   /**< private */
    size_t capacity;                /**< private */
    bool is_incomplete;             /**< private: out of memory */
};

/** Return an empty graph, which is valid until ar_session_clear. */
static inline struct ar_graph ar_graph_start(struct ar_session *s)
{
    struct ar_graph graph;

    graph.session = s;
    graph.entries = NULL;
    graph.count = 0;
    graph.capacity = 0;
    graph.is_incomplete = false;
    return graph;
}

/** Put a record into the graph, to be inserted. Putting it again does nothing. Lack of memory is reported by
 * ar_graph_save. */
void ar_graph_put(struct ar_graph *graph, const struct ar_model *model, void *record);

/** Put a record into the graph, and let one of its foreign keys refer to another record.
 *
 * @param graph     graph
 * @param relation  a belongs_to of the record's model; the last call for a record and a relation counts
 * @param record    the record to insert
 * @param target    a record of the graph. A record without a key is put into it; one with a key, that is not put into
 *                  the graph, is taken for an existing row. */
void ar_graph_set(struct ar_graph *graph, const struct ar_relation *relation, void *record, void *target);

/** Insert all records of the graph, or none, in one transaction.
 *
 * Records that refer to no other are inserted first, then those that refer to them, and so on. The records of one model
 * at one such level are inserted as by insert_many; on PostgreSQL, each level is one round trip, and COMMIT another. If
 * records refer to each other in a circle, a nullable foreign key is set by an UPDATE afterwards.
 *
 * @param graph  afterwards empty; unchanged on failure. Each record receives its key, foreign keys, timestamps and
 *               defaults, and is unchanged on failure.
 * @retval AR_INVALID     a value violates a rule, a key is not set, or records refer to each other in a circle without
 *                        a nullable foreign key; the message names the models
 * @retval AR_CONSTRAINT  a constraint of the database is violated
 * @return  otherwise see @ref common_errors */
AR_MUST_CHECK enum ar_status ar_graph_save(struct ar_graph *graph);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
