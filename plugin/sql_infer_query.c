/* Queries: the tables of FROM, conditions, results, set operations, WITH, and RETURNING. */
#include "name.h"
#include "sql_infer.h"
#include "sql_inference.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 400, STEPS_MAX = 200000 };

bool infer_enter(struct infer *infer)
{
    infer->depth++;
    infer->steps++;
    return infer->depth <= DEPTH_MAX && infer->steps <= STEPS_MAX;
}

void infer_leave(struct infer *infer)
{
    infer->depth--;
}

enum sql_class sql_class_of(const struct member *column)
{
    if (column->type == AR_TYPE_BOOL)
        return SQL_CLASS_BOOLEAN;
    if (column->type == AR_TYPE_BLOB)
        return SQL_CLASS_BLOB;
    if (member_is(column, GROUP_INTEGER))
        return SQL_CLASS_INTEGER;
    if (member_is(column, GROUP_REAL))
        return SQL_CLASS_REAL;
    if (member_is(column, GROUP_STRING) || column->type == AR_TYPE_ENUM_TEXT)
        return SQL_CLASS_TEXT;
    return member_is(column, GROUP_TIME) ? SQL_CLASS_TIME : SQL_CLASS_UNKNOWN;
}

const char *sql_class_name(enum sql_class class)
{
    switch (class) {
    case SQL_CLASS_UNKNOWN:
        return "a value";
    case SQL_CLASS_NULL:
        return "NULL";
    case SQL_CLASS_BOOLEAN:
        return "a boolean";
    case SQL_CLASS_INTEGER:
        return "an integer";
    case SQL_CLASS_REAL:
        return "a real number";
    case SQL_CLASS_TEXT:
        return "text";
    case SQL_CLASS_BLOB:
        return "a blob";
    case SQL_CLASS_TIME:
        return "a time";
    }
    return "";
}

/* ---- Uses of parameters ------------------------------------------------------------------------------------------ */

static void note(struct infer *infer, const struct sql_expression *parameter, struct sql_value value, bool is_assigned)
{
    struct sql_inference *out = infer->out;
    for (size_t i = 0; i < out->use_count; i++) /* a recursive table is inferred repeatedly */
        if (out->uses[i].start == parameter->start)
            return;
    list_add(infer->arena, out->uses, out->use_count) =
        (struct sql_use){parameter->name, parameter->start, parameter->end, value, is_assigned};
}

void infer_note_comparison(struct infer *infer, const struct sql_expression *expression, const struct sql_value *values)
{
    const struct sql_value *known = NULL;
    for (size_t i = 0; i < expression->count && known == NULL; i++)
        if (expression->items[i]->kind != SQL_PARAMETER &&
            (values[i].class != SQL_CLASS_UNKNOWN || values[i].column != NULL))
            known = &values[i];
    for (size_t i = 0; i < expression->count && known != NULL; i++)
        if (expression->items[i]->kind == SQL_PARAMETER)
            note(infer, expression->items[i], *known, false);
}

void infer_note_assignment(struct infer *infer, const struct sql_expression *value, const struct member *column)
{
    if (value->kind == SQL_PARAMETER)
        note(infer, value, (struct sql_value){.class = sql_class_of(column), .column = column}, true);
}

/* ---- FROM -------------------------------------------------------------------------------------------------------- */

static const struct sql_with *find_with(const struct infer *infer, const char *name)
{
    for (const struct sql_with *with = infer->with; with != NULL; with = with->next)
        if (strcasecmp(with->name, name) == 0)
            return with;
    return NULL;
}

static const struct model *find_model(const struct infer *infer, const char *table)
{
    return name_map_find(&infer->set->models_by_table, name_folded(infer->arena, table));
}

/* Copy a row, so that its columns can be narrowed. */
static struct sql_row copied(struct arena *arena, struct sql_row row)
{
    struct sql_column *columns = arena_take(arena, (row.count + 1) * sizeof *columns);
    if (row.count > 0)
        memcpy(columns, row.columns, row.count * sizeof *columns);
    row.columns = columns;
    return row;
}

static void rename_columns(struct sql_row *row, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count && i < row->count; i++)
        row->columns[i].name = names[i];
    row->is_unknown = row->is_unknown || count > row->count;
}

static struct sql_row source_row(struct infer *infer, const struct sql_scope *outer, const struct sql_source *source,
                                 const struct model **model)
{
    if (source->query != NULL)
        return infer_query(infer, outer, source->query);
    const struct sql_with *with = source->schema == NULL ? find_with(infer, source->name) : NULL;
    if (source->is_function)
        return (struct sql_row){.is_unknown = true};
    if (with != NULL)
        return copied(infer->arena, with->row);
    *model = find_model(infer, source->name);
    if (*model == NULL)
        return (struct sql_row){.is_unknown = true};
    return infer_model_row(infer->arena, *model);
}

static void add_tables(struct infer *infer, struct sql_scope *scope, const struct sql_select *select)
{
    scope->tables = arena_take(infer->arena, (select->source_count + 1) * sizeof *scope->tables);
    for (size_t i = 0; i < select->source_count; i++) {
        const struct sql_source *source = &select->sources[i];
        struct sql_table *table = &scope->tables[i];
        table->row = source_row(infer, scope->outer, source, &table->model);
        table->name = source->alias != NULL ? source->alias : source->name;
        table->absent = source->is_optional ? SQL_NULL_MAYBE : SQL_NULL_NEVER;
        table->source = source;
        rename_columns(&table->row, source->columns, source->column_count);
        scope->count++;
    }
}

static void narrow_all(struct infer *infer, struct sql_scope *scope, const struct sql_select *select)
{
    for (size_t i = 0; i < select->filter_count; i++)
        infer_narrow(infer, scope, select->filters[i], false);
    for (size_t i = 0; i < select->partial_count; i++)
        infer_narrow(infer, scope, select->partial[i], true);
    if (select->having != NULL && select->has_groups)
        infer_narrow(infer, scope, select->having, false);
}

/* Infer the conditions, for the parameters in them. */
static void infer_conditions(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select)
{
    for (size_t i = 0; i < select->filter_count; i++)
        infer_expression(infer, scope, select->filters[i]);
    for (size_t i = 0; i < select->partial_count; i++)
        infer_expression(infer, scope, select->partial[i]);
    for (size_t i = 0; i < select->group_count; i++)
        infer_expression(infer, scope, select->groups[i]);
    if (select->having != NULL)
        infer_expression(infer, scope, select->having);
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

static bool is_merged(const struct sql_table *table, const char *name)
{
    for (size_t i = 0; i < table->source->merged_count; i++)
        if (name != NULL && strcasecmp(table->source->merged[i], name) == 0)
            return true;
    return false;
}

static void add_star(struct infer *infer, const struct sql_scope *scope, const struct sql_result *result,
                     struct sql_row *row)
{
    bool is_found = false;
    for (size_t i = 0; i < scope->count; i++) {
        const struct sql_table *table = &scope->tables[i];
        if (result->qualifier != NULL && (table->name == NULL || strcasecmp(table->name, result->qualifier) != 0))
            continue;
        is_found = true;
        row->is_unknown = row->is_unknown || table->row.is_unknown;
        for (size_t j = 0; j < table->row.count; j++) {
            struct sql_column column = table->row.columns[j];
            if (result->qualifier == NULL && is_merged(table, column.name))
                continue;
            if (column.name != NULL)
                column.value = infer_column(infer, scope, table->name, column.name);
            column.start = result->start;
            column.end = result->end;
            list_add(infer->arena, row->columns, row->count) = column;
        }
    }
    row->is_unknown = row->is_unknown || !is_found;
}

static const char *name_of(const struct sql_result *result)
{
    if (result->name != NULL)
        return result->name;
    return result->value->kind == SQL_COLUMN ? result->value->name : NULL;
}

static struct sql_row infer_results(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select)
{
    struct sql_row row = {.is_unknown = false};
    bool is_only_row = !select->has_groups && infer_has_aggregate(select);
    for (size_t i = 0; i < select->result_count; i++) {
        const struct sql_result *result = &select->results[i];
        if (result->value == NULL) {
            row.is_unknown = row.is_unknown || (select->is_natural && result->qualifier == NULL);
            add_star(infer, scope, result, &row);
            continue;
        }
        struct sql_value value = infer_expression(infer, scope, result->value);
        if (is_only_row && result->value->kind == SQL_COLUMN && value.null == SQL_NULL_NEVER)
            value.null = SQL_NULL_UNKNOWN; /* SQLite: NULL if there is no row */
        list_add(infer->arena, row.columns, row.count) =
            (struct sql_column){.name = name_of(result), .value = value, .start = result->start, .end = result->end};
    }
    return row;
}

/* VALUES: its columns are named column1, column2, … */
static struct sql_row infer_values(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select)
{
    const struct sql_expression *first = select->rows[0];
    struct sql_row row = {.columns = arena_take(infer->arena, (first->count + 1) * sizeof *row.columns),
                          .count = first->count};
    for (size_t i = 0; i < select->row_count; i++)
        for (size_t j = 0; j < select->rows[i]->count && j < row.count; j++) {
            const struct sql_expression *item = select->rows[i]->items[j];
            struct sql_value value = infer_expression(infer, scope, item);
            if (i > 0)
                value = infer_either(row.columns[j].value, value);
            row.columns[j] = (struct sql_column){.name = arena_print(infer->arena, "column%zu", j + 1),
                                                 .value = value,
                                                 .start = item->start,
                                                 .end = item->end};
        }
    return row;
}

static struct sql_row infer_select(struct infer *infer, const struct sql_scope *outer, const struct sql_select *select)
{
    struct sql_scope scope = {.outer = outer, .has_groups = select->has_groups, .has_having = select->having != NULL};
    if (select->rows != NULL)
        return infer_values(infer, outer != NULL ? outer : &scope, select);
    add_tables(infer, &scope, select);
    infer_conditions(infer, &scope, select);
    narrow_all(infer, &scope, select);
    return infer_results(infer, &scope, select);
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

static void combine(struct sql_row *row, const struct sql_row *other, enum sql_compound compound)
{
    row->is_unknown = row->is_unknown || other->is_unknown || row->count != other->count;
    for (size_t i = 0; !row->is_unknown && i < row->count; i++) {
        struct sql_value *value = &row->columns[i].value;
        struct sql_value either = infer_either(*value, other->columns[i].value);
        if (compound == SQL_COMPOUND_UNION)
            *value = either;
        else if (compound == SQL_COMPOUND_INTERSECT && other->columns[i].value.null < value->null)
            value->null = other->columns[i].value.null;
    }
}

static struct sql_row infer_selects(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
{
    struct sql_row row = infer_select(infer, outer, query->selects[0]);
    for (size_t i = 1; i < query->select_count; i++) {
        struct sql_row other = infer_select(infer, outer, query->selects[i]);
        combine(&row, &other, query->compounds[i]);
    }
    return row;
}

static bool is_same_null(const struct sql_row *left, const struct sql_row *right)
{
    for (size_t i = 0; i < left->count && i < right->count; i++)
        if (left->columns[i].value.null != right->columns[i].value.null)
            return false;
    return left->count == right->count;
}

/* Infer a table of WITH, which can name itself: its first SELECT is the beginning, and the others add to it. */
static void infer_common_table(struct infer *infer, const struct sql_scope *outer, const struct sql_common_table *table,
                               struct sql_with *with)
{
    enum { ROUNDS_MAX = 3 };
    with->row.is_unknown = true;
    if (table->query == NULL)
        return;
    if (table->query->select_count == 1 || table->query->table_count > 0) {
        with->row = infer_query(infer, outer, table->query);
        rename_columns(&with->row, table->columns, table->column_count);
        return;
    }
    struct sql_row row = infer_select(infer, outer, table->query->selects[0]);
    for (int i = 0; i < ROUNDS_MAX; i++) {
        rename_columns(&row, table->columns, table->column_count);
        with->row = row;
        row = infer_query(infer, outer, table->query);
        if (is_same_null(&row, &with->row))
            return;
    }
    with->row.is_unknown = true;
}

static void infer_with(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
{
    for (size_t i = 0; i < query->table_count; i++) {
        struct sql_with *with = arena_take(infer->arena, sizeof *with);
        *with = (struct sql_with){.next = infer->with, .name = query->tables[i].name};
        infer->with = with;
        infer_common_table(infer, outer, &query->tables[i], with);
    }
}

static void infer_limit(struct infer *infer, const struct sql_expression *limit)
{
    if (limit != NULL && limit->kind == SQL_PARAMETER)
        note(infer, limit, (struct sql_value){.class = SQL_CLASS_INTEGER}, false);
}

struct sql_row infer_query(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
{
    struct sql_row row = {.is_unknown = true};
    struct sql_with *with = infer->with;
    if (infer_enter(infer)) {
        infer_with(infer, outer, query);
        if (query->select_count > 0)
            row = infer_selects(infer, outer, query);
        infer_limit(infer, query->limit);
        infer_limit(infer, query->offset);
        infer->with = with;
    }
    infer_leave(infer);
    return row;
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
            infer_note_assignment(infer, assignment->value, column);
    }
}

/* Return the name of the column that gets the item of a row of values, or NULL. */
static const char *inserted_column(const struct sql_tree *tree, const struct model *model, size_t index)
{
    if (tree->column_count > 0)
        return index < tree->column_count ? tree->columns[index] : NULL;
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
                infer_note_assignment(infer, select->rows[i]->items[j], column);
        }
}

static struct sql_row infer_returning(struct infer *infer, const struct sql_tree *tree)
{
    struct sql_scope scope = {0};
    if (tree->kind != SQL_STATEMENT_INSERT && tree->query != NULL)
        infer_with(infer, NULL, tree->query);
    add_tables(infer, &scope, tree->returning);
    infer_conditions(infer, &scope, tree->returning);
    narrow_all(infer, &scope, tree->returning);
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
