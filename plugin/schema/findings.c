/* The differences between a database and the models, as diagnostics: those of tables, columns, enums and views. */
#include "findings.h"

#include "finding_parts.h"
#include "sql.h"

#include <limits.h>
#include <string.h>

const struct diagnostic_rule finding_rule_list[] = {
    {"missing-table", "The database lacks the table of a model."},
    {"extra-table", "The database has a table that is not a model's."},
    {"renamed-table", "The table has its former name in the database."},
    {"missing-column", "The database lacks the column of a field."},
    {"extra-column", "The database has a column without a field."},
    {"required-column", "The database has a column without a field that needs a value, so that inserts fail."},
    {"renamed-column", "The column has its former name in the database."},
    {"column-type", "The types of a column differ."},
    {"column-null", "A column allows NULL in the database only, or in the model only."},
    {"column-default", "The defaults of a column differ."},
    {"column-identity", "New rows are numbered by the database only, or by the model only."},
    {"column-generated", "The expressions that compute a column differ."},
    {"column-collation", "The collations of a column differ."},
    {"primary-key", "The primary keys differ."},
    {"missing-foreign-key", "The database lacks a foreign key."},
    {"extra-foreign-key", "The database has a foreign key that the model lacks."},
    {"foreign-key", "A foreign key refers to other columns, or has other actions."},
    {"missing-index", "The database lacks an index."},
    {"extra-index", "The database has an index that the model lacks."},
    {"index", "An index has other columns or another condition."},
    {"missing-check", "The database lacks a check."},
    {"extra-check", "The database has a check that the model lacks."},
    {"check", "The conditions of a check differ."},
    {"enum", "The labels of an enum type differ."},
    {"extra-enum", "The database has an enum type that no field has."},
    {"missing-view", "The database lacks the view of a model."},
    {"extra-view", "The database has a view that is not a model's."},
    {"view", "The SELECT of a view differs."},
    {"not-compared", "Something could not be compared exactly."},
};

const size_t finding_rule_count = sizeof finding_rule_list / sizeof *finding_rule_list;

const struct location finding_nowhere = {.order = UINT_MAX};

/* ---- Tables and views -------------------------------------------------------------------------------------------- */

const char *finding_table(struct arena *arena, const struct schema_table *table)
{
    return table->schema != NULL ? arena_print(arena, "%s.%s", table->schema, table->name) : table->name;
}

static void report_missing_table(struct diagnostics *diagnostics, const struct difference *item)
{
    bool is_view = item->to->kind != SCHEMA_TABLE;
    const char *name = finding_table(diagnostics->arena, item->to);
    diagnostics->rule = is_view ? "missing-view" : "missing-table";
    if (item->from != NULL)
        diagnostic_error(diagnostics, item->to->at, "%s: a %s in the database, a %s in the model", name,
                         is_view ? "table" : "view", is_view ? "view" : "table");
    else
        diagnostic_error(diagnostics, item->to->at, "%s: the %s is missing in the database", name,
                         is_view ? "view" : "table");
}

/* Return true if a model may be in the schema: it is the connection's, or a model names it. */
static bool is_schema_of_models(const struct schema *to, const char *name)
{
    for (size_t i = 0; i < to->table_count && name != NULL; i++)
        if (to->tables[i].schema != NULL && strcmp(to->tables[i].schema, name) == 0)
            return true;
    return name == NULL;
}

static void report_extra_table(struct diagnostics *diagnostics, const struct difference *item, const struct schema *to)
{
    if (!is_schema_of_models(to, item->from->schema) || compare_find_table(to, item->from) != NULL)
        return;
    bool is_view = item->from->kind != SCHEMA_TABLE;
    diagnostics->rule = is_view ? "extra-view" : "extra-table";
    diagnostic_note(diagnostics, finding_nowhere, "%s: the %s is not a model's",
                    finding_table(diagnostics->arena, item->from), is_view ? "view" : "table");
}

static void report_renamed_table(struct diagnostics *diagnostics, const struct difference *item)
{
    diagnostics->rule = "renamed-table";
    diagnostic_error(diagnostics, item->to->at, "%s: still `%s` in the database",
                     finding_table(diagnostics->arena, item->to), finding_table(diagnostics->arena, item->from));
}

static void report_view(struct diagnostics *diagnostics, const struct difference *item)
{
    diagnostics->rule = "view";
    diagnostic_error(diagnostics, item->to->at, "%s: the SELECT of the view differs",
                     finding_table(diagnostics->arena, item->to));
    diagnostic_help(diagnostics, "in the database, it is %s",
                    finding_one_line(diagnostics->arena, item->from->view_sql));
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static const char *column_name(struct arena *arena, const struct difference *item)
{
    const struct schema_column *column = item->to_column != NULL ? item->to_column : item->from_column;
    return arena_print(arena, "%s.%s", finding_table(arena, item->to), column->name);
}

static void report_column(struct diagnostics *diagnostics, const struct difference *item, const char *rule,
                          const char *message)
{
    diagnostics->rule = rule;
    diagnostic_error(diagnostics, item->to_column->at, "%s: %s", column_name(diagnostics->arena, item), message);
}

/* Report two values, either of which may be absent. */
static void report_values(struct diagnostics *diagnostics, const struct difference *item, const char *rule,
                          const char *what, const char *absent, const char *from, const char *to)
{
    struct arena *arena = diagnostics->arena;
    from = from != NULL ? arena_print(arena, "%s %s", what, from) : absent;
    to = to != NULL ? arena_print(arena, "%s %s", what, to) : absent;
    report_column(diagnostics, item, rule, arena_print(arena, "%s in the database, %s in the model", from, to));
}

static void report_type(struct diagnostics *diagnostics, const struct difference *item)
{
    const char *type = item->from_column->type[0] != '\0' ? item->from_column->type : "no type";
    report_column(diagnostics, item, "column-type",
                  arena_print(diagnostics->arena, "%s in the database, %s in the model", type, item->to_column->type));
}

/* Return true if the model refuses NULL. Without NOT NULL on either side, one of them refuses it in its key. */
static bool model_refuses_null(const struct difference *item)
{
    const struct schema_column *from = item->from_column, *to = item->to_column;
    if (from->is_not_null || to->is_not_null)
        return to->is_not_null;
    bool is_implied = from->is_identity || item->from->has_no_rowid || !schema_names_have(&item->to->key, to->name);
    return !is_implied || !schema_names_have(&item->from->key, from->name);
}

static void report_null(struct diagnostics *diagnostics, const struct difference *item)
{
    report_column(diagnostics, item, "column-null",
                  model_refuses_null(item) ? "NULL allowed in the database, not in the model"
                                           : "NOT NULL in the database, NULL allowed in the model");
}

static void report_identity(struct diagnostics *diagnostics, const struct difference *item)
{
    report_column(diagnostics, item, "column-identity",
                  item->to_column->is_identity ? "the database does not number new rows, as the model expects"
                                               : "the database numbers new rows, the model does not");
}

static void report_renamed_column(struct diagnostics *diagnostics, const struct difference *item)
{
    report_column(diagnostics, item, "renamed-column",
                  arena_print(diagnostics->arena, "still `%s` in the database", item->from_column->name));
}

/* An insert of the program leaves out columns that it does not know. */
static void report_extra_column(struct diagnostics *diagnostics, const struct difference *item)
{
    const struct schema_column *column = item->from_column;
    bool is_required = column->is_not_null && column->default_sql == NULL && column->generated_sql == NULL &&
                       !column->is_identity && !item->to->model->is_read_only;
    const char *name = column_name(diagnostics->arena, item);
    diagnostics->rule = is_required ? "required-column" : "extra-column";
    if (is_required)
        diagnostic_error(diagnostics, item->to->at,
                         "%s: NOT NULL without a default in the database, not in the model: inserts fail", name);
    else
        diagnostic_note(diagnostics, item->to->at, "%s: the column is not in the model", name);
}

/* ---- Enum types -------------------------------------------------------------------------------------------------- */

/* Labels that only one side has are listed after `what`. */
static const char *missing_labels(struct arena *arena, const struct schema_names *from, const struct schema_names *to,
                                  const char *what)
{
    const char *list = "";
    for (size_t i = 0; i < to->count; i++)
        if (!schema_names_have(from, to->items[i]))
            list = arena_print(arena, "%s%s`%s`", list, *list == '\0' ? "" : ", ", to->items[i]);
    return *list != '\0' ? arena_print(arena, "%s %s", list, what) : "";
}

static void report_labels(struct diagnostics *diagnostics, const struct difference *item, struct location at)
{
    struct arena *arena = diagnostics->arena;
    const struct schema_names *from = &item->from_enum->labels, *to = &item->to_enum->labels;
    const char *missing = missing_labels(arena, from, to, "missing in the database");
    const char *extra = missing_labels(arena, to, from, "not in the model");
    diagnostics->rule = "enum";
    if (*missing == '\0' && *extra == '\0')
        diagnostic_note(diagnostics, at, "the enum type %s has its labels in another order in the database",
                        item->to_enum->name);
    else
        diagnostic_error(diagnostics, at, "the enum type %s: %s%s%s", item->to_enum->name, missing,
                         *missing != '\0' && *extra != '\0' ? "; " : "", extra);
}

/* Return the place of the first field of the type. */
static struct location enum_location(struct arena *arena, const struct schema *schema, const struct schema_enum *type)
{
    const char *name = sql_name(arena, type->name);
    for (size_t i = 0; i < schema->table_count; i++)
        for (size_t j = 0; j < schema->tables[i].column_count; j++)
            if (strcmp(schema->tables[i].columns[j].type, name) == 0)
                return schema->tables[i].columns[j].at;
    return finding_nowhere;
}

static void report_enum(struct diagnostics *diagnostics, const struct difference *item, const struct schema *to)
{
    if (item->to_enum == NULL && !is_schema_of_models(to, item->from_enum->schema))
        return;
    if (item->to_enum == NULL) {
        diagnostics->rule = "extra-enum";
        diagnostic_note(diagnostics, finding_nowhere, "%s: the enum type is not a field's", item->from_enum->name);
        return;
    }
    struct location at = enum_location(diagnostics->arena, to, item->to_enum);
    diagnostics->rule = "enum";
    if (item->from_enum == NULL)
        diagnostic_error(diagnostics, at, "the enum type %s is missing in the database", item->to_enum->name);
    else
        report_labels(diagnostics, item, at);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void report_values_of(struct diagnostics *diagnostics, const struct difference *item)
{
    const struct schema_column *from = item->from_column, *to = item->to_column;
    if (item->kind == DIFFERENCE_COLUMN_DEFAULT)
        report_values(diagnostics, item, "column-default", "DEFAULT", "no default", from->default_sql, to->default_sql);
    else if (item->kind == DIFFERENCE_COLUMN_GENERATED)
        report_values(diagnostics, item, "column-generated", "GENERATED AS", "not generated", from->generated_sql,
                      to->generated_sql);
    else
        report_values(diagnostics, item, "column-collation", "COLLATE", "no collation", from->collation, to->collation);
}

static void report_missing_column(struct diagnostics *diagnostics, const struct difference *item)
{
    report_column(diagnostics, item, "missing-column", "the column is missing in the database");
}

/* By kind; those that are missing need more than the difference, or are of two sets of models only. */
static void (*const reports[])(struct diagnostics *diagnostics, const struct difference *item) = {
    [DIFFERENCE_TABLE_ADDED] = report_missing_table,
    [DIFFERENCE_TABLE_RENAMED] = report_renamed_table,
    [DIFFERENCE_COLUMN_ADDED] = report_missing_column,
    [DIFFERENCE_COLUMN_DROPPED] = report_extra_column,
    [DIFFERENCE_COLUMN_RENAMED] = report_renamed_column,
    [DIFFERENCE_COLUMN_TYPE] = report_type,
    [DIFFERENCE_COLUMN_NULL] = report_null,
    [DIFFERENCE_COLUMN_DEFAULT] = report_values_of,
    [DIFFERENCE_COLUMN_IDENTITY] = report_identity,
    [DIFFERENCE_COLUMN_GENERATED] = report_values_of,
    [DIFFERENCE_COLUMN_COLLATION] = report_values_of,
    [DIFFERENCE_VIEW_ADDED] = report_missing_table,
    [DIFFERENCE_VIEW_CHANGED] = report_view,
};

static void report(struct diagnostics *diagnostics, const struct difference_list *differences, size_t index,
                   const struct schema *to)
{
    const struct difference *item = &differences->items[index];
    if (reports[item->kind] != NULL)
        reports[item->kind](diagnostics, item);
    else if (item->from_enum != NULL || item->to_enum != NULL)
        report_enum(diagnostics, item, to);
    else if (item->kind == DIFFERENCE_TABLE_DROPPED || item->kind == DIFFERENCE_VIEW_DROPPED)
        report_extra_table(diagnostics, item, to);
    else
        finding_report_part(diagnostics, differences, index);
}

void findings_report(struct diagnostics *diagnostics, const struct difference_list *differences,
                     const struct schema *to)
{
    for (size_t i = 0; i < differences->count; i++)
        report(diagnostics, differences, i, to);
}

size_t findings_count(const struct diagnostics *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->item_count; i++)
        count += strcmp(findings->items[i].severity, "note") != 0;
    return count;
}
