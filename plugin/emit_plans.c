/* The query plans of generated statements and of user SQL: the report of `armature check --sql`, and warnings of
 * statements that read every row of a table although an index would find the rows that they need. */
#include "check.h"
#include "emit.h"
#include "planned.h"
#include "sql_database.h"

static void warn(struct model_set *set, const struct planned *planned, const struct missing_index *index)
{
    struct arena *arena = set->arena;
    const char *table = index->model->table, *fields = missing_index_columns(arena, index, ", ", true);
    diagnostic_warning(set->diagnostics, planned->at, "%s reads every row of `%s`, to find those by `%s`",
                       planned->title, table, missing_index_columns(arena, index, "`, `", true));
    diagnostic_help(
        set->diagnostics,
        "write AR_INDEX(%s, %s) after the closing brace of `%s` (CREATE INDEX %s ON %s (%s)); or say why it "
        "does not matter: .full_scan = \"it has few rows\"",
        index->name, fields, index->model->c_type, index->name, table,
        missing_index_columns(arena, index, ", ", false));
}

static void print(struct text *out, const struct model_set *set, const struct planned *planned,
                  const struct planned_result *plan)
{
    text_print(out, "%s%s: %s\n", out->length > 0 ? "\n" : "", planned->title, model_location(set, planned->at));
    if (plan->error != NULL)
        text_print(out, "    cannot be explained: %s\n", plan->error);
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct planned_step *step = &plan->steps[i];
        text_print(out, "%*s%s", 4 * (int)(step->depth + 1), "", step->text);
        if (step->missing != NULL)
            text_print(out, "   <- every row%s%s", planned->full_scan != NULL ? ": " : "",
                       planned->full_scan != NULL ? planned->full_scan : "");
        text_add(out, "\n");
    }
}

static void explain(struct text *out, struct model_set *set, sqlite3 *database, const struct planned *planned)
{
    struct planned_result plan;
    planned_explain(set, database, planned, &plan);
    if (out != NULL)
        print(out, set, planned, &plan);
    for (size_t i = 0; i < plan.step_count; i++)
        if (plan.steps[i].missing != NULL && planned->full_scan == NULL)
            warn(set, planned, plan.steps[i].missing);
}

void emit_plans(struct text *out, struct model_set *set)
{
    const struct planned_list list = planned_list(set);
    sqlite3 *database = sql_database_open(set);
    for (size_t i = 0; i < list.count; i++)
        explain(out, set, database, &list.items[i]);
    sqlite3_close(database);
}
