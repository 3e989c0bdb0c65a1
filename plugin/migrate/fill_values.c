/* Literals by type, and from checks. */
#include "fill_values.h"

#include "fill.h"
#include "plan.h"
#include "schema/ddl.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add(struct arena *arena, struct schema_names *list, const char *value)
{
    if (!schema_names_have(list, value))
        list_add(arena, list->items, list->count) = value;
}

/* ---- By type ----------------------------------------------------------------------------------------------------- */

/* The forms of values by how a type begins, or a part of SQLite's. %zu is a digit of the row. */
struct type_form {
    const char *type, *form;
};

static const struct type_form postgresql_forms[] = {
    {"smallint", "%zu"},
    {"integer", "%zu"},
    {"bigint", "%zu"},
    {"numeric", "%zu"},
    {"real", "%zu.5"},
    {"double", "%zu.5"},
    {"uuid", "'00000000-0000-4000-8000-00000000000%zu'"},
    {"bytea", "'\\x0%zu'"},
    {"date", "'2020-01-0%zu'"},
    {"timestamp", "'2020-01-0%zu 10:00:00'"},
    {"time", "'10:00:0%zu'"},
    {"interval", "'%zu days'"},
    {"json", "'{\"a\": %zu}'"},
    {"inet", "'10.0.0.%zu'"},
    {"cidr", "'10.0.%zu.0/24'"},
    {"macaddr8", "'08:00:2b:01:02:03:04:0%zu'"},
    {"macaddr", "'08:00:2b:01:02:0%zu'"},
    {"bit", "B'%zu'"},
    {"tsvector", "'word%zu'"},
    {"xml", "'<a>%zu</a>'"},
};

/* The affinities, in the order in which SQLite finds them. */
static const struct type_form sqlite_forms[] = {
    {"INT", "%zu"},      {"CHAR", "'text %zu'"}, {"CLOB", "'text %zu'"}, {"TEXT", "'text %zu'"},
    {"BLOB", "x'0%zu'"}, {"REAL", "%zu.5"},      {"FLOA", "%zu.5"},      {"DOUB", "%zu.5"},
};

/* Write the digit of the row. The forms are constants above, and each has one %zu. */
static const char *fill_form(struct arena *arena, const char *form, size_t digit)
{
    const char *place = strstr(form, "%zu");
    if (place == NULL)
        return form;
    return arena_print(arena, "%.*s%zu%s", (int)(place - form), form, digit, place + strlen("%zu"));
}

static const char *postgresql_form(const char *type)
{
    for (size_t i = 0; i < sizeof postgresql_forms / sizeof *postgresql_forms; i++)
        if (strncmp(type, postgresql_forms[i].type, strlen(postgresql_forms[i].type)) == 0)
            return postgresql_forms[i].form;
    return "'text %zu'";
}

static const char *sqlite_form(const char *type)
{
    for (size_t i = 0; i < sizeof sqlite_forms / sizeof *sqlite_forms; i++)
        if (strcasestr(type, sqlite_forms[i].type) != NULL)
            return sqlite_forms[i].form;
    return type[0] == '\0' ? "x'0%zu'" : "%zu";
}

static const struct schema_enum *find_enum(struct arena *arena, const struct schema *schema, const char *type)
{
    for (size_t i = 0; i < schema->enum_count; i++)
        if (strcmp(ddl_name(arena, schema->enums[i].schema, schema->enums[i].name), type) == 0)
            return &schema->enums[i];
    return NULL;
}

/* ---- From checks ------------------------------------------------------------------------------------------------- */

/* Add strings and blobs with so many characters. */
static void add_of_length(struct arena *arena, struct schema_names *list, unsigned long length, size_t digit)
{
    enum { LENGTH_MAX = 4096 };
    if (length == 0 || length > LENGTH_MAX)
        return;
    char *text = arena_take(arena, length + 1), *bytes = arena_take(arena, 2 * length + 1);
    memset(text, 'a', length);
    memset(bytes, '0', 2 * length);
    text[length - 1] = bytes[2 * length - 1] = (char)('0' + digit);
    add(arena, list, arena_print(arena, "'%s'", text));
    add(arena, list, arena_print(arena, "x'%s'", bytes));
    add(arena, list, arena_print(arena, "'\\x%s'", bytes));
}

/* Add the literals of a check, and numbers next to them. */
static void add_literals(struct arena *arena, struct schema_names *list, const char *sql, size_t digit)
{
    while (*sql != '\0') {
        char *end;
        if (*sql == '\'') {
            const char *close = strchr(sql + 1, '\'');
            if (close == NULL)
                return;
            add(arena, list, arena_copy(arena, sql, (size_t)(close + 1 - sql)));
            sql = close + 1;
        } else if (*sql >= '0' && *sql <= '9') {
            long number = strtol(sql, &end, 10);
            add(arena, list, arena_print(arena, "%ld", number));
            add(arena, list, arena_print(arena, "%ld", number + (long)digit));
            add(arena, list, arena_print(arena, "%ld", number - (long)digit));
            add_of_length(arena, list, (unsigned long)number, digit);
            sql = end;
        } else if ((*sql >= 'a' && *sql <= 'z') || (*sql >= 'A' && *sql <= 'Z') || *sql == '_') {
            sql += strspn(sql, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        } else {
            sql++;
        }
    }
}

bool fill_is_checked(const struct schema_table *table, const struct schema_check *check,
                     const struct schema_column *column)
{
    if (plan_mentions(check->sql, column->name))
        return true;
    for (size_t i = 0; i < table->column_count; i++)
        if (plan_mentions(table->columns[i].generated_sql, column->name) &&
            plan_mentions(check->sql, table->columns[i].name))
            return true;
    return false;
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static void add_of_type(struct arena *arena, struct schema_names *list, const struct schema *schema, const char *type,
                        size_t digit)
{
    bool is_postgresql = schema->dialect->id == DIALECT_POSTGRESQL;
    const struct schema_enum *labels = is_postgresql ? find_enum(arena, schema, type) : NULL;
    for (size_t i = 0; labels != NULL && i < labels->labels.count; i++)
        add(arena, list, sql_string(arena, labels->labels.items[(i + digit) % labels->labels.count]));
    if (is_postgresql && strncmp(type, "bool", 4) == 0) {
        add(arena, list, digit % 2 == 0 ? "true" : "false");
        add(arena, list, digit % 2 == 0 ? "false" : "true");
    }
    add(arena, list, fill_form(arena, is_postgresql ? postgresql_form(type) : sqlite_form(type), digit));
}

/* Add arrays with an item, and the empty one. */
static void add_array(struct arena *arena, struct schema_names *list, const struct schema *schema, const char *type,
                      size_t digit)
{
    struct schema_names items = {0};
    add_of_type(arena, &items, schema, arena_copy(arena, type, (size_t)(strstr(type, "[]") - type)), digit);
    for (size_t i = 0; i < items.count; i++)
        add(arena, list, arena_print(arena, "CAST(ARRAY[%s] AS %s)", items.items[i], type));
    add(arena, list, "'{}'");
}

static void add_usual(struct arena *arena, struct schema_names *list, const struct schema *schema,
                      const struct schema_column *column, size_t digit)
{
    if (schema->dialect->id == DIALECT_POSTGRESQL && strstr(column->type, "[]") != NULL)
        add_array(arena, list, schema, column->type, digit);
    else
        add_of_type(arena, list, schema, column->type, digit);
}

void fill_add_values(struct arena *arena, struct schema_names *list, const struct schema *schema,
                     const struct schema_table *table, const struct schema_column *column, size_t row)
{
    /* Of strings with a form that SQLite checks: a short one, JSON, a UUID, times, a decimal. */
    static const char *const others[] = {"0",
                                         "1",
                                         "'%zu'",
                                         "'{\"a\": %zu}'",
                                         "'00000000-0000-4000-8000-00000000000%zu'",
                                         "'2020-01-0%zuT10:00:00Z'",
                                         "'2020-01-0%zu'",
                                         "'10:00:0%zu'",
                                         "'%zu.5'",
                                         "x'0%zu'",
                                         "''"};
    size_t digit = row + 1;
    add_usual(arena, list, schema, column, digit);
    for (size_t i = 0; i < table->check_count; i++)
        if (fill_is_checked(table, &table->checks[i], column))
            add_literals(arena, list, table->checks[i].sql, digit);
    for (size_t later = 1; later <= 2; later++) /* so that up to three columns can be in an order */
        add_usual(arena, list, schema, column, digit + later * FILL_ROWS);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        add(arena, list, fill_form(arena, others[i], digit));
    if (!column->is_not_null)
        add(arena, list, "NULL");
}
