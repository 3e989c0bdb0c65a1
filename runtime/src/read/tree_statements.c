/* The statements of a tree's nodes. */
#include "read/tree_statements.h"

#include "read/fixed.h"
#include "read/load.h"
#include "read/only.h"
#include "read/query_sql.h"
#include "read/user_sql.h"
#include "sql/run.h"

static struct result *result_of(const struct node *node)
{
    return node->parent != NULL ? node->loading.rows.result : node->rows.result;
}

static enum ar_status finish_rows(void *payload)
{
    return ar_collector_finish(payload);
}

/* Put the rows, which were selected in the reverse order, into the query's order. */
static enum ar_status finish_backward(void *payload)
{
    struct row_collector *collector = payload;
    enum ar_status status = ar_collector_finish(collector);

    if (status == AR_OK)
        ar_result_reverse(collector->result);
    return status;
}

/* Return true if the query's only condition is that the primary key equals a value: *out. */
static bool has_only_key(const struct ar_query *q, struct ar_value *out)
{
    bool is_simple = q->conditions != NULL && q->conditions->next == NULL && q->scope.count == 0 && !q->has_limit &&
                     q->offset == 0 && !q->is_locked && !q->has_deleted && !ar_query_is_page(q);

    return is_simple && q->conditions->terms->op == AR_OP_EQ && q->model->key_count == 1 &&
           ar_query_fixes(q, &q->model->columns[q->model->key[0]], out);
}

static struct sql root_sql(const struct tree *tree, const struct ar_query *q)
{
    const struct dialect *dialect = &tree->link->db->driver->dialect;
    struct sql sql = ar_sql_start_with(tree->link, &q->model->select);
    /* Sort by key: the rows that a limit selects must not be arbitrary. */
    bool by_key = q->has_limit || q->offset > 0 || tree->at_most < UINT64_MAX;

    ar_sql_add_conditions(&sql, " WHERE ", q);
    if (ar_query_is_backward(q)) {
        ar_sql_add_selection(&sql, q);
    } else {
        ar_sql_add_orders(&sql, q, by_key);
        ar_sql_add_limit(&sql, q, tree->at_most);
    }
    if (q->is_locked)
        ar_sql_add(&sql, dialect->lock[q->lock], dialect->lock_wait[q->lock_wait], NULL);
    return sql;
}

/* The rows of a query of user SQL: whatever the statement returns. */
static struct statement user_statement(const struct user_sql *user, struct row_collector *rows)
{
    struct statement statement = ar_user_sql_statement(user);

    statement.on_row = ar_collect_row;
    statement.after_rows = finish_rows;
    statement.payload = rows;
    return statement;
}

static enum ar_status add_root(struct tree *tree)
{
    struct node *node = &tree->nodes[0];
    const struct ar_query *q = node->q;
    struct ar_value key;
    bool has_key = has_only_key(q, &key);
    struct statement *statement = &tree->statements[tree->statement_count];
    enum ar_status status = ar_collector_start(tree->store, ar_identity(tree->store, q->model), false, &node->rows);

    if (status != AR_OK)
        return status;
    node->rows.result->strict = q->is_strict;
    if (q->matches_nothing)
        return AR_OK;
    if (q->user_sql != NULL) {
        *statement = user_statement(q->user_sql, &node->rows);
        tree->statement_count++;
        return AR_OK;
    }
    *statement = (struct statement){
        .is_single = has_key,
        .on_row = ar_collect_row,
        .after_rows = ar_query_is_backward(q) ? finish_backward : finish_rows,
        .payload = &node->rows,
        .column_count = q->model->column_count,
        .reason = AR_REASON_QUERY,
        .model = q->model,
    };
    tree->statement_count++;
    if (has_key) {
        status = ar_sql_set_key(tree->link, ar_link_sql(tree->link, &q->model->find), ar_primary_key(q->model), &key,
                                statement);
    } else {
        struct sql sql = root_sql(tree, q);
        status = ar_sql_finish(&sql, statement);
    }
    return status == AR_OK && q->columns != NULL ? ar_only_apply(q, &node->rows, statement) : status;
}

/* Let a sub-query that loads records load only some of their columns, if it is to. */
static enum ar_status apply_only(struct node *node, struct statement *statement, enum ar_status status)
{
    if (status != AR_OK || node->q->columns == NULL || node->q->measure != NULL)
        return status;
    return ar_only_apply(node->q, &node->loading.rows, statement);
}

static struct load load_of(const struct node *node)
{
    struct result *owners = result_of(node->parent);

    return (struct load){
        .store = node->q->store,
        .link = node->q->link,
        .relation = node->q->relation,
        .measure = node->q->measure,
        .refinement = node->q,
        .reason = AR_REASON_EAGER,
        .owners = (const void *const *)owners->records,
        .owner_count = owners->count,
        .owners_result = owners,
        .takes_all = node->takes_all,
        .key = node->has_key ? node->key : NULL,
    };
}

static enum ar_status add_by_keys(struct tree *tree, struct node *node)
{
    struct load load = load_of(node);
    struct statement *statement = &tree->statements[tree->statement_count];
    bool is_needed;
    enum ar_status status;

    node->is_started = true;
    status = ar_loading_start(&load, &node->loading, statement, &is_needed);
    tree->statement_count += is_needed;
    return is_needed ? apply_only(node, statement, status) : status;
}

static enum ar_status add_with_owners(struct tree *tree, struct node *node)
{
    struct load load = load_of(node);
    struct statement *statement = &tree->statements[tree->statement_count++];

    node->is_started = true;
    return apply_only(node, statement, ar_loading_start_one_trip(&load, &node->loading, statement));
}

enum ar_status ar_tree_add(struct tree *tree, struct node *node)
{
    if (node->parent == NULL)
        return add_root(tree);
    return node->trip > node->parent->trip ? add_by_keys(tree, node) : add_with_owners(tree, node);
}

enum ar_status ar_tree_preview(struct tree *tree, struct node *node)
{
    struct statement *statement = &tree->statements[tree->statement_count];
    struct load load;

    if (node->parent == NULL)
        return add_root(tree);
    load = load_of(node);
    node->is_started = true;
    tree->statement_count++;
    return apply_only(node, statement,
                      ar_loading_preview(&load, node->trip == node->parent->trip, &node->loading, statement));
}

void ar_tree_end(struct tree *tree)
{
    for (size_t i = 1; i < tree->node_count; i++)
        if (tree->nodes[i].is_started)
            ar_loading_end(&tree->nodes[i].loading);
}
