/* The comparison of the columns of a table. */
#include "compare_parts.h"

#include "normal.h"

#include <string.h>
#include <strings.h>

static void add_column(struct comparison *comparison, enum difference_kind kind, const struct schema_column *from,
                       const struct schema_column *to)
{
    struct difference *made = compare_add(comparison, kind);
    made->from_column = from;
    made->to_column = to;
}

/* Return the column as it was before its rename. */
static const struct schema_column *original(const struct comparison *comparison, const struct schema_column *column)
{
    return &comparison->from->columns[column - comparison->renamed->columns];
}

static const struct schema_column *find(const struct comparison *comparison, const struct schema_table *table,
                                        const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (normal_is_same_name(comparison->dialect, table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static bool has_foreign_key(const struct comparison *comparison, const struct schema_table *table, const char *column)
{
    for (size_t i = 0; i < table->foreign_key_count; i++)
        for (size_t j = 0; j < table->foreign_keys[i].columns.count; j++)
            if (normal_is_same_name(comparison->dialect, table->foreign_keys[i].columns.items[j], column))
                return true;
    return false;
}

/* A foreign key has the values of the key that it refers to, so that its own width does not matter. */
static bool is_key_of_other_width(const struct comparison *comparison, const struct schema_column *from,
                                  const struct schema_column *to)
{
    return normal_is_integer(comparison->arena, comparison->dialect, from->type) &&
           normal_is_integer(comparison->arena, comparison->dialect, to->type) &&
           (has_foreign_key(comparison, comparison->renamed, from->name) ||
            has_foreign_key(comparison, comparison->to, to->name));
}

/* A string that AR_LENGTH limits fits a type of PostgreSQL with a limit. */
static bool is_text_that_fits(const struct comparison *comparison, const struct schema_column *from,
                              const struct schema_column *to)
{
    const struct model *model = comparison->to->model;
    const struct member *member = model != NULL ? model_column(model, to->name) : NULL;
    if (comparison->dialect->id == DIALECT_SQLITE || member == NULL)
        return false;
    uint32_t limit = normal_text_length(comparison->arena, from->type);
    bool is_limited = member_has(member, ATTRIBUTE_LENGTH) && member->maximum_length <= limit;
    return normal_text_length(comparison->arena, to->type) == UINT32_MAX &&
           (limit == UINT32_MAX || (limit > 0 && is_limited));
}

static bool is_same_type(const struct comparison *comparison, const struct schema_column *from,
                         const struct schema_column *to)
{
    if (comparison->mode == COMPARE_EXACT)
        return strcmp(from->type, to->type) == 0;
    return normal_is_same_type(comparison->arena, comparison->dialect, from->type, to->type) ||
           is_key_of_other_width(comparison, from, to) || is_text_that_fits(comparison, from, to);
}

/* ---- Constraints ------------------------------------------------------------------------------------------------- */

/* PostgreSQL, and SQLite for rowids and tables without them, refuse NULL in a primary key without NOT NULL. */
static bool is_not_null(const struct comparison *comparison, const struct schema_table *table,
                        const struct schema_column *column)
{
    bool is_implied = comparison->dialect->id != DIALECT_SQLITE || table->has_no_rowid || column->is_identity;
    return column->is_not_null ||
           (comparison->mode != COMPARE_EXACT && is_implied && schema_names_have(&table->key, column->name));
}

/* A default NULL is none. */
static const char *default_of(const struct comparison *comparison, const struct schema_column *column)
{
    bool is_none = comparison->mode != COMPARE_EXACT && column->default_sql != NULL &&
                   compare_sql(comparison, column->default_sql, "NULL");
    return is_none ? NULL : column->default_sql;
}

/* AR_SQL_TYPE may end with a COLLATE. BINARY is the collation that columns of SQLite have without one. */
static const char *collation_of(const struct comparison *comparison, const struct schema_column *column)
{
    const char *collation = column->collation;
    if (collation == NULL)
        (void)normal_split_type(comparison->arena, comparison->dialect, column->type, &collation);
    bool is_none =
        comparison->dialect->id == DIALECT_SQLITE && collation != NULL && strcasecmp(collation, "BINARY") == 0;
    return is_none ? NULL : collation;
}

/* SQLite numbers the rows of every integer key. */
static bool is_same_identity(const struct comparison *comparison, const struct schema_column *from,
                             const struct schema_column *to)
{
    bool is_implied = comparison->mode != COMPARE_EXACT && comparison->dialect->id == DIALECT_SQLITE &&
                      from->is_identity && schema_names_have(&comparison->to->key, to->name);
    return from->is_identity == to->is_identity || is_implied;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Compare what only two sets of models have. */
static void compare_declarations(struct comparison *comparison, const struct schema_column *from,
                                 const struct schema_column *to)
{
    if (from->labels.count > 0 && to->labels.count > 0 && !schema_names_equal(&from->labels, &to->labels))
        add_column(comparison, DIFFERENCE_COLUMN_LABELS, from, to);
    if (from->digits != to->digits)
        add_column(comparison, DIFFERENCE_COLUMN_DIGITS, from, to);
}

static void compare_column(struct comparison *comparison, const struct schema_column *renamed,
                           const struct schema_column *to)
{
    const struct schema_column *from = original(comparison, renamed);
    if (!normal_is_same_name(comparison->dialect, from->name, to->name))
        add_column(comparison, DIFFERENCE_COLUMN_RENAMED, from, to);
    if (!is_same_type(comparison, renamed, to))
        add_column(comparison, DIFFERENCE_COLUMN_TYPE, from, to);
    if (comparison->mode == COMPARE_EXACT)
        compare_declarations(comparison, from, to);
    if (is_not_null(comparison, comparison->renamed, renamed) != is_not_null(comparison, comparison->to, to))
        add_column(comparison, DIFFERENCE_COLUMN_NULL, from, to);
    if (!compare_sql(comparison, default_of(comparison, renamed), default_of(comparison, to)))
        add_column(comparison, DIFFERENCE_COLUMN_DEFAULT, from, to);
    if (!is_same_identity(comparison, renamed, to))
        add_column(comparison, DIFFERENCE_COLUMN_IDENTITY, from, to);
    if (!compare_sql(comparison, renamed->generated_sql, to->generated_sql))
        add_column(comparison, DIFFERENCE_COLUMN_GENERATED, from, to);
    if (!normal_is_same_name(comparison->dialect, collation_of(comparison, renamed), collation_of(comparison, to)))
        add_column(comparison, DIFFERENCE_COLUMN_COLLATION, from, to);
}

void compare_columns(struct comparison *comparison)
{
    const struct schema_table *renamed = comparison->renamed, *to = comparison->to;
    for (size_t i = 0; i < to->column_count; i++) {
        const struct schema_column *found = find(comparison, renamed, to->columns[i].name);
        if (found != NULL)
            compare_column(comparison, found, &to->columns[i]);
        else
            add_column(comparison, DIFFERENCE_COLUMN_ADDED, NULL, &to->columns[i]);
    }
    for (size_t i = 0; i < renamed->column_count; i++)
        if (find(comparison, to, renamed->columns[i].name) == NULL)
            add_column(comparison, DIFFERENCE_COLUMN_DROPPED, &comparison->from->columns[i], NULL);
}

/* Columns of SQLite's views have types only if they are columns of tables. */
void compare_view_columns(struct comparison *comparison)
{
    const struct schema_table *from = comparison->renamed, *to = comparison->to;
    for (size_t i = 0; i < to->column_count; i++) {
        const struct schema_column *found = find(comparison, from, to->columns[i].name);
        if (found == NULL)
            add_column(comparison, DIFFERENCE_COLUMN_ADDED, NULL, &to->columns[i]);
        else if (found->type[0] != '\0' && !is_same_type(comparison, found, &to->columns[i]))
            add_column(comparison, DIFFERENCE_COLUMN_TYPE, original(comparison, found), &to->columns[i]);
    }
}
