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
        bool is_single = source->query != NULL && infer_is_single(source->query);
        if (source->is_optional && !is_single) /* unlike LEFT JOIN LATERAL (SELECT count(*) …) ON TRUE */
            table->absent = SQL_NULL_MAYBE;
        else if (source->is_optional || source->may_be_optional)
            table->absent = SQL_NULL_UNKNOWN;
        table->source = source;
        rename_columns(&table->row, source->columns, source->column_count);
        scope->count++;
    }
}

static void narrow_all(struct infer *infer, struct sql_scope *scope, const struct sql_select *select)
{
    for (size_t i = 0; i < select->filter_count; i++)
        infer_narrow(infer, scope, select->filters[i], false);
    for (size_t i = 0; i < select->partial_count; i++) {
        const struct sql_partial *partial = &select->partial[i];
        struct sql_scope joined = {.tables = scope->tables + partial->first, .count = partial->end - partial->first};
        infer_narrow(infer, &joined, partial->condition, true);
    }
    if (select->having != NULL && select->has_groups)
        infer_narrow(infer, scope, select->having, false);
}

/* Infer the conditions, for the parameters in them. */
static void infer_conditions(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select)
{
    for (size_t i = 0; i < select->filter_count; i++)
        infer_expression(infer, scope, select->filters[i]);
    for (size_t i = 0; i < select->partial_count; i++)
        infer_expression(infer, scope, select->partial[i].condition);
    for (size_t i = 0; i < select->group_count; i++)
        infer_expression(infer, scope, select->groups[i]);
    if (select->having != NULL)
        infer_expression(infer, scope, select->having);
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

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
            if (result->qualifier == NULL && infer_merges(table, column.name))
                continue;
            if (column.name != NULL)
                column.value = infer_column(infer, scope, table->name, column.name);
            bool is_shared = result->qualifier == NULL && infer_is_merged(scope, column.name);
            if (is_shared && table->absent != SQL_NULL_NEVER && column.value.null == SQL_NULL_MAYBE)
                column.value.null = SQL_NULL_UNKNOWN; /* that of the other table, if this one has no row */
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

struct sql_row infer_results(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select)
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

/* Optional rows that a foreign key refers to are found, unless the foreign key is not enforced there. */
static void find_references(struct infer *infer, struct sql_scope *scope, const struct sql_select *select)
{
    for (size_t i = 0; i < scope->count; i++)
        for (size_t j = 0; scope->tables[i].absent == SQL_NULL_MAYBE && j < select->partial_count; j++)
            if (infer_finds_row(infer, scope, &scope->tables[i], select->partial[j].condition))
                scope->tables[i].absent = SQL_NULL_UNKNOWN;
}

void infer_scope(struct infer *infer, struct sql_scope *scope, const struct sql_select *select)
{
    add_tables(infer, scope, select);
    infer_conditions(infer, scope, select);
    narrow_all(infer, scope, select);
    find_references(infer, scope, select);
}

static struct sql_row infer_select(struct infer *infer, const struct sql_scope *outer, const struct sql_select *select)
{
    struct sql_scope scope = {.outer = outer, .has_groups = select->has_groups, .has_having = select->having != NULL};
    if (select->rows != NULL)
        return infer_values(infer, outer != NULL ? outer : &scope, select);
    infer_scope(infer, &scope, select);
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

void infer_with(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
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
    if (limit != NULL)
        infer_note(infer, limit, (struct sql_value){.class = SQL_CLASS_INTEGER}, false);
}

struct sql_row infer_query(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query)
{
    struct sql_row row = {.is_unknown = true};
    struct sql_with *with = infer->with;
    if (infer_enter(infer)) {
        infer_with(infer, outer, query);
        row = infer_selects(infer, outer, query);
        infer_limit(infer, query->limit);
        infer_limit(infer, query->offset);
        infer->with = with;
    }
    infer_leave(infer);
    return row;
}
