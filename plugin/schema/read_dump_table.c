/* Tables in a dump of PostgreSQL: columns, constraints and indexes, as a server reports them. */
#include "name.h"
#include "read_dump_postgresql.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

/* ---- Defaults ---------------------------------------------------------------------------------------------------- */

/* The first token of a default is part of it, even NULL. */
static const char *default_text(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    const char *start = reader->start;
    bool is_null = sql_reader_is(reader, "NULL");
    if (!is_null)
        return sql_reader_until(reader, dump_is_constraint);
    sql_reader_next(reader);
    const char *rest = sql_reader_until(reader, dump_is_constraint);
    return arena_print(reading->arena, "%.*s%s", (int)strlen("NULL"), start, rest);
}

void dump_read_default(struct dump_reading *reading, struct schema_column *column)
{
    const char *sql = dump_expression(reading, default_text(reading));
    if (strncasecmp(sql, "nextval(", 8) == 0)
        column->is_identity = true;
    else
        column->default_sql = sql;
}

/* ---- Constraints ------------------------------------------------------------------------------------------------- */

struct schema_names dump_read_names(struct dump_reading *reading)
{
    struct schema_names names = {0};
    if (!sql_reader_names(&reading->reader, &names.items, &names.count))
        names.count = 0;
    return names;
}

static struct schema_names one_name(struct dump_reading *reading, const char *name)
{
    struct schema_names names = {0};
    list_add(reading->arena, names.items, names.count) = name;
    return names;
}

/* Return the names of the columns, joined, as PostgreSQL names the constraint. */
const char *dump_usual_name(struct dump_reading *reading, const struct schema_table *table,
                            const struct schema_names *columns, const char *label)
{
    const char *joined = columns->count > 0 ? columns->items[0] : NULL;
    for (size_t i = 1; i < columns->count; i++)
        joined = arena_print(reading->arena, "%s_%s", joined, columns->items[i]);
    return sql_object_name(reading->arena, table->name, joined, label);
}

/* SET NULL and SET DEFAULT may be followed by a list of columns. */
static enum on_delete read_action(struct dump_reading *reading, const struct schema_table *table,
                                  const struct schema_foreign_key *key, const char *event)
{
    static const struct {
        const char *words;
        enum on_delete action;
        bool is_lost;
    } actions[] = {{"CASCADE", ON_DELETE_CASCADE, false},
                   {"SET NULL", ON_DELETE_SET_NULL, false},
                   {"RESTRICT", ON_DELETE_RESTRICT, false},
                   {"NO ACTION", ON_DELETE_UNSET, false},
                   {"SET DEFAULT", ON_DELETE_UNSET, true}};
    struct sql_reader *reader = &reading->reader;
    size_t i = 0;
    while (i < sizeof actions / sizeof *actions && !sql_reader_take_words(reader, actions[i].words))
        i++;
    if (i == sizeof actions / sizeof *actions)
        return ON_DELETE_UNSET;
    bool has_columns = sql_reader_parenthesized(reader) != NULL;
    if (actions[i].is_lost || has_columns)
        dump_add_other(reading, table->name,
                       arena_print(reading->arena, "%s %s %sof the foreign key to %s", event, actions[i].words,
                                   has_columns ? "of some columns " : "", sql_name(reading->arena, key->table)));
    return actions[i].action;
}

/* A key of one column means the same with MATCH FULL. */
static void read_match(struct dump_reading *reading, const struct schema_table *table,
                       const struct schema_foreign_key *key)
{
    if (sql_reader_is(&reading->reader, "FULL") && key->table != NULL && key->columns.count > 1)
        dump_add_other(
            reading, table->name,
            arena_print(reading->arena, "MATCH FULL of the foreign key to %s", sql_name(reading->arena, key->table)));
    sql_reader_next(&reading->reader);
}

/* Read what may follow a constraint. Only a foreign key, which has a table, has actions. */
static void read_options(struct dump_reading *reading, const struct schema_table *table, struct schema_foreign_key *key)
{
    struct sql_reader *reader = &reading->reader;
    for (;;) {
        if (key->table != NULL && sql_reader_take_words(reader, "ON DELETE"))
            key->on_delete = read_action(reading, table, key, "ON DELETE");
        else if (key->table != NULL && sql_reader_take_words(reader, "ON UPDATE"))
            key->on_update = read_action(reading, table, key, "ON UPDATE");
        else if (sql_reader_take_words(reader, "NOT VALID") || sql_reader_take_words(reader, "NOT ENFORCED"))
            key->is_not_valid = true;
        else if (sql_reader_take(reader, "DEFERRABLE"))
            key->is_deferrable = true;
        else if (sql_reader_take(reader, "MATCH"))
            read_match(reading, table, key);
        else if (!sql_reader_take_words(reader, "NOT DEFERRABLE") &&
                 !sql_reader_take_words(reader, "INITIALLY DEFERRED") &&
                 !sql_reader_take_words(reader, "INITIALLY IMMEDIATE"))
            return;
    }
}

static void read_foreign_key(struct dump_reading *reading, struct schema_table *table, const char *name,
                             struct schema_names columns)
{
    struct dump_name target = dump_read_name(reading);
    struct schema_foreign_key key = {.name = name, .columns = columns, .schema = target.schema, .table = target.name};
    if (sql_reader_is(&reading->reader, "("))
        key.referred = dump_read_names(reading);
    if (key.name == NULL)
        key.name = dump_usual_name(reading, table, &columns, "fkey");
    read_options(reading, table, &key);
    if (target.name != NULL && columns.count > 0)
        list_add(reading->arena, table->foreign_keys, table->foreign_key_count) = key;
}

static void read_check(struct dump_reading *reading, struct schema_table *table, const char *name,
                       const struct schema_column *column)
{
    struct schema_foreign_key options = {0};
    const char *sql = sql_reader_parenthesized(&reading->reader);
    struct schema_names columns = {0};
    if (sql == NULL)
        return;
    if (column != NULL)
        columns = one_name(reading, column->name);
    sql_reader_take_words(&reading->reader, "NO INHERIT");
    read_options(reading, table, &options);
    list_add(reading->arena, table->checks, table->check_count) =
        (struct schema_check){.name = name != NULL ? name : dump_usual_name(reading, table, &columns, "check"),
                              .sql = dump_expression(reading, sql),
                              .is_not_valid = options.is_not_valid};
}

/* Read NOT NULL as a constraint with a name, which PostgreSQL 18 has. Rows may break one that is not valid. */
static void read_not_null(struct dump_reading *reading, struct schema_table *table, struct schema_column *column)
{
    struct schema_foreign_key options = {0};
    const char *name = column == NULL ? sql_reader_name(&reading->reader) : NULL;
    if (name != NULL)
        column = schema_find_column(table, name);
    sql_reader_take_words(&reading->reader, "NO INHERIT");
    read_options(reading, table, &options);
    if (column != NULL && !options.is_not_valid)
        column->is_not_null = true;
}

/* Read what may follow a key. Return true if it is DEFERRABLE. */
static bool read_deferrable(struct dump_reading *reading, const struct schema_table *table)
{
    struct schema_foreign_key options = {0};
    read_options(reading, table, &options);
    return options.is_deferrable;
}

/* Return the index after USING INDEX, which can be that of a constraint: it has columns, and all rows. */
static struct schema_index *read_index_of_constraint(struct dump_reading *reading, const struct schema_table *table)
{
    const char *name = sql_reader_name(&reading->reader);
    for (size_t i = 0; name != NULL && i < table->index_count; i++) {
        struct schema_index *index = &table->indexes[i];
        bool fits = strcmp(index->name, name) == 0 && index->is_unique && index->where_sql == NULL;
        for (size_t j = 0; j < index->part_count; j++)
            fits = fits && index->parts[j].column != NULL;
        if (fits)
            return index;
    }
    if (name != NULL)
        dump_add_other(reading, table->name,
                       arena_print(reading->arena, "a constraint: %s is not a unique index of columns in the dump",
                                   sql_name(reading->arena, name)));
    return NULL;
}

static void set_key(struct dump_reading *reading, struct schema_table *table, const char *name,
                    struct schema_names columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        struct schema_column *column = schema_find_column(table, columns.items[i]);
        if (column != NULL)
            column->is_not_null = true;
    }
    table->key = columns;
    if (read_deferrable(reading, table))
        dump_add_of_index(reading, table, "DEFERRABLE",
                          name != NULL ? name : dump_usual_name(reading, table, &(struct schema_names){0}, "pkey"));
}

/* The index becomes that of the key, which the table does not list. */
static void set_key_of_index(struct dump_reading *reading, struct schema_table *table, const char *name)
{
    struct schema_names columns = {0};
    struct schema_index *index = read_index_of_constraint(reading, table);
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->part_count; i++)
        list_add(reading->arena, columns.items, columns.count) = index->parts[i].column;
    if (name == NULL)
        name = index->name;
    table->index_count--;
    memmove(index, index + 1, (size_t)(&table->indexes[table->index_count] - index) * sizeof *index);
    set_key(reading, table, name, columns);
}

/* The index gets the name of the constraint. */
static void add_unique_of_index(struct dump_reading *reading, struct schema_table *table, const char *name)
{
    struct schema_index *index = read_index_of_constraint(reading, table);
    if (index == NULL)
        return;
    index->is_constraint = true;
    if (name != NULL)
        index->name = name;
    index->is_deferrable = read_deferrable(reading, table);
}

static void add_unique(struct dump_reading *reading, struct schema_table *table, const char *name,
                       const struct schema_column *column)
{
    struct schema_index index = {.name = name, .is_unique = true, .is_constraint = true};
    bool has_equal_nulls = sql_reader_take_words(&reading->reader, "NULLS NOT DISTINCT");
    if (!has_equal_nulls)
        sql_reader_take_words(&reading->reader, "NULLS DISTINCT");
    struct schema_names columns = column != NULL ? one_name(reading, column->name) : dump_read_names(reading);
    if (name == NULL)
        index.name = dump_usual_name(reading, table, &columns, "key");
    if (has_equal_nulls)
        dump_add_of_index(reading, table, "NULLS NOT DISTINCT", index.name);
    for (size_t i = 0; i < columns.count; i++)
        list_add(reading->arena, index.parts, index.part_count) = (struct schema_part){.column = columns.items[i]};
    if (sql_reader_take(&reading->reader, "INCLUDE"))
        index.includes = dump_read_names(reading);
    index.is_deferrable = read_deferrable(reading, table);
    if (columns.count > 0)
        list_add(reading->arena, table->indexes, table->index_count) = index;
}

bool dump_read_constraint(struct dump_reading *reading, struct schema_table *table, struct schema_column *column)
{
    struct sql_reader *reader = &reading->reader;
    const char *name = sql_reader_take(reader, "CONSTRAINT") ? sql_reader_name(reader) : NULL;
    struct schema_names columns = {0};
    if (column != NULL)
        columns = one_name(reading, column->name);
    if (column == NULL && sql_reader_take_words(reader, "PRIMARY KEY USING INDEX"))
        set_key_of_index(reading, table, name);
    else if (column == NULL && sql_reader_take_words(reader, "UNIQUE USING INDEX"))
        add_unique_of_index(reading, table, name);
    else if (sql_reader_take_words(reader, "PRIMARY KEY"))
        set_key(reading, table, name, column != NULL ? columns : dump_read_names(reading));
    else if (sql_reader_take(reader, "UNIQUE"))
        add_unique(reading, table, name, column);
    else if (sql_reader_take_words(reader, "NOT NULL"))
        read_not_null(reading, table, column);
    else if (sql_reader_take(reader, "CHECK"))
        read_check(reading, table, name, column);
    else if (column != NULL && sql_reader_take(reader, "REFERENCES"))
        read_foreign_key(reading, table, name, columns);
    else if (column == NULL && sql_reader_take_words(reader, "FOREIGN KEY")) {
        columns = dump_read_names(reading);
        if (sql_reader_take(reader, "REFERENCES"))
            read_foreign_key(reading, table, name, columns);
    } else if (sql_reader_take(reader, "EXCLUDE"))
        dump_add_other(reading, table->name,
                       name != NULL ? arena_print(reading->arena, "the exclusion constraint %s", name)
                                    : "an exclusion constraint");
    else
        return false;
    return true;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void read_generated(struct dump_reading *reading, struct schema_column *column)
{
    struct sql_reader *reader = &reading->reader;
    if (!sql_reader_take(reader, "ALWAYS"))
        sql_reader_take_words(reader, "BY DEFAULT");
    sql_reader_take(reader, "AS");
    if (sql_reader_take(reader, "IDENTITY")) {
        column->is_identity = column->is_not_null = true;
        sql_reader_parenthesized(reader);
        return;
    }
    const char *sql = sql_reader_parenthesized(reader);
    column->generated_sql = sql != NULL ? dump_expression(reading, sql) : NULL;
    sql_reader_take(reader, "VIRTUAL"); /* the default, which pg_dump omits */
    column->is_virtual = !sql_reader_take(reader, "STORED");
}

static bool read_column_part(struct dump_reading *reading, struct schema_table *table, struct schema_column *column)
{
    struct sql_reader *reader = &reading->reader;
    if (sql_reader_take(reader, "NULL"))
        return true;
    else if (sql_reader_take(reader, "DEFAULT"))
        dump_read_default(reading, column);
    else if (sql_reader_take(reader, "COLLATE")) {
        struct dump_name collation = dump_read_name(reading);
        column->collation = collation.name;
    } else if (sql_reader_take(reader, "GENERATED"))
        read_generated(reading, column);
    else
        return dump_read_constraint(reading, table, column);
    return true;
}

/* Columns move when the list grows: a constraint only changes the one that is being read. */
void dump_read_column(struct dump_reading *reading, struct schema_table *table)
{
    struct sql_reader *reader = &reading->reader;
    const char *name = sql_reader_name(reader);
    if (name == NULL)
        return;
    struct schema_column *column = &list_add(reading->arena, table->columns, table->column_count);
    *column = (struct schema_column){.name = name, .type = ""};
    dump_read_column_type(reading, column);
    while (read_column_part(reading, table, column))
        ;
}

static bool is_table_constraint(const struct sql_reader *reader)
{
    return sql_reader_is(reader, "CONSTRAINT") || sql_reader_is(reader, "PRIMARY") || sql_reader_is(reader, "UNIQUE") ||
           sql_reader_is(reader, "CHECK") || sql_reader_is(reader, "FOREIGN") || sql_reader_is(reader, "EXCLUDE") ||
           sql_reader_is(reader, "NOT");
}

void dump_read_columns(struct dump_reading *reading, struct schema_table *table)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take(reader, "(");
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ")") && !sql_reader_is(reader, ";")) {
        if (is_table_constraint(reader))
            dump_read_constraint(reading, table, NULL);
        else if (sql_reader_take(reader, "LIKE"))
            dump_add_other(reading, table->name, "the columns of LIKE");
        else
            dump_read_column(reading, table);
        sql_reader_until(reader, NULL);
        sql_reader_take(reader, ",");
    }
    if (!sql_reader_take(reader, ")"))
        reading->is_cut = true;
}
