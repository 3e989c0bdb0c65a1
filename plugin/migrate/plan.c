/* Plans of migrations, and the SQL that is the same for all databases. */
#include "plan.h"

#include "schema/ddl.h"
#include "sql.h"
#include "sql_lexer.h"
#include "write.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

/* ---- Changes ----------------------------------------------------------------------------------------------------- */

bool plan_is_of_table(const struct difference *difference)
{
    return difference->from != NULL && difference->to != NULL && difference->to->kind == SCHEMA_TABLE;
}

/* Differences of one table follow each other. */
static void find_changes(struct plan *plan)
{
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        struct table_change *last = plan->change_count > 0 ? &plan->changes[plan->change_count - 1] : NULL;
        if (!plan_is_of_table(item))
            continue;
        if (last != NULL && last->to == item->to)
            last->count++;
        else
            list_add(plan->arena, plan->changes, plan->change_count) =
                (struct table_change){item->from, item->to, item, 1};
    }
}

const struct difference *plan_find(const struct table_change *change, enum difference_kind kind)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == kind)
            return &change->items[i];
    return NULL;
}

const struct difference *plan_find_column(const struct table_change *change, enum difference_kind kind,
                                          const struct schema_column *to)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->items[i].kind == kind && change->items[i].to_column == to)
            return &change->items[i];
    return NULL;
}

bool plan_has_kept(const struct table_change *change, const void *part)
{
    for (size_t i = 0; i < change->count; i++)
        if ((change->items[i].kind == DIFFERENCE_INDEX_ADDED && change->items[i].index == part) ||
            (change->items[i].kind == DIFFERENCE_CHECK_ADDED && change->items[i].check == part))
            return false;
    return true;
}

const struct schema_column *plan_former_column(const struct table_change *change, const struct schema_column *to)
{
    const struct difference *renamed = plan_find_column(change, DIFFERENCE_COLUMN_RENAMED, to);
    if (plan_find_column(change, DIFFERENCE_COLUMN_ADDED, to) != NULL)
        return NULL;
    for (size_t i = 0; renamed == NULL && i < change->from->column_count; i++)
        if (strcasecmp(change->from->columns[i].name, to->name) == 0)
            return &change->from->columns[i];
    return renamed != NULL ? renamed->from_column : NULL;
}

/* ---- Views ------------------------------------------------------------------------------------------------------- */

bool plan_mentions(const char *sql, const char *name)
{
    if (sql == NULL)
        return false;
    struct sql_lexer lexer = {.at = sql, .is_statement = true};
    size_t length = strlen(name);
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;)
        if ((token == SQL_TOKEN_WORD && sql_lexer_is_word(&lexer, name)) ||
            (token == SQL_TOKEN_NAME && lexer.length == length + 2 && strncmp(lexer.start + 1, name, length) == 0))
            return true;
    return false;
}

static bool is_in(const struct plan_views *views, const struct schema_table *view)
{
    for (size_t i = 0; i < views->count; i++)
        if (views->items[i] == view)
            return true;
    return false;
}

/* Return true if a difference drops the view or changes it. */
static bool is_changed(const struct plan *plan, const struct schema_table *view)
{
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->from == view && (item->kind == DIFFERENCE_VIEW_DROPPED || item->kind == DIFFERENCE_VIEW_CHANGED))
            return true;
    }
    return false;
}

/* Return true if the view is of a table that changes in a way that needs it to be dropped, or of a dropped view. */
static bool depends_on_change(const struct plan *plan, const struct schema_table *view, plan_breaks_views *breaks_views)
{
    for (size_t i = 0; i < plan->change_count; i++)
        if (plan_mentions(view->view_sql, plan->changes[i].from->name) && breaks_views(&plan->changes[i]))
            return true;
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == DIFFERENCE_TABLE_DROPPED &&
            plan_mentions(view->view_sql, plan->differences->items[i].from->name))
            return true;
    for (size_t i = 0; i < plan->dropped.count; i++)
        if (plan_mentions(view->view_sql, plan->dropped.items[i]->name))
            return true;
    return false;
}

/* Find all views to drop: dropping one may require that others are dropped. */
static void find_dropped_views(struct plan *plan, plan_breaks_views *breaks_views)
{
    size_t before;
    do {
        before = plan->dropped.count;
        for (size_t i = 0; i < plan->from->table_count; i++) {
            const struct schema_table *view = &plan->from->tables[i];
            if (view->kind == SCHEMA_TABLE || is_in(&plan->dropped, view) ||
                (!is_changed(plan, view) && (view->view_sql == NULL || !depends_on_change(plan, view, breaks_views))))
                continue;
            list_add(plan->arena, plan->dropped.items, plan->dropped.count) = view;
        }
    } while (plan->dropped.count > before);
}

static void find_created_views(struct plan *plan)
{
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const struct schema_table *view = &plan->to->tables[i];
        const struct schema_table *former = compare_find_table(plan->from, view);
        bool is_new = former == NULL || former->kind == SCHEMA_TABLE || is_in(&plan->dropped, former);
        if (view->kind != SCHEMA_TABLE && view->view_sql != NULL && is_new)
            list_add(plan->arena, plan->created.items, plan->created.count) = view;
    }
}

void plan_make(struct plan *plan, plan_breaks_views *breaks_views)
{
    find_changes(plan);
    find_dropped_views(plan, breaks_views);
    find_created_views(plan);
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

void plan_comment(const struct plan *plan, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_print(plan->out, "\n-- %s\n", arena_vprint(plan->arena, format, arguments));
    va_end(arguments);
}

void plan_assert_no_row(const struct plan *plan, const char *message, const char *table, const char *condition)
{
    text_print(plan->out,
               "-- armature: assert %s\n"
               "SELECT NOT EXISTS (SELECT 1 FROM %s WHERE %s);\n",
               message, table, condition);
}

void plan_update(const struct plan *plan, const char *table, const char *column, const char *value, const char *where)
{
    text_print(plan->out, "UPDATE %s SET %s = %s%s%s;\n", table, column, value, where != NULL ? " WHERE " : "",
               where != NULL ? where : "");
}

void plan_drop_views(const struct plan *plan)
{
    if (plan->dropped.count > 0)
        plan_comment(plan, "Views of what changes");
    for (size_t i = plan->dropped.count; i-- > 0;)
        text_print(plan->out, "DROP %s %s;\n",
                   plan->dropped.items[i]->kind == SCHEMA_VIEW ? "VIEW" : "MATERIALIZED VIEW",
                   schema_table_sql(plan->arena, plan->dropped.items[i]));
}

void plan_create_views(const struct plan *plan)
{
    for (size_t i = 0; i < plan->created.count; i++) {
        const struct schema_table *view = plan->created.items[i];
        text_print(plan->out, "\nCREATE %s %s AS\n%s;\n", view->kind == SCHEMA_VIEW ? "VIEW" : "MATERIALIZED VIEW",
                   schema_table_sql(plan->arena, view), view->view_sql);
    }
}

void plan_create_table(const struct plan *plan, const struct schema_table *table)
{
    text_add(plan->out, "\n");
    ddl_add_table(plan->out, plan->arena, table, schema_table_sql(plan->arena, table), plan->dialect, DDL_NEW);
    for (size_t i = 0; i < table->index_count; i++)
        ddl_add_index(plan->out, plan->arena, table, &table->indexes[i], DDL_NEW);
}

void migrate_write(struct text *out, struct arena *arena, const struct schema *from, const struct schema *to,
                   const struct difference_list *differences)
{
    static void (*const writers[DIALECT_COUNT])(struct plan * plan) = {
        [DIALECT_SQLITE] = migrate_write_sqlite,
        [DIALECT_POSTGRESQL] = migrate_write_postgresql,
    };
    struct plan plan = {
        .out = out, .arena = arena, .dialect = to->dialect, .from = from, .to = to, .differences = differences};
    writers[to->dialect->id](&plan);
}
