/* Describing how a query would run, without running it. */
#include "base/arena_text.h"
#include "link/ask.h"
#include "link/connection.h"
#include "model/describe.h"
#include "read/measure.h"
#include "read/tree_choice.h"
#include "read/tree_statements.h"
#include "session/session.h"
#include "session/use.h"

#include <armature/query.h>

#include <inttypes.h>
#include <stdio.h>

/* Describe how the rows of a node other than the root are found. */
static const char *describe_access_path(const struct node *node)
{
    if (node->takes_all)
        return ", all rows: the level above is a whole table";
    if (node->has_key)
        return ", by the key in the conditions of the level above";
    if (node->trip == node->parent->trip)
        return ", by the conditions of the level above";
    if (node->loading.access_path == ACCESS_BY_SCAN)
        return ", by a full table scan: there is no index for the keys of the level above";
    if (node->q->link->db->driver->choose_access_path != NULL)
        return ", by the keys of the level above: a search for each, or a full table scan for many keys";
    return ", by the keys of the level above";
}

static void add_indent(struct arena_text *text, size_t level)
{
    for (size_t i = 0; i < level; i++)
        ar_arena_text_add(text, "    ", NULL);
}

/* Print the statement and the values of its conditions, but not the keys of the level above, which are unknown. */
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

static enum ar_status add_node_line(struct tree *tree, struct arena_text *text, struct node *node)
{
    const char *rows = NULL;
    size_t before = tree->statement_count;
    enum ar_status status = ar_tree_preview(tree, node);
    const struct statement *statement =
        tree->statement_count > before ? &tree->statements[tree->statement_count - 1] : NULL;

    if (status == AR_OK && statement != NULL)
        status = ar_ask_fetch(tree->link, statement, &rows);
    add_indent(text, node->level);
    if (node->parent != NULL)
        ar_arena_text_add(text, node->q->relation->name, ": ", NULL);
    if (node->q->measure != NULL)
        ar_arena_text_add(text, ar_measure_name(*node->q->measure), " of ", NULL);
    ar_arena_text_add(text, node->q->model->sql, node->parent != NULL ? describe_access_path(node) : "", NULL);
    ar_arena_text_add(text, ar_query_is_refined(node->q) ? ", refined" : "", NULL);
    if (rows != NULL)
        ar_arena_text_add(text, "; rows: ", rows, NULL);
    ar_arena_text_add(text, "\n", NULL);
    if (status == AR_OK && statement != NULL)
        add_statement_line(text, statement, node->level);
    return status;
}

/* Print the node and, indented below it, its children. */
static enum ar_status add_node_lines(struct tree *tree, struct arena_text *text, struct node *node)
{
    enum ar_status status = add_node_line(tree, text, node);

    for (struct node *each = node + 1; each < tree->nodes + tree->node_count && status == AR_OK; each++)
        if (each->parent == node)
            status = add_node_lines(tree, text, each);
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
    size_t trip_count;
    enum ar_plan plan;
    enum ar_status status = ar_query_check(q);

    *out = NULL;
    if (status == AR_OK)
        status = ar_link_connect(q->link);
    if (status == AR_OK)
        status = ar_tree_list(q, UINT64_MAX, &tree);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    plan = ar_tree_choose(&tree, &why);
    status = ar_link_connect(q->link); /* a schema query may have found the connection lost */
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    if (q->link->db->driver->round_trip != NULL)
        round_trip = q->link->db->driver->round_trip(q->link->connection);
    text = (struct arena_text){.arena = &q->store->scratch};
    trip_count = q->matches_nothing ? 0 : tree.trip_count;
    (void)snprintf(line, sizeof line, "%s, %zu round trip%s of %" PRIu64 " µs: %s\n",
                   plan == AR_PLAN_ONE_TRIP ? "one trip" : "level by level", trip_count, trip_count == 1 ? "" : "s",
                   round_trip, why);
    ar_arena_text_add(&text, line, NULL);
    status = add_node_lines(&tree, &text, tree.nodes);
    ar_tree_end(&tree);
    if (status != AR_OK)
        return ar_session_done(q->s, status);
    *out = text.out_of_memory ? NULL : ar_arena_copy_text(&q->store->text, text.data, text.size);
    return ar_session_done(q->s, *out != NULL ? AR_OK : ar_fail_no_memory(&q->store->failure));
}
