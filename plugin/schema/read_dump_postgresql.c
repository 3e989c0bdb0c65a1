/* The statements of a dump of PostgreSQL. */
#include "read_dump_postgresql.h"

#include "name.h"
#include "output.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* ---- Names ------------------------------------------------------------------------------------------------------- */

struct dump_name dump_read_name(struct dump_reading *reading)
{
    struct dump_name name = {.name = sql_reader_name(&reading->reader)};
    if (name.name != NULL && sql_reader_take(&reading->reader, ".")) {
        name.schema = strcmp(name.name, "public") == 0 ? NULL : name.name;
        name.name = sql_reader_name(&reading->reader);
    }
    return name;
}

struct schema_table *dump_find_table(const struct dump_reading *reading, struct dump_name name)
{
    return name.name != NULL ? schema_find_table(reading->schema, name.schema, name.name) : NULL;
}

void dump_add_other(struct dump_reading *reading, const char *table, const char *what)
{
    list_add(reading->arena, reading->schema->others, reading->schema->other_count) =
        (struct schema_other){.table = table, .what = what};
}

void dump_add_of_index(struct dump_reading *reading, const struct schema_table *table, const char *property,
                       const char *index)
{
    dump_add_other(reading, table->name,
                   arena_print(reading->arena, "the index %s: %s", sql_name(reading->arena, index), property));
}

static const char *sql_of(struct dump_reading *reading, struct dump_name name)
{
    const char *sql = sql_name(reading->arena, name.name);
    return name.schema != NULL ? arena_print(reading->arena, "%s.%s", sql_name(reading->arena, name.schema), sql) : sql;
}

static void add_named_other(struct dump_reading *reading, const char *table, const char *what, struct dump_name name)
{
    if (name.name == NULL)
        return;
    dump_add_other(reading, table, arena_print(reading->arena, "%s %s", what, sql_of(reading, name)));
}

const char *dump_expression(struct dump_reading *reading, const char *sql)
{
    struct sql_reader reader;
    struct text text = {0};
    sql_reader_start(&reader, reading->arena, DIALECT_POSTGRESQL, sql);
    while (reader.kind != SQL_TOKEN_END) {
        struct sql_reader before = reader;
        if (sql_reader_take(&reader, "public") && sql_reader_take(&reader, "."))
            continue;
        reader = before;
        bool is_apart = text.length > 0 && reader.start > reader.previous_end;
        text_print(&text, "%s%.*s", is_apart ? " " : "", (int)reader.length, reader.start);
        sql_reader_next(&reader);
    }
    return sql_without_parentheses(reading->arena, DIALECT_POSTGRESQL, text_take(reading->arena, &text));
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static void read_enum(struct dump_reading *reading, struct dump_name name)
{
    struct sql_reader *reader = &reading->reader;
    struct schema_enum type = {
        .schema = name.schema, .home = name.schema != NULL ? name.schema : "public", .name = name.name};
    sql_reader_take(reader, "(");
    while (reader->kind == SQL_TOKEN_STRING) {
        list_add(reading->arena, type.labels.items, type.labels.count) = sql_reader_string(reader);
        sql_reader_next(reader);
        sql_reader_take(reader, ",");
    }
    if (!sql_reader_is(reader, ")")) /* such as U&'...' */
        add_named_other(reading, NULL, "a label that cannot be read of the enum type", name);
    else if (type.labels.count > 0)
        list_add(reading->arena, reading->schema->enums, reading->schema->enum_count) = type;
}

static void read_type(struct dump_reading *reading)
{
    struct dump_name name = dump_read_name(reading);
    if (name.name != NULL && sql_reader_take_words(&reading->reader, "AS ENUM"))
        read_enum(reading, name);
    else
        add_named_other(reading, NULL, "the type", name);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void read_table(struct dump_reading *reading, bool is_foreign)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take_words(reader, "IF NOT EXISTS");
    struct dump_name name = dump_read_name(reading);
    bool is_internal = name.name == NULL || strncmp(name.name, "armature_", 9) == 0;
    if (is_internal || dump_find_table(reading, name) != NULL || !sql_reader_is(reader, "("))
        return;
    struct schema_table table = {
        .schema = name.schema, .home = name.schema != NULL ? name.schema : "public", .name = name.name};
    dump_read_columns(reading, &table);
    list_add(reading->arena, reading->schema->tables, reading->schema->table_count) = table;
    if (is_foreign)
        dump_add_other(reading, name.name, "a foreign table: its server");
    if (sql_reader_take_words(reader, "PARTITION BY"))
        dump_add_other(reading, name.name, "its partitions");
    if (sql_reader_take(reader, "INHERITS"))
        dump_add_other(reading, name.name, "the table that it inherits from");
}

static void drop_table(struct dump_reading *reading, const struct schema_table *table)
{
    struct schema *schema = reading->schema;
    size_t index = table != NULL ? (size_t)(table - schema->tables) : schema->table_count;
    if (index >= schema->table_count)
        return;
    memmove(&schema->tables[index], &schema->tables[index + 1],
            (schema->table_count - index - 1) * sizeof *schema->tables);
    schema->table_count--;
}

/* The rows of a partition are those of its table. */
static void attach_partition(struct dump_reading *reading)
{
    drop_table(reading, dump_find_table(reading, dump_read_name(reading)));
}

static void alter_column(struct dump_reading *reading, struct schema_table *table)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take(reader, "COLUMN");
    const char *name = sql_reader_name(reader);
    struct schema_column *column = name != NULL ? schema_find_column(table, name) : NULL;
    if (column == NULL)
        return;
    if (sql_reader_take_words(reader, "SET DEFAULT"))
        dump_read_default(reading, column);
    else if (sql_reader_take_words(reader, "SET NOT NULL"))
        column->is_not_null = true;
    else if (sql_reader_take_words(reader, "ADD GENERATED"))
        column->is_identity = true;
}

/* A script may add a column that the table has, IF NOT EXISTS. */
static void add_column(struct dump_reading *reading, struct schema_table *table)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take(reader, "COLUMN");
    sql_reader_take_words(reader, "IF NOT EXISTS");
    struct sql_reader start = *reader;
    const char *name = sql_reader_name(reader);
    *reader = start;
    if (name != NULL && schema_find_column(table, name) == NULL)
        dump_read_column(reading, table);
}

static void alter_table(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take_words(reader, "IF EXISTS");
    sql_reader_take(reader, "ONLY");
    struct dump_name name = dump_read_name(reading);
    struct schema_table *table = dump_find_table(reading, name);
    if (table == NULL)
        return;
    do {
        if (sql_reader_take_words(reader, "ATTACH PARTITION")) {
            attach_partition(reading);
            return;
        }
        if (sql_reader_take(reader, "ALTER"))
            alter_column(reading, table);
        else if (sql_reader_take_words(reader, "ENABLE ROW LEVEL SECURITY"))
            dump_add_other(reading, table->name, "row-level security");
        else if (sql_reader_take(reader, "ADD") && !dump_read_constraint(reading, table, NULL))
            add_column(reading, table);
        sql_reader_until(reader, NULL);
    } while (sql_reader_take(reader, ","));
}

/* ---- Other objects ----------------------------------------------------------------------------------------------- */

/* Return the name of a table, after the next ON. */
static const char *read_subject(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";") && !sql_reader_is(reader, "ON"))
        sql_reader_next(reader);
    return sql_reader_take(reader, "ON") ? dump_read_name(reading).name : NULL;
}

static void read_function(struct dump_reading *reading, const char *what)
{
    struct dump_name name = dump_read_name(reading);
    const char *arguments = sql_reader_parenthesized(&reading->reader);
    if (name.name != NULL && arguments != NULL)
        dump_add_other(reading, NULL,
                       arena_print(reading->arena, "%s %s(%s)", what, sql_name(reading->arena, name.name),
                                   dump_expression(reading, arguments)));
}

/* A dump does not say the types of a view's columns. */
static void read_view(struct dump_reading *reading, const char *what)
{
    struct dump_name name = dump_read_name(reading);
    if (name.name != NULL)
        dump_add_other(reading, NULL,
                       arena_print(reading->arena, "%s %s: a dump does not have the types of its columns", what,
                                   sql_name(reading->arena, name.name)));
}

/* A domain is NOT NULL, too, if the one on which it is based is. */
static void read_domain(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    struct dump_name name = dump_read_name(reading);
    add_named_other(reading, NULL, "the domain", name);
    if (name.name == NULL)
        return;
    sql_reader_take(reader, "AS");
    struct schema_column base = {0};
    dump_read_column_type(reading, &base);
    while (!base.is_not_null && reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";")) {
        base.is_not_null = sql_reader_take_words(reader, "NOT NULL");
        if (!base.is_not_null && sql_reader_parenthesized(reader) == NULL)
            sql_reader_next(reader);
    }
    if (base.is_not_null)
        list_add(reading->arena, reading->not_null_domains.items, reading->not_null_domains.count) =
            sql_of(reading, name);
}

static void create(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    sql_reader_take_words(reader, "OR REPLACE");
    sql_reader_take(reader, "UNLOGGED");
    bool is_foreign = sql_reader_take(reader, "FOREIGN");
    bool is_unique = sql_reader_take(reader, "UNIQUE");
    if (sql_reader_take(reader, "INDEX"))
        dump_read_index(reading, is_unique);
    else if (sql_reader_take(reader, "TABLE"))
        read_table(reading, is_foreign);
    else if (sql_reader_take(reader, "TYPE"))
        read_type(reading);
    else if (sql_reader_take(reader, "DOMAIN"))
        read_domain(reading);
    else if (sql_reader_take(reader, "VIEW"))
        read_view(reading, "the view");
    else if (sql_reader_take_words(reader, "MATERIALIZED VIEW"))
        read_view(reading, "the materialized view");
    else if (sql_reader_take(reader, "FUNCTION"))
        read_function(reading, "the function");
    else if (sql_reader_take(reader, "PROCEDURE"))
        read_function(reading, "the procedure");
    else if (sql_reader_take(reader, "TRIGGER") || sql_reader_take_words(reader, "CONSTRAINT TRIGGER")) {
        struct dump_name name = dump_read_name(reading);
        add_named_other(reading, read_subject(reading), "the trigger", name);
    } else if (sql_reader_take(reader, "POLICY")) {
        struct dump_name name = dump_read_name(reading);
        add_named_other(reading, read_subject(reading), "the policy", name);
    }
}

static void read_comment(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    bool is_table = sql_reader_take(reader, "TABLE");
    if (!is_table && !sql_reader_take(reader, "COLUMN"))
        return;
    struct dump_name name = dump_read_name(reading);
    const char *column = sql_reader_take(reader, ".") ? sql_reader_name(reader) : NULL;
    if (!is_table && column == NULL) { /* table.column, without a schema */
        column = name.name;
        name = (struct dump_name){.name = name.schema != NULL ? name.schema : "public"};
    }
    struct schema_table *table = dump_find_table(reading, name);
    if (table == NULL || !sql_reader_take(reader, "IS") || reader->kind != SQL_TOKEN_STRING)
        return;
    struct schema_column *found = column != NULL ? schema_find_column(table, column) : NULL;
    const char *comment = sql_reader_string(reader);
    if (comment[0] == '\0')
        comment = NULL;
    if (is_table)
        table->comment = comment;
    else if (found != NULL)
        found->comment = comment;
}

/* ---- The dump ---------------------------------------------------------------------------------------------------- */

/* Skip the rows after COPY ... FROM stdin, which end with \. on a line. */
static void skip_rows(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    bool has_rows = false;
    for (; reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";"); sql_reader_next(reader))
        has_rows = has_rows || sql_reader_is(reader, "stdin");
    const char *end = has_rows && reader->kind != SQL_TOKEN_END ? strstr(reader->start, "\n\\.") : NULL;
    if (end != NULL)
        sql_reader_start(reader, reading->arena, DIALECT_POSTGRESQL, end + strlen("\n\\."));
    else if (has_rows)
        reading->is_cut = true;
}

/* A command of psql is one line. */
static void skip_line(struct dump_reading *reading)
{
    const char *line = reading->reader.start + strcspn(reading->reader.start, "\n");
    sql_reader_start(&reading->reader, reading->arena, DIALECT_POSTGRESQL, line);
}

static void read_statement(struct dump_reading *reading)
{
    struct sql_reader *reader = &reading->reader;
    if (sql_reader_is(reader, "\\")) {
        skip_line(reading);
        return;
    }
    if (sql_reader_take(reader, "COPY")) {
        skip_rows(reading);
        return;
    }
    if (sql_reader_take(reader, "CREATE"))
        create(reading);
    else if (sql_reader_take_words(reader, "ALTER TABLE"))
        alter_table(reading);
    else if (sql_reader_take_words(reader, "COMMENT ON"))
        read_comment(reading);
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";"))
        sql_reader_next(reader);
    sql_reader_take(reader, ";");
}

static int compare_texts(const char *left, const char *right)
{
    return strcmp(left != NULL ? left : "", right != NULL ? right : "");
}

static int compare_tables(const void *left, const void *right)
{
    const struct schema_table *a = left, *b = right;
    int order = compare_texts(a->home, b->home);
    return order != 0 ? order : compare_texts(a->name, b->name);
}

static int compare_indexes(const void *left, const void *right)
{
    return compare_texts(((const struct schema_index *)left)->name, ((const struct schema_index *)right)->name);
}

static int compare_foreign_keys(const void *left, const void *right)
{
    return compare_texts(((const struct schema_foreign_key *)left)->name,
                         ((const struct schema_foreign_key *)right)->name);
}

static int compare_checks(const void *left, const void *right)
{
    return compare_texts(((const struct schema_check *)left)->name, ((const struct schema_check *)right)->name);
}

static int compare_enums(const void *left, const void *right)
{
    const struct schema_enum *a = left, *b = right;
    int order = compare_texts(a->home, b->home);
    return order != 0 ? order : compare_texts(a->name, b->name);
}

static int compare_others(const void *left, const void *right)
{
    const struct schema_other *a = left, *b = right;
    int order = compare_texts(a->table, b->table);
    return order != 0 ? order : compare_texts(a->what, b->what);
}

static void sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(items, count, size, compare);
}

/* Sort everything as it is read from a server. */
static void sort_schema(struct schema *schema)
{
    sort(schema->enums, schema->enum_count, sizeof *schema->enums, compare_enums);
    sort(schema->tables, schema->table_count, sizeof *schema->tables, compare_tables);
    sort(schema->others, schema->other_count, sizeof *schema->others, compare_others);
    for (size_t i = 0; i < schema->table_count; i++) {
        struct schema_table *table = &schema->tables[i];
        sort(table->indexes, table->index_count, sizeof *table->indexes, compare_indexes);
        sort(table->foreign_keys, table->foreign_key_count, sizeof *table->foreign_keys, compare_foreign_keys);
        sort(table->checks, table->check_count, sizeof *table->checks, compare_checks);
    }
}

struct schema *dump_read_postgresql(struct arena *arena, const char *dump, const char **error)
{
    struct dump_reading reading = {.arena = arena, .schema = arena_take(arena, sizeof *reading.schema)};
    reading.schema->dialect = &dialect_postgresql;
    sql_reader_start(&reading.reader, arena, DIALECT_POSTGRESQL, dump);
    while (reading.reader.kind != SQL_TOKEN_END)
        read_statement(&reading);
    sort_schema(reading.schema);
    if (!reading.is_cut && !reading.reader.is_cut)
        return reading.schema;
    *error = "the dump ends within a statement: it is cut off";
    return NULL;
}
