/* Statements: those that write, with their RETURNING, and the uses of parameters. */
#include "sql_inference.h"

#include <strings.h>

/* ---- Uses of parameters ------------------------------------------------------------------------------------------ */

void infer_note(struct infer *infer, const struct sql_expression *expression, struct sql_value value, bool is_assigned)
{
    struct sql_inference *out = infer->out;
    if (expression->kind != SQL_PARAMETER)
        return;
    for (size_t i = 0; i < out->use_count; i++) /* a recursive table is inferred repeatedly */
        if (out->uses[i].start == expression->start)
            return;
    list_add(infer->arena, out->uses, out->use_count) =
        (struct sql_use){expression->name, expression->start, expression->end, value, is_assigned};
}

void infer_note_comparison(struct infer *infer, const struct sql_expression *expression, const struct sql_value *values)
{
    const struct sql_value *known = NULL;
    for (size_t i = 0; i < expression->count && known == NULL; i++)
        if (expression->items[i]->kind != SQL_PARAMETER &&
            (values[i].class != SQL_CLASS_UNKNOWN || values[i].column != NULL))
            known = &values[i];
    for (size_t i = 0; i < expression->count && known != NULL; i++)
        infer_note(infer, expression->items[i], *known, false);
}

static void note_assignment(struct infer *infer, const struct sql_expression *value, const struct member *column)
{
    infer_note(infer, value, (struct sql_value){.class = sql_class_of(column), .column = column}, true);
}

/* ---- Statements that write --------------------------------------------------------------------------------------- */

static const struct member *find_column(const struct model *model, const char *name)
{
    for (size_t i = 0; model != NULL && i < model->column_count; i++)
        if (strcasecmp(model->columns[i]->name, name) == 0)
            return model->columns[i];
    return NULL;
}

/* The new value of a column, of which RETURNING has that of a row. */
static void assign(struct sql_table *table, const char *name, struct sql_value value, bool is_only)
{
    for (size_t i = 0; i < table->row.count; i++) {
        struct sql_column *column = &table->row.columns[i];
        if (strcasecmp(column->name, name) != 0 || !member_is_nullable(column->value.column))
            continue;
        column->value.null = is_only ? value.null : SQL_NULL_UNKNOWN;
        column->value.reason = value.reason;
    }
}

static void infer_assignments(struct infer *infer, struct sql_scope *scope, const struct sql_tree *tree, bool is_only)
{
    for (size_t i = 0; i < tree->assignment_count; i++) {
        const struct sql_assignment *assignment = &tree->assignments[i];
        const struct member *column = find_column(scope->tables[0].model, assignment->column);
        struct sql_value value = infer_expression(infer, scope, assignment->value);
        assign(&scope->tables[0], assignment->column, value, is_only);
        if (column != NULL)
            note_assignment(infer, assignment->value, column);
    }
}

/* Return the name of the column that gets the item of a row of values, or NULL. */
static const char *inserted_column(const struct sql_tree *tree, const struct model *model, size_t index)
{
    if (tree->column_count > 0)
        return index < tree->column_count ? tree->columns[index] : NULL;
    for (size_t i = 0; model != NULL && i <= index && i < model->column_count; i++)
        if (model->columns[i]->generated_sql[DIALECT_SQLITE] != NULL) /* SQLite expects no value for it */
            return NULL;
    return model != NULL && index < model->column_count ? model->columns[index]->name : NULL;
}

static void infer_inserted(struct infer *infer, struct sql_scope *scope, const struct sql_tree *tree)
{
    struct sql_table *table = &scope->tables[0];
    for (size_t i = 0; i < table->row.count; i++) /* defaults */
        if (table->row.columns[i].value.null == SQL_NULL_MAYBE)
            table->row.columns[i].value.null = SQL_NULL_UNKNOWN;
    if (tree->query == NULL)
        return;
    struct sql_row row = infer_query(infer, NULL, tree->query);
    for (size_t i = 0; i < row.count && !row.is_unknown; i++) {
        const char *name = inserted_column(tree, table->model, i);
        if (name != NULL)
            assign(table, name, row.columns[i].value, true);
    }
    const struct sql_select *select = tree->query->select_count == 1 ? tree->query->selects[0] : NULL;
    for (size_t i = 0; select != NULL && i < select->row_count; i++)
        for (size_t j = 0; j < select->rows[i]->count; j++) {
            const char *name = inserted_column(tree, table->model, j);
            const struct member *column = name != NULL ? find_column(table->model, name) : NULL;
            if (column != NULL)
                note_assignment(infer, select->rows[i]->items[j], column);
        }
}

static struct sql_row infer_returning(struct infer *infer, const struct sql_tree *tree)
{
    struct sql_scope scope = {0};
    if (tree->kind != SQL_STATEMENT_INSERT && tree->query != NULL)
        infer_with(infer, NULL, tree->query);
    infer_scope(infer, &scope, tree->returning);
    if (tree->kind == SQL_STATEMENT_INSERT)
        infer_inserted(infer, &scope, tree);
    infer_assignments(infer, &scope, tree, tree->kind == SQL_STATEMENT_CHANGE);
    return infer_results(infer, &scope, tree->returning);
}

struct sql_inference sql_infer(const struct model_set *set, const struct name_map *parameters, const char *sql,
                               const struct sql_tree *tree)
{
    struct sql_inference out = {.row = {.is_unknown = true}};
    struct infer infer = {.arena = set->arena, .set = set, .parameters = parameters, .sql = sql, .out = &out};
    switch (tree->kind) {
    case SQL_STATEMENT_UNKNOWN:
        break;
    case SQL_STATEMENT_SELECT:
        out.row = infer_query(&infer, NULL, tree->query);
        break;
    case SQL_STATEMENT_INSERT:
    case SQL_STATEMENT_CHANGE:
        out.row = infer_returning(&infer, tree);
        break;
    }
    return out;
}
