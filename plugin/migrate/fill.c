/* Generating rows. The candidates of a column are first those that the checks of this column accept. The database
 * decides if a row satisfies all of its constraints: rows are inserted with the first candidate of each column, then
 * with the other candidates of one column, then of two.
 *
 * The database numbers the rows, unless a check or a foreign key of the table compares the number: it then has
 * candidates as well, because PostgreSQL does not give a refused number again, and thus soon exceeds all of them. */
#include "fill.h"

#include "fill_values.h"
#include "sql.h"

#include <string.h>

enum { TRIES_MAX = 4000 };

/* A table that is being filled. */
struct filling {
    struct scratch *scratch;
    const struct schema *schema;
    const struct schema_table *table;
    size_t row;                   /* the number of the row, from 0 */
    struct schema_names *columns; /* the candidates of each column; none: it is left out */
    unsigned tries;
};

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

/* Return the position of the column in the key, or the number of columns. */
static size_t position_in(const struct schema_foreign_key *key, const char *column)
{
    size_t position = 0;
    while (position < key->columns.count && strcmp(key->columns.items[position], column) != 0)
        position++;
    return position;
}

static const struct schema_names *referred_columns(const struct schema_foreign_key *key,
                                                   const struct schema_table *parent)
{
    return key->referred.count > 0 ? &key->referred : &parent->key;
}

static bool can_be_null(const struct schema_table *table, const struct schema_column *column)
{
    return !column->is_not_null && !schema_names_have(&table->key, column->name);
}

/* Return true if a row can satisfy the key without another row: with a NULL, or by referring to itself. */
static bool needs_no_parent(const struct filling *filling, const struct schema_foreign_key *key)
{
    const struct schema_table *table = filling->table;
    for (size_t i = 0; i < key->columns.count; i++)
        if (can_be_null(table, schema_find_column(table, key->columns.items[i])))
            return true;
    return schema_find_table(filling->schema, key->schema, key->table) == table;
}

static const char *list_names(struct arena *arena, const struct schema_names *names)
{
    const char *list = "";
    for (size_t i = 0; i < names->count; i++)
        list = arena_print(arena, "%s%s%s", list, i > 0 ? ", " : "", sql_name(arena, names->items[i]));
    return list;
}

/* Return the value of a row of the parent: the same row for all columns of the key. NULL: the parent has no row. */
static const char *parent_value(const struct filling *filling, const struct schema_foreign_key *key, size_t position)
{
    struct arena *arena = filling->scratch->arena;
    const struct schema_table *parent = schema_find_table(filling->schema, key->schema, key->table);
    if (parent == NULL)
        return NULL;
    const struct schema_names *referred = referred_columns(key, parent);
    const char *name = schema_table_sql(arena, parent);
    struct schema_names count = scratch_list(filling->scratch, arena_print(arena, "SELECT count(*) FROM %s", name));
    if (count.count == 0 || strcmp(count.items[0], "0") == 0 || position >= referred->count)
        return NULL;
    return arena_print(arena, "(SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET (%zu %% (SELECT count(*) FROM %s)))",
                       sql_name(arena, referred->items[position]), name, list_names(arena, referred), filling->row,
                       name);
}

/* ---- Numbers of rows --------------------------------------------------------------------------------------------- */

/* Return true if a check or a foreign key of the table compares the column with others. */
static bool is_compared(const struct filling *filling, const struct schema_column *column)
{
    const struct schema_table *table = filling->table;
    for (size_t i = 0; i < table->check_count; i++)
        if (fill_is_checked(table, &table->checks[i], column))
            return true;
    for (size_t i = 0; i < table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &table->foreign_keys[i];
        if (schema_find_table(filling->schema, key->schema, key->table) == table &&
            schema_names_have(referred_columns(key, table), column->name))
            return true;
    }
    return false;
}

/* Let PostgreSQL number the rows of the migrations after those with a given number, as SQLite does. */
static void continue_numbers(const struct filling *filling)
{
    struct arena *arena = filling->scratch->arena;
    const struct schema_table *table = filling->table;
    const char *name = schema_table_sql(arena, table);
    if (filling->schema->dialect->id != DIALECT_POSTGRESQL)
        return;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].is_identity && is_compared(filling, &table->columns[i]))
            (void)scratch_run(filling->scratch,
                              arena_print(arena, "SELECT setval(pg_get_serial_sequence(%s, %s), max(%s)) FROM %s",
                                          sql_string(arena, name), sql_string(arena, table->columns[i].name),
                                          sql_name(arena, table->columns[i].name), name));
}

/* ---- Candidates -------------------------------------------------------------------------------------------------- */

/* Return true if the database says that the check accepts the value: not if it has other columns, too. */
static bool accepts(const struct filling *filling, const struct schema_check *check, const struct schema_column *column,
                    const char *value)
{
    struct arena *arena = filling->scratch->arena;
    const char *typed = filling->schema->dialect->id == DIALECT_POSTGRESQL
                            ? arena_print(arena, "CAST(%s AS %s)", value, column->type)
                            : value;
    const char *sql = arena_print(arena, "SELECT 1 FROM (SELECT %s AS %s) AS candidate WHERE (%s) IS NOT FALSE", typed,
                                  sql_name(arena, column->name), check->sql);
    return scratch_list(filling->scratch, sql).count > 0;
}

/* Return the number of checks that accept the value. */
static size_t count_accepting(const struct filling *filling, const struct schema_column *column, const char *value)
{
    size_t count = 0;
    for (size_t i = 0; i < filling->table->check_count; i++)
        count += fill_is_checked(filling->table, &filling->table->checks[i], column) &&
                 accepts(filling, &filling->table->checks[i], column, value);
    return count;
}

/* Return the candidates in a new order: those first that most checks accept. */
static struct schema_names sort_by_checks(const struct filling *filling, const struct schema_column *column,
                                          const struct schema_names *list)
{
    struct arena *arena = filling->scratch->arena;
    struct schema_names sorted = {0};
    size_t *counts = arena_take(arena, (list->count + 1) * sizeof *counts);
    for (size_t i = 0; i < list->count; i++)
        counts[i] = count_accepting(filling, column, list->items[i]);
    for (size_t accepting = filling->table->check_count + 1; accepting-- > 0;)
        for (size_t i = 0; i < list->count; i++)
            if (counts[i] == accepting)
                list_add(arena, sorted.items, sorted.count) = list->items[i];
    return sorted;
}

/* Add a value for each foreign key that the column is in, and count these. Return false if one needs a row that its
 * parent does not have. */
static bool add_parent_values(const struct filling *filling, const struct schema_column *column,
                              struct schema_names *list, size_t *count)
{
    for (size_t i = 0; i < filling->table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &filling->table->foreign_keys[i];
        size_t position = position_in(key, column->name);
        if (position == key->columns.count)
            continue;
        const char *value = parent_value(filling, key, position);
        if (value == NULL && !needs_no_parent(filling, key))
            return false;
        if (value != NULL)
            list_add(filling->scratch->arena, list->items, list->count) = value;
        ++*count;
    }
    return true;
}

/* Find the candidates of a column; none: it is left out. Return false if no row is possible yet. */
static bool find_column_candidates(const struct filling *filling, const struct schema_column *column,
                                   struct schema_names *out)
{
    struct arena *arena = filling->scratch->arena;
    struct schema_names list = {0};
    size_t keys = 0;
    if (column->generated_sql != NULL || (column->is_identity && !is_compared(filling, column)) ||
        (filling->row == 2 && column->default_sql != NULL))
        return true;
    if (filling->row == 1 && can_be_null(filling->table, column))
        list_add(arena, list.items, list.count) = "NULL";
    if (!add_parent_values(filling, column, &list, &keys))
        return false;
    if (keys > 0 && list.count == 0 && can_be_null(filling->table, column))
        list_add(arena, list.items, list.count) = "NULL";
    if (keys == 0 || list.count == 0)
        fill_add_values(arena, &list, filling->schema, filling->table, column, filling->row);
    *out = sort_by_checks(filling, column, &list);
    return true;
}

/* Return false if the table cannot have a row yet, because a parent has none. */
static bool find_candidates(struct filling *filling)
{
    const struct schema_table *table = filling->table;
    filling->columns = arena_take(filling->scratch->arena, (table->column_count + 1) * sizeof *filling->columns);
    for (size_t i = 0; i < table->column_count; i++)
        if (!find_column_candidates(filling, &table->columns[i], &filling->columns[i]))
            return false;
    return true;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A choice of a candidate for up to two columns; the others have their first. */
struct choice {
    size_t columns[2], candidates[2];
};

static size_t candidate_of(const struct choice *choice, size_t column)
{
    for (size_t i = 0; i < 2; i++)
        if (choice->columns[i] == column)
            return choice->candidates[i];
    return 0;
}

static bool insert(struct filling *filling, const struct choice *choice)
{
    const struct schema_table *table = filling->table;
    struct text names = {0}, values = {0};
    const char *separator = "";
    for (size_t i = 0; i < table->column_count; i++) {
        if (filling->columns[i].count == 0)
            continue;
        text_print(&names, "%s%s", separator, sql_name(filling->scratch->arena, table->columns[i].name));
        text_print(&values, "%s%s", separator, filling->columns[i].items[candidate_of(choice, i)]);
        separator = ", ";
    }
    const char *name = schema_table_sql(filling->scratch->arena, table);
    const char *numbers = filling->schema->dialect->id == DIALECT_POSTGRESQL ? "OVERRIDING SYSTEM VALUE " : "";
    const char *sql = names.data == NULL ? arena_print(filling->scratch->arena, "INSERT INTO %s DEFAULT VALUES", name)
                                         : arena_print(filling->scratch->arena, "INSERT INTO %s (%s) %sVALUES (%s)",
                                                       name, names.data, numbers, values.data);
    text_free(&names);
    text_free(&values);
    filling->tries++;
    return scratch_run(filling->scratch, sql);
}

/* Try the candidates of a column, with each candidate of the columns after it if `choice` has none of a second. */
static bool insert_with(struct filling *filling, struct choice choice, size_t slot, size_t from)
{
    for (size_t i = from; i < filling->table->column_count; i++)
        for (size_t j = 1; j < filling->columns[i].count && filling->tries < TRIES_MAX; j++) {
            choice.columns[slot] = i;
            choice.candidates[slot] = j;
            if (insert(filling, &choice))
                return true;
        }
    return false;
}

static bool insert_row(struct filling *filling)
{
    struct choice choice = {{SIZE_MAX, SIZE_MAX}, {0, 0}};
    filling->tries = 0;
    if (insert(filling, &choice) || insert_with(filling, choice, 0, 0))
        return true;
    for (size_t i = 0; i < filling->table->column_count; i++)
        for (size_t j = 1; j < filling->columns[i].count; j++) {
            choice.columns[0] = i;
            choice.candidates[0] = j;
            if (insert_with(filling, choice, 1, i + 1))
                return true;
        }
    return false;
}

/* Return true if the table got a row. */
static bool fill_table(struct scratch *scratch, const struct schema *schema, const struct schema_table *table,
                       size_t rows)
{
    struct filling filling = {.scratch = scratch, .schema = schema, .table = table};
    bool has_row = false;
    for (; filling.row < rows; filling.row++)
        if (find_candidates(&filling) && insert_row(&filling))
            has_row = true;
    continue_numbers(&filling);
    return has_row;
}

struct schema_names fill_tables(struct scratch *scratch, const struct schema *schema, size_t rows)
{
    bool *is_filled = arena_take(scratch->arena, schema->table_count + 1);
    struct schema_names empty = {0};
    bool has_progress = true;
    while (has_progress) { /* parents before children */
        has_progress = false;
        for (size_t i = 0; i < schema->table_count; i++) {
            if (is_filled[i] || schema->tables[i].kind != SCHEMA_TABLE)
                continue;
            is_filled[i] = fill_table(scratch, schema, &schema->tables[i], rows);
            has_progress = has_progress || is_filled[i];
        }
    }
    for (size_t i = 0; i < schema->table_count; i++)
        if (!is_filled[i] && schema->tables[i].kind == SCHEMA_TABLE)
            list_add(scratch->arena, empty.items, empty.count) = schema->tables[i].name;
    return empty;
}
