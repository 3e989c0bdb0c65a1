/* Running a query with its tree of relations: level after level, or all levels in one round trip. */
#include "read/tree.h"

#include "link/ask.h"
#include "link/connection.h"
#include "link/run.h"
#include "link/snapshot.h"
#include "model/describe.h"
#include "read/load.h"
#include "read/load_sql.h"
#include "read/query_sql.h"
#include "session/session.h"
#include "session/use.h"
#include "sql/run.h"
#include "store/cache.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* One query of the tree. */
struct node {
    struct ar_query *q;
    struct node *parent; /* NULL: the root */
    size_t level;
    bool takes_all;            /* the level above is a whole table, and each row has an owner there */
    bool is_all;               /* its rows are a whole table */
    struct row_collector rows; /* of the root */
    struct loading loading;    /* of the others, once it is started */
    bool is_started;
};

/* A tree as it runs; all of it lies in scratch memory. */
struct tree {
    struct ar_session *s;
    struct node *nodes; /* level after level */
    size_t node_count;
    size_t level_count;
    uint64_t at_most;
    struct statement *statements; /* of the next round trip */
    struct outcome *outcomes;
    size_t statement_count;
    bool has_snapshot; /* a transaction of the tree's own; otherwise it joins the program's or the session's */
};

static size_t count_queries(const struct ar_query *q)
{
    size_t count = 1;

    for (const struct ar_query *child = q->first_child; child != NULL; child = child->next)
        count += count_queries(child);
    return count;
}

static bool leaves_rows_out(const struct ar_query *q)
{
    return q->conditions != NULL || q->scope.count > 0 || q->has_limit || q->offset > 0 || q->matches_nothing;
}

/* Initialize a node, except the large members, which are filled when it is started. */
static void begin_node(struct node *node, struct ar_query *q, struct node *parent)
{
    node->q = q;
    node->parent = parent;
    node->level = parent != NULL ? parent->level + 1 : 0;
    node->rows.result = NULL;
    node->is_started = false;
}

static void begin_root(struct node *node, struct ar_query *q, uint64_t at_most)
{
    begin_node(node, q, NULL);
    node->takes_all = false;
    node->is_all = at_most == UINT64_MAX && !leaves_rows_out(q);
}

static void begin_child(struct node *node, struct ar_query *q, struct node *parent)
{
    begin_node(node, q, parent);
    node->takes_all = parent->is_all && ar_load_can_take_all(q->relation, q);
    node->is_all = node->takes_all && !leaves_rows_out(q);
}

/* Lists the queries level after level. */
static enum ar_status list_nodes(struct ar_query *q, uint64_t at_most, struct tree *out)
{
    struct ar_session *s = q->s;
    size_t count = count_queries(q);

    *out = (struct tree){
        .s = s,
        .at_most = at_most,
        .nodes = ar_arena_allocate(&s->store.scratch, count * sizeof *out->nodes),
        .statements = ar_arena_allocate(&s->store.scratch, (count + 2) * sizeof *out->statements),
        .outcomes = ar_arena_allocate(&s->store.scratch, (count + 2) * sizeof *out->outcomes),
        .has_snapshot = count > 1 && s->link.transaction.depth == 0 && !s->link.options.snapshot,
    };
    if (out->nodes == NULL || out->statements == NULL || out->outcomes == NULL)
        return ar_fail_no_memory(&s->store.failure);
    begin_root(&out->nodes[out->node_count++], q, at_most);
    for (size_t i = 0; i < out->node_count; i++) {
        struct node *node = &out->nodes[i];
        for (struct ar_query *child = node->q->first_child; child != NULL; child = child->next)
            begin_child(&out->nodes[out->node_count++], child, node);
        out->level_count = node->level + 1;
    }
    return AR_OK;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static struct result *result_of(const struct node *node)
{
    return node->parent != NULL ? node->loading.rows.result : node->rows.result;
}

static enum ar_status finish_rows(void *payload)
{
    return ar_collector_finish(payload);
}

/* The key, if the query asks for the row that has it and nothing else; otherwise NULL. */
static const struct ar_value *only_key(const struct ar_query *q)
{
    const struct ar_term *term = q->conditions != NULL ? q->conditions->terms : NULL;
    bool is_simple = term != NULL && q->conditions->next == NULL && q->scope.count == 0 && !q->has_limit &&
                     q->offset == 0 && !q->is_for_update;

    if (!is_simple || term->op != AR_OP_EQ || term->value.kind == AR_VALUE_NULL || q->model->key_count != 1)
        return NULL;
    return term->column == &q->model->columns[q->model->key[0]] ? &term->value : NULL;
}

static struct sql root_sql(const struct tree *tree, const struct ar_query *q)
{
    struct sql sql = ar_sql_start_with(&tree->s->link, &q->model->select);
    /* Which rows a limit lets through must not be chance. */
    bool by_key = q->has_limit || q->offset > 0 || tree->at_most < UINT64_MAX;

    ar_sql_add_conditions(&sql, " WHERE ", q);
    ar_sql_add_orders(&sql, q, by_key);
    ar_sql_add_limit(&sql, q, tree->at_most);
    if (q->is_for_update)
        ar_sql_add(&sql, tree->s->link.db->driver->dialect.for_update, NULL);
    return sql;
}

static enum ar_status add_root(struct tree *tree)
{
    struct node *node = &tree->nodes[0];
    const struct ar_query *q = node->q;
    const struct ar_value *key = only_key(q);
    struct statement *statement = &tree->statements[tree->statement_count];
    enum ar_status status = ar_collector_start(&tree->s->store, q->model, false, &node->rows);
    struct sql sql;

    if (status != AR_OK)
        return status;
    node->rows.result->strict = q->is_strict;
    if (q->matches_nothing)
        return AR_OK;
    *statement = (struct statement){
        .is_single = key != NULL,
        .on_row = ar_collect_row,
        .after_rows = finish_rows,
        .payload = &node->rows,
        .column_count = q->model->column_count,
        .reason = AR_REASON_QUERY,
        .model = q->model,
    };
    tree->statement_count++;
    sql = key != NULL ? ar_sql_find(&tree->s->link, q->model, key) : root_sql(tree, q);
    return ar_sql_finish(&sql, statement);
}

static struct load load_of(const struct node *node)
{
    struct result *owners = result_of(node->parent);

    return (struct load){
        .relation = node->q->relation,
        .refinement = node->q,
        .reason = AR_REASON_EAGER,
        .owners = (const void *const *)owners->records,
        .owner_count = owners->count,
        .owners_result = owners,
        .takes_all = node->takes_all,
    };
}

/* Adds the statement for a node whose owners are there. Without owners there is nothing to ask for. */
static enum ar_status add_by_keys(struct tree *tree, struct node *node)
{
    struct load load = load_of(node);
    bool is_needed;
    enum ar_status status;

    node->is_started = true;
    status = ar_loading_start(tree->s, &load, &node->loading, &tree->statements[tree->statement_count], &is_needed);
    tree->statement_count += is_needed;
    return status;
}

static enum ar_status add_by_parent(struct tree *tree, struct node *node)
{
    struct load load = load_of(node);

    node->is_started = true;
    return ar_loading_start_one_trip(tree->s, &load, &node->loading, &tree->statements[tree->statement_count++]);
}

static enum ar_status run_statements(struct tree *tree)
{
    size_t count = tree->statement_count;

    tree->statement_count = 0;
    return count > 0 ? ar_run_all(&tree->s->link, tree->statements, count, tree->outcomes) : AR_OK;
}

/* ---- Plans ------------------------------------------------------------------------------------------------------- */

/* Each level in one round trip: BEGIN goes with the first, COMMIT with the last. */
static enum ar_status run_waves(struct tree *tree)
{
    enum ar_status status = AR_OK;
    size_t next = 0;

    for (size_t level = 0; level < tree->level_count && status == AR_OK; level++) {
        if (level == 0 && tree->has_snapshot)
            tree->statements[tree->statement_count++] = ar_snapshot_begin(&tree->s->link);
        for (; next < tree->node_count && tree->nodes[next].level == level && status == AR_OK; next++)
            status = level == 0 ? add_root(tree) : add_by_keys(tree, &tree->nodes[next]);
        if (level + 1 == tree->level_count && tree->has_snapshot)
            tree->statements[tree->statement_count++] = ar_snapshot_end;
        if (status == AR_OK)
            status = run_statements(tree);
    }
    return status;
}

static enum ar_status run_one_trip(struct tree *tree)
{
    enum ar_status status;

    if (tree->has_snapshot)
        tree->statements[tree->statement_count++] = ar_snapshot_begin(&tree->s->link);
    status = add_root(tree);
    for (size_t i = 1; i < tree->node_count && status == AR_OK; i++)
        status = add_by_parent(tree, &tree->nodes[i]);
    if (tree->has_snapshot)
        tree->statements[tree->statement_count++] = ar_snapshot_end;
    return status == AR_OK ? run_statements(tree) : status;
}

/* From this round trip on, saving trips is worth asking the database for the parents again. Between 1,000 parents and
 * their 10,000 children that took PostgreSQL 9 ms, between 100 and 1,000 about 1 ms. */
enum { DEAR_ROUND_TRIP = 500 };

/* In one trip, each level repeats all levels above it, nested. PostgreSQL plans 25 levels in 0.1 s, 100 levels in 6
 * s. */
enum { ONE_TRIP_LEVELS_MAX = 16 };

static const char *const no_round_trips = "the database is in this process: there are no round trips to save";

static bool takes_whole_tables(const struct tree *tree)
{
    for (size_t i = 1; i < tree->node_count; i++)
        if (!tree->nodes[i].takes_all)
            return false;
    return true;
}

/* A failure is reported when the node is loaded. */
static bool may_differ_in_bytes(const struct tree *tree, const struct node *node)
{
    bool by_rules;

    return ar_ask_compares_by_rules(&tree->s->link, node->q->relation, &by_rules) != AR_OK || by_rules;
}

/* Chooses the plan and says why. */
static enum ar_plan choose(const struct tree *tree, const char **why)
{
    const struct driver *driver = tree->s->link.db->driver;
    enum ar_plan wish = tree->nodes[0].q->plan;

    *why = no_round_trips;
    if (driver->round_trip == NULL)
        return AR_PLAN_WAVES;
    *why = "there is one level";
    if (tree->level_count == 1)
        return AR_PLAN_WAVES;
    *why = "only the first rows are asked for";
    if (tree->at_most < UINT64_MAX || tree->nodes[0].q->matches_nothing)
        return AR_PLAN_WAVES;
    *why = "a limit counts for each parent";
    for (size_t i = 0; i < tree->node_count; i++)
        if (ar_load_sql_is_limited(tree->nodes[i].q))
            return AR_PLAN_WAVES;
    *why = "keys may be equal without having the same bytes, and each row must carry its key";
    for (size_t i = 1; i < tree->node_count; i++)
        if (may_differ_in_bytes(tree, &tree->nodes[i]))
            return AR_PLAN_WAVES;
    *why = "there are too many levels for one trip, in which each repeats all those above it";
    if (tree->level_count > ONE_TRIP_LEVELS_MAX && !takes_whole_tables(tree))
        return AR_PLAN_WAVES;
    *why = "the program asked for it";
    if (wish != AR_PLAN_AUTO)
        return wish;
    *why = "each level is a whole table, and asks nothing of the one above";
    if (takes_whole_tables(tree))
        return AR_PLAN_ONE_TRIP;
    /* There each statement may see another state: the children of a parent that changed since would seem to be none. */
    *why = "in a transaction of the program's, levels may see different states";
    if (tree->s->link.transaction.depth > 0)
        return AR_PLAN_WAVES;
    *why = "by the time of a round trip";
    return driver->round_trip(tree->s->link.connection) >= DEAR_ROUND_TRIP ? AR_PLAN_ONE_TRIP : AR_PLAN_WAVES;
}

/* A tree that failed was handed to nobody: what some of its statements loaded must not be served either. */
static void forget(const struct tree *tree)
{
    const struct result *root = tree->nodes[0].rows.result;

    for (size_t i = 1; i < tree->node_count && root != NULL; i++)
        if (tree->nodes[i].is_started && tree->nodes[i].loading.cache != NULL)
            ar_cache_drop_tree(tree->nodes[i].loading.cache, root);
}

static void end_loads(struct tree *tree)
{
    for (size_t i = 1; i < tree->node_count; i++)
        if (tree->nodes[i].is_started)
            ar_loading_end(&tree->nodes[i].loading);
}

static enum ar_status run_tree(struct ar_query *q, uint64_t at_most, struct result **out)
{
    struct ar_session *s = q->s;
    struct tree tree;
    const char *why;
    enum ar_status status = list_nodes(q, at_most, &tree);

    if (status == AR_OK)
        status = ar_link_connect(&s->link);
    if (status != AR_OK)
        return status;
    status = choose(&tree, &why) == AR_PLAN_ONE_TRIP ? run_one_trip(&tree) : run_waves(&tree);
    if (status != AR_OK && tree.has_snapshot)
        ar_run_abandon_snapshot(&s->link);
    if (status != AR_OK)
        forget(&tree);
    end_loads(&tree);
    *out = tree.nodes[0].rows.result;
    return status;
}

enum ar_status ar_tree_run(struct ar_query *q, uint64_t at_most, struct result **out)
{
    struct ar_session *s = q->s;
    bool had_snapshot = s->link.has_snapshot;
    enum ar_status status = run_tree(q, at_most, out);

    if (!had_snapshot && ar_run_may_repeat(&s->link, status))
        status = run_tree(q, at_most, out);
    return status;
}

/* ---- Explained --------------------------------------------------------------------------------------------------- */

/* How the rows of a node that is no root are found. */
static const char *describe_access_path(const struct node *node, enum ar_plan plan)
{
    if (node->takes_all)
        return ", all rows: the level above is a whole table";
    if (plan == AR_PLAN_ONE_TRIP)
        return ", for what the level above asks";
    if (node->loading.access_path == ACCESS_BY_SCAN)
        return ", by a look at all rows: there is no index for the keys of the level above";
    if (node->q->s->link.db->driver->choose_access_path != NULL)
        return ", for the keys of the level above: by a search for each, or, for many of all, by a look at all rows";
    return ", for the keys of the level above";
}

/* The node's statement, as it would be; none where the query matches nothing. */
static enum ar_status preview(struct tree *tree, struct node *node, enum ar_plan plan)
{
    struct load load;

    if (node->parent == NULL)
        return add_root(tree);
    load = load_of(node);
    node->is_started = true;
    return ar_loading_preview(tree->s, &load, plan == AR_PLAN_ONE_TRIP, &node->loading,
                              &tree->statements[tree->statement_count++]);
}

static void add_indent(struct arena_text *text, size_t level)
{
    for (size_t i = 0; i < level; i++)
        ar_arena_text_add(text, "    ", NULL);
}

/* Print the statement and the values of its conditions; the keys of the level above are not known yet. */
static void add_statement_line(struct arena_text *text, const struct statement *statement, size_t level)
{
    const char *separator = "\n";

    add_indent(text, level);
    ar_arena_text_add(text, "  SQL: ", statement->sql, NULL);
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct parameter *parameter = &statement->parameters[i];
        char value[128];
        if (parameter->keys != NULL)
            continue;
        if (separator[0] == '\n') {
            ar_arena_text_add(text, "\n", NULL);
            add_indent(text, level);
            separator = "  values: ";
        }
        ar_describe_values(&parameter->value, 1, value, sizeof value);
        ar_arena_text_add(text, separator, value, NULL);
        separator = ", ";
    }
    ar_arena_text_add(text, "\n", NULL);
}

static enum ar_status add_node_line(struct tree *tree, struct arena_text *text, struct node *node, enum ar_plan plan)
{
    const char *rows = NULL;
    size_t before = tree->statement_count;
    enum ar_status status = preview(tree, node, plan);
    const struct statement *statement =
        tree->statement_count > before ? &tree->statements[tree->statement_count - 1] : NULL;

    if (status == AR_OK && statement != NULL)
        status = ar_ask_fetch(&tree->s->link, statement, &rows);
    add_indent(text, node->level);
    if (node->parent != NULL)
        ar_arena_text_add(text, node->q->relation->name, ": ", NULL);
    ar_arena_text_add(text, node->q->model->sql, node->parent != NULL ? describe_access_path(node, plan) : "", NULL);
    ar_arena_text_add(text, ar_query_is_refined(node->q) ? ", refined" : "", NULL);
    if (rows != NULL)
        ar_arena_text_add(text, "; rows: ", rows, NULL);
    ar_arena_text_add(text, "\n", NULL);
    if (status == AR_OK && statement != NULL)
        add_statement_line(text, statement, node->level);
    return status;
}

/* Print the node and, indented below it, its children. */
static enum ar_status add_node_lines(struct tree *tree, struct arena_text *text, struct node *node, enum ar_plan plan)
{
    enum ar_status status = add_node_line(tree, text, node, plan);

    for (struct node *each = node + 1; each < tree->nodes + tree->node_count && status == AR_OK; each++)
        if (each->parent == node)
            status = add_node_lines(tree, text, each, plan);
    return status;
}

enum ar_status ar_explain(void *query, const char **out)
{
    AR_USE(((struct ar_query *)query)->s, (*out = NULL, AR_MISUSE));
    struct ar_query *q = query;
    struct arena_text text;
    struct tree tree;
    const char *why;
    char line[160];
    uint64_t round_trip = 0;
    enum ar_plan plan;
    enum ar_status status = ar_query_check(q);

    *out = NULL;
    if (status == AR_OK)
        status = ar_link_connect(&q->s->link);
    if (status == AR_OK)
        status = list_nodes(q, UINT64_MAX, &tree);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    plan = choose(&tree, &why);
    if (q->s->link.db->driver->round_trip != NULL)
        round_trip = q->s->link.db->driver->round_trip(q->s->link.connection);
    text = (struct arena_text){.arena = &q->s->store.scratch};
    (void)snprintf(line, sizeof line, "%s, %zu round trip%s of %" PRIu64 " µs: %s\n",
                   plan == AR_PLAN_ONE_TRIP ? "one trip" : "waves", plan == AR_PLAN_ONE_TRIP ? 1 : tree.level_count,
                   plan == AR_PLAN_ONE_TRIP || tree.level_count == 1 ? "" : "s", round_trip, why);
    ar_arena_text_add(&text, line, NULL);
    status = add_node_lines(&tree, &text, tree.nodes, plan);
    end_loads(&tree);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    *out = text.out_of_memory ? NULL : ar_arena_copy_text(&q->s->store.text, text.data, text.size);
    return ar_session_done(q->s, *out != NULL ? AR_OK : ar_fail_no_memory(&q->s->store.failure));
}
