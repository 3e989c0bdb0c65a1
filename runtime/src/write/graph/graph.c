/* Graphs of new records: collecting them, and saving them level by level. */
#include "link/run.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "sql/run.h"
#include "store/identity.h"
#include "write/bulk/chunk.h"
#include "write/graph/plan.h"
#include "write/parent_sql.h"
#include "write/parents.h"
#include "write/remember.h"

#include <string.h>

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

static void add(struct ar_graph *graph, struct ar_graph_entry entry)
{
    AR_USE(graph->session, );
    struct ar_graph_entry *grown = graph->entries;

    if (graph->count == graph->capacity)
        grown = ar_arena_grow(&graph->session->store.objects, graph->entries, graph->count, &graph->capacity,
                              graph->count + 1, sizeof *graph->entries);
    graph->is_incomplete = graph->is_incomplete || grown == NULL;
    if (graph->is_incomplete)
        return;
    graph->entries = grown;
    graph->entries[graph->count++] = entry;
}

void ar_graph_put(struct ar_graph *graph, const struct ar_model *model, void *record)
{
    add(graph, (struct ar_graph_entry){.model = model, .record = record});
}

void ar_graph_set(struct ar_graph *graph, const struct ar_relation *relation, void *record, void *target)
{
    add(graph,
        (struct ar_graph_entry){.model = relation->owner, .record = record, .relation = relation, .target = target});
}

/* ---- Chunks ------------------------------------------------------------------------------------------------------ */

struct saving {
    struct ar_session *s;
    struct graph_plan plan;
    bool has_begun; /* the transaction */
};

static enum ar_status begin(struct saving *saving)
{
    enum ar_status status = saving->has_begun ? AR_OK : ar_begin(saving->s);

    saving->has_begun = saving->has_begun || status == AR_OK;
    return status;
}

/* Make a chunk of nodes of one model; their copies are in it from now on. */
static enum ar_status make_chunk(const struct saving *saving, struct graph_node *const *nodes, size_t count,
                                 struct chunk *out)
{
    enum ar_status status = ar_chunk_start(saving->s, nodes[0]->model, NULL, count, out);

    if (status != AR_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        nodes[i]->copy = memcpy(ar_chunk_copy(out, i), nodes[i]->copy, out->model->size);
    return ar_chunk_check(out);
}

/* The chunks of a level: one for each model. */
struct level {
    struct chunk *chunks;
    size_t count;
};

static enum ar_status make_level(const struct saving *saving, struct level *out)
{
    const struct graph_plan *plan = &saving->plan;
    enum ar_status status = AR_OK;

    out->count = 0;
    out->chunks = ar_arena_allocate(&saving->s->store.scratch, plan->level_count * sizeof *out->chunks);
    if (out->chunks == NULL)
        return ar_fail_no_memory(&saving->s->store.failure);
    for (size_t first = 0, count = 1; first < plan->level_count && status == AR_OK; first += count, count = 1) {
        while (first + count < plan->level_count && plan->level[first + count]->model == plan->level[first]->model)
            count++;
        status = make_chunk(saving, &plan->level[first], count, &out->chunks[out->count++]);
    }
    return status;
}

/* ---- Levels in one round trip ------------------------------------------------------------------------------------
 *
 * The rows of a level whose keys are known, because the program or the library has made them, can be referred to before
 * they are inserted: the next level is in the same round trip. */

/* An insert that is part of the round trip, or if it is impossible, its chunk, to be inserted afterwards. */
struct part {
    struct array_insert insert;
    bool is_possible;
    struct part *next;
};

struct trip {
    struct part *first, **last;
    size_t statements;
    bool is_final; /* the next level refers to what the statements return */
};

static enum ar_status add_parts(struct trip *trip, const struct chunk *all)
{
    enum ar_status status = AR_OK;

    for (size_t done = 0; done < all->count && status == AR_OK;) {
        struct part *part = ar_arena_allocate_zero(&all->store->scratch, sizeof *part);
        struct chunk *chunk;
        if (part == NULL)
            return ar_fail_no_memory(&all->store->failure);
        chunk = &part->insert.chunk;
        *chunk = *all;
        chunk->copies = ar_chunk_copy(all, done);
        chunk->count = all->count - done;
        chunk->count = ar_chunk_run(chunk, AR_CHUNK_ARRAYS_MAX);
        status = ar_array_insert_prepare(&part->insert, &part->is_possible);
        trip->statements += part->is_possible ? 1 : 0;
        trip->is_final = trip->is_final || !part->is_possible || ar_chunk_generates_key(chunk);
        *trip->last = part;
        trip->last = &part->next;
        done += chunk->count;
    }
    return status;
}

/* Run the statements; the first ones of a graph together with BEGIN. A savepoint is separate: if a statement cannot be
 * sent, it is unknown if the savepoint was set. */
static enum ar_status run_trip(struct saving *saving, const struct trip *trip)
{
    struct arena *scratch = &saving->s->store.scratch;
    struct statement *statements = ar_arena_allocate(scratch, (trip->statements + 1) * sizeof *statements);
    struct outcome *outcomes = ar_arena_allocate(scratch, (trip->statements + 1) * sizeof *outcomes);
    bool begins = !saving->has_begun && saving->s->link.transaction.depth == 0;
    enum ar_status status = begins ? AR_OK : begin(saving);
    size_t count = 0;

    if (statements == NULL || outcomes == NULL)
        return ar_fail_no_memory(&saving->s->store.failure);
    for (const struct part *part = trip->first; part != NULL; part = part->next)
        if (part->is_possible)
            statements[count++] = part->insert.statement;
    if (begins)
        return ar_transaction_begin_run(saving->s, statements, count, &saving->has_begun);
    return status == AR_OK && count > 0 ? ar_run_all(&saving->s->link, statements, count, outcomes) : status;
}

static enum ar_status draw_keys(struct saving *saving, const struct chunk *chunk)
{
    enum ar_status status = ar_chunk_makes_key(chunk, 0) ? begin(saving) : AR_OK;

    return status == AR_OK ? ar_chunk_draw_keys(chunk) : status;
}

static enum ar_status add_level(struct saving *saving, struct trip *trip)
{
    struct level level;
    enum ar_status status = make_level(saving, &level);

    for (size_t i = 0; i < level.count && status == AR_OK; i++) {
        status = draw_keys(saving, &level.chunks[i]);
        if (status == AR_OK)
            status = add_parts(trip, &level.chunks[i]);
    }
    return status;
}

/* Return true if a record refers to another column than the key, which a default may make. */
static bool refers_to_others(const struct graph_plan *plan)
{
    for (size_t i = 0; i < plan->edge_count; i++)
        if (plan->edges[i].relation->referred_key != NULL)
            return true;
    return false;
}

/* Insert the next level, and those after it that need not wait for it. */
static enum ar_status insert_in_one_trip(struct saving *saving)
{
    struct trip trip = {.last = &trip.first, .is_final = refers_to_others(&saving->plan)};
    enum ar_status status = add_level(saving, &trip);

    while (status == AR_OK && !trip.is_final && saving->plan.level_count > 0) {
        status = ar_graph_end_level(&saving->plan);
        if (status == AR_OK && saving->plan.level_count > 0)
            status = add_level(saving, &trip);
    }
    if (status == AR_OK)
        status = run_trip(saving, &trip);
    for (struct part *part = trip.first; part != NULL && status == AR_OK; part = part->next)
        status = part->is_possible ? ar_array_insert_finish(&part->insert) : ar_insert_chunk(&part->insert.chunk);
    return status == AR_OK && saving->plan.level_count > 0 ? ar_graph_end_level(&saving->plan) : status;
}

/* ---- Saving ------------------------------------------------------------------------------------------------------ */

static enum ar_status insert_level(struct saving *saving)
{
    struct level level;
    enum ar_status status = make_level(saving, &level);

    if (status == AR_OK)
        status = begin(saving);
    for (size_t i = 0; i < level.count && status == AR_OK; i++)
        status = ar_insert_chunk(&level.chunks[i]);
    return status == AR_OK ? ar_graph_end_level(&saving->plan) : status;
}

/* Build the UPDATE of a foreign key that was deferred. */
static enum ar_status make_update(struct saving *saving, const struct graph_edge *edge, struct statement *out)
{
    const struct ar_model *model = edge->from->model;
    struct key_columns columns = ar_owner_columns(edge->relation);
    struct sql sql = ar_sql_start(&saving->s->link);
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    enum ar_status status = ar_graph_set_foreign_key(&saving->s->store, edge);
    const char *intro = " SET ";

    if (status != AR_OK)
        return status;
    ar_sql_add(&sql, "UPDATE ", ar_sql_table(&sql, model), NULL);
    for (size_t i = 0; i < columns.count; i++) {
        const struct ar_column *column = &model->columns[columns.columns[i]];
        if (ar_graph_leaves(edge, i))
            continue;
        ar_sql_add(&sql, intro, column->sql, " = ", NULL);
        ar_sql_add_value(&sql, column, ar_field_value(column, edge->from->copy));
        intro = ", ";
    }
    ar_key_values(ar_primary_key(model), edge->from->copy, key);
    ar_sql_add(&sql, " WHERE ", NULL);
    ar_sql_add_key(&sql, ar_primary_key(model), key);
    *out = (struct statement){.reason = AR_REASON_SAVE, .model = model};
    return ar_sql_finish(&sql, out);
}

static enum ar_status update_deferred(struct saving *saving)
{
    const struct graph_plan *plan = &saving->plan;
    struct arena *scratch = &saving->s->store.scratch;
    struct statement *statements = ar_arena_allocate(scratch, (plan->deferred + 1) * sizeof *statements);
    struct outcome *outcomes = ar_arena_allocate(scratch, (plan->deferred + 1) * sizeof *outcomes);
    enum ar_status status = AR_OK;
    size_t count = 0;

    if (statements == NULL || outcomes == NULL)
        return ar_fail_no_memory(&saving->s->store.failure);
    for (size_t i = 0; i < plan->edge_count && status == AR_OK; i++)
        if (plan->edges[i].is_deferred)
            status = make_update(saving, &plan->edges[i], &statements[count++]);
    return status == AR_OK && count > 0 ? ar_run_all(&saving->s->link, statements, count, outcomes) : status;
}

static bool refers_to_node(const struct graph_node *node, const struct ar_relation *relation)
{
    for (const struct graph_edge *edge = node->refers; edge != NULL; edge = edge->next_from)
        if (edge->relation == relation && !edge->is_dropped)
            return true;
    return false;
}

static enum ar_status add_parents_of(struct parents *parents, const struct graph_node *node)
{
    const int64_t change = ar_row_is_deleted(node->model, node->copy) ? 0 : 1;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < node->model->relation_count && status == AR_OK; i++) {
        const struct ar_relation *relation = node->model->relations[i];
        if (ar_parent_is_changed(relation, NULL) && !refers_to_node(node, relation))
            status = ar_parents_add_one(parents, relation, node->copy, change);
    }
    return status;
}

/* Update the rows that existed before and count or note the new ones. */
static enum ar_status update_parents(struct saving *saving)
{
    struct parents parents = {.s = saving->s};
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < saving->plan.count && status == AR_OK; i++)
        status = add_parents_of(&parents, &saving->plan.nodes[i]);
    if (status == AR_OK && parents.groups != NULL)
        status = ar_parents_write(&parents);
    ar_parents_free(&parents);
    return status;
}

static enum ar_status save_all(struct saving *saving)
{
    enum ar_status status = AR_OK;

    while (saving->plan.level_count > 0 && status == AR_OK)
        status = saving->s->link.db->driver->dialect.has_key_arrays ? insert_in_one_trip(saving) : insert_level(saving);
    if (status == AR_OK)
        status = update_deferred(saving);
    return status == AR_OK ? update_parents(saving) : status;
}

static enum ar_status save(struct ar_session *s, const struct ar_graph *graph, struct saving *out)
{
    enum ar_status status;

    *out = (struct saving){.s = s};
    status = ar_graph_plan(&s->store, graph, &out->plan);
    if (status == AR_OK)
        status = save_all(out);
    return out->has_begun ? ar_transaction_end(s, status) : status;
}

static void remember(const struct saving *saving)
{
    for (size_t i = 0; i < saving->plan.count; i++) {
        const struct graph_node *node = &saving->plan.nodes[i];
        struct write write = {
            .s = saving->s,
            .store = &saving->s->store,
            .link = &saving->s->link,
            .model = node->model,
            .record = node->record,
            .copy = node->copy,
            .identity = ar_identity(&saving->s->store, node->model),
            .has_key = true,
        };
        ar_write_inserted(&write);
    }
}

enum ar_status ar_graph_save(struct ar_graph *graph)
{
    AR_USE(graph->session, AR_MISUSE);
    struct ar_session *s = graph->session;
    struct saving saving;
    enum ar_status status;

    if (graph->is_incomplete)
        return ar_session_done(s, ar_fail_no_memory(&s->store.failure));
    if (graph->count == 0)
        return AR_OK;
    status = save(s, graph, &saving);
    if (ar_run_may_repeat(&s->link, status))
        status = save(s, graph, &saving);
    if (status == AR_OK) {
        remember(&saving);
        graph->count = 0;
    }
    return ar_session_done(s, status);
}
