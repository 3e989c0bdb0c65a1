/* The text of SQLite's CREATE statements. SQLite has parsed it, so that errors of syntax need no report. */
#include "read_sqlite_text.h"

#include "sql_reader.h"

#include <string.h>
#include <strings.h>

struct table_text {
    struct sql_reader reader;
    struct arena *arena;
    struct schema *schema;
    struct schema_table *table;
    struct schema_column *column; /* whose definition is being read; NULL in constraints of the table */
    size_t foreign_key_count;     /* that were read */
    const char *constraint;       /* the name of the current one, or NULL */
};

static void add_other(const struct table_text *text, const char *what)
{
    list_add(text->arena, text->schema->others, text->schema->other_count) =
        (struct schema_other){.table = text->table->name, .what = what};
}

/* ---- Constraints ------------------------------------------------------------------------------------------------- */

static bool is_column_constraint(const struct sql_reader *reader)
{
    static const char *const words[] = {"CONSTRAINT", "PRIMARY", "NOT",        "NULL",      "UNIQUE", "CHECK",
                                        "DEFAULT",    "COLLATE", "REFERENCES", "GENERATED", "AS"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sql_reader_is(reader, words[i]))
            return true;
    return false;
}

static void read_conflict(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    if (!sql_reader_take_words(reader, "ON CONFLICT"))
        return;
    const char *what = text->column != NULL ? arena_print(text->arena, " of `%s`", text->column->name) : "";
    add_other(text, arena_print(text->arena, "ON CONFLICT %.*s%s", (int)reader->length, reader->start, what));
    sql_reader_next(reader);
}

static void read_check(struct table_text *text)
{
    struct schema_check check = {.name = text->constraint, .sql = sql_reader_parenthesized(&text->reader)};
    if (check.sql == NULL)
        return;
    if (text->column != NULL)
        check.column = text->column->name;
    list_add(text->arena, text->table->checks, text->table->check_count) = check;
    read_conflict(text);
}

/* Read everything after REFERENCES that decides when the key is checked. */
static void read_reference(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    struct schema_foreign_key *key = NULL;
    if (text->foreign_key_count < text->table->foreign_key_count)
        key = &text->table->foreign_keys[text->foreign_key_count++];
    sql_reader_name(reader);
    sql_reader_parenthesized(reader);
    bool is_deferred = false, has_more = true;
    while (has_more) {
        if (sql_reader_take_words(reader, "NOT DEFERRABLE")) {
            sql_reader_take_words(reader, "INITIALLY DEFERRED");
            sql_reader_take_words(reader, "INITIALLY IMMEDIATE");
        } else if (sql_reader_take(reader, "DEFERRABLE")) {
            is_deferred = sql_reader_take_words(reader, "INITIALLY DEFERRED");
            sql_reader_take_words(reader, "INITIALLY IMMEDIATE");
        } else if (sql_reader_take(reader, "MATCH")) {
            sql_reader_next(reader);
        } else if (sql_reader_take(reader, "ON")) {
            sql_reader_next(reader);
            if (!sql_reader_take_words(reader, "SET NULL") && !sql_reader_take_words(reader, "SET DEFAULT") &&
                !sql_reader_take_words(reader, "NO ACTION"))
                sql_reader_next(reader);
        } else {
            has_more = false;
        }
    }
    if (key != NULL) {
        key->is_deferrable = is_deferred;
        key->name = text->constraint;
    }
}

static void read_primary_key(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    sql_reader_take(reader, "KEY");
    sql_reader_parenthesized(reader);
    if (!sql_reader_take(reader, "ASC"))
        sql_reader_take(reader, "DESC");
    read_conflict(text);
    if (sql_reader_take(reader, "AUTOINCREMENT"))
        add_other(text, "AUTOINCREMENT: SQLite never uses the number of a deleted row again");
}

/* Read a constraint that a table and a column may have. Return false if it is another one. */
static bool read_constraint(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    if (sql_reader_take(reader, "CHECK"))
        read_check(text);
    else if (sql_reader_take(reader, "PRIMARY"))
        read_primary_key(text);
    else if (sql_reader_take(reader, "UNIQUE")) {
        sql_reader_parenthesized(reader);
        read_conflict(text);
    } else if (sql_reader_take(reader, "REFERENCES"))
        read_reference(text);
    else
        return false;
    return true;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Skip a default. The pragma has its text. */
static void skip_default(struct sql_reader *reader)
{
    if (sql_reader_parenthesized(reader) != NULL)
        return;
    if (!sql_reader_take(reader, "-"))
        sql_reader_take(reader, "+");
    sql_reader_next(reader);
}

static void read_generated(struct table_text *text)
{
    text->column->generated_sql = sql_reader_parenthesized(&text->reader);
}

static bool read_column_constraint(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    if (read_constraint(text))
        return true;
    if (sql_reader_take_words(reader, "NOT NULL") || sql_reader_take(reader, "NULL"))
        read_conflict(text);
    else if (sql_reader_take(reader, "DEFAULT"))
        skip_default(reader);
    else if (sql_reader_take(reader, "COLLATE"))
        text->column->collation = sql_reader_name(reader);
    else if (sql_reader_take_words(reader, "GENERATED ALWAYS AS") || sql_reader_take(reader, "AS"))
        read_generated(text);
    else if (!sql_reader_take(reader, "STORED") && !sql_reader_take(reader, "VIRTUAL"))
        return false;
    return true;
}

/* SQLite's own collation is that of a column without one. */
static void finish_column(struct schema_column *column)
{
    if (column->collation != NULL && strcasecmp(column->collation, "BINARY") == 0)
        column->collation = NULL;
}

static struct schema_column *find_column(struct schema_table *table, const char *name)
{
    for (size_t i = 0; name != NULL && i < table->column_count; i++)
        if (strcasecmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

static void read_constraint_name(struct table_text *text)
{
    text->constraint = sql_reader_take(&text->reader, "CONSTRAINT") ? sql_reader_name(&text->reader) : NULL;
}

static void read_column(struct table_text *text)
{
    struct sql_reader *reader = &text->reader;
    text->column = find_column(text->table, sql_reader_name(reader));
    if (text->column == NULL)
        return;
    sql_reader_until(reader, is_column_constraint);
    do
        read_constraint_name(text);
    while (read_column_constraint(text));
    finish_column(text->column);
    text->column = NULL;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Read a constraint of the table. Commas between them are optional in SQLite. */
static bool read_table_constraint(struct table_text *text)
{
    read_constraint_name(text);
    if (!sql_reader_take_words(&text->reader, "FOREIGN KEY"))
        return read_constraint(text);
    sql_reader_parenthesized(&text->reader);
    return read_constraint(text);
}

static bool is_table_constraint(const struct sql_reader *reader)
{
    return sql_reader_is(reader, "CONSTRAINT") || sql_reader_is(reader, "PRIMARY") || sql_reader_is(reader, "UNIQUE") ||
           sql_reader_is(reader, "CHECK") || sql_reader_is(reader, "FOREIGN");
}

/* Skip `CREATE … name` up to its parenthesis. Return false if there is none: CREATE TABLE … AS has one in SQLite's
 * schema. */
static bool skip_to_columns(struct sql_reader *reader)
{
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, "("))
        sql_reader_next(reader);
    return sql_reader_take(reader, "(");
}

void read_sqlite_table_text(struct arena *arena, struct schema *schema, struct schema_table *table, const char *sql)
{
    struct table_text text = {.arena = arena, .schema = schema, .table = table};
    struct sql_reader *reader = &text.reader;
    sql_reader_start(reader, arena, DIALECT_SQLITE, sql);
    if (!skip_to_columns(reader))
        return;
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ")")) {
        const char *before = reader->start;
        if (is_table_constraint(reader))
            read_table_constraint(&text);
        else
            read_column(&text);
        sql_reader_take(reader, ",");
        if (reader->start == before)
            sql_reader_next(reader);
    }
}

/* ---- Indexes and views ------------------------------------------------------------------------------------------- */

static bool is_part_end(const struct sql_reader *reader)
{
    return sql_reader_is(reader, "COLLATE") || sql_reader_is(reader, "ASC") || sql_reader_is(reader, "DESC");
}

/* Read an expression and its collation, unless an operator follows that; or skip a column. */
static void read_part(struct arena *arena, struct sql_reader *reader, struct schema_part *part)
{
    struct sql_reader start = *reader;
    const char *expression = sql_reader_until(reader, is_part_end), *collation = NULL;
    if (sql_reader_take(reader, "COLLATE"))
        collation = sql_reader_name(reader);
    if (!sql_reader_take(reader, "ASC"))
        sql_reader_take(reader, "DESC");
    if (!sql_reader_is(reader, ",") && !sql_reader_is(reader, ")")) {
        *reader = start;
        expression = sql_reader_until(reader, NULL);
        collation = NULL;
    }
    if (part->column != NULL)
        return;
    part->expression = sql_without_parentheses(arena, DIALECT_SQLITE, expression);
    if (collation != NULL)
        part->extra = arena_print(arena, "COLLATE %s", collation);
}

void read_sqlite_index_text(struct arena *arena, struct schema_index *index, const char *sql)
{
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_SQLITE, sql);
    if (!skip_to_columns(&reader))
        return;
    for (size_t i = 0; i < index->part_count; i++) {
        read_part(arena, &reader, &index->parts[i]);
        sql_reader_take(&reader, ",");
    }
    sql_reader_take(&reader, ")");
    if (sql_reader_take(&reader, "WHERE"))
        index->where_sql = sql_reader_until(&reader, NULL);
}

/* The names of the columns after the view are those of a common table expression, which has the same SELECT. */
const char *read_sqlite_view_text(struct arena *arena, const char *sql)
{
    struct sql_reader reader;
    const char *columns = NULL;
    sql_reader_start(&reader, arena, DIALECT_SQLITE, sql);
    while (reader.kind != SQL_TOKEN_END && !sql_reader_is(&reader, "AS")) {
        if (sql_reader_is(&reader, "("))
            columns = sql_reader_parenthesized(&reader);
        else
            sql_reader_next(&reader);
    }
    if (!sql_reader_take(&reader, "AS"))
        return NULL;
    const char *select = arena_text(arena, reader.start);
    if (columns == NULL)
        return select;
    return arena_print(arena, "WITH renamed (%s) AS (%s) SELECT * FROM renamed", columns,
                       sql_on_one_line(arena, DIALECT_SQLITE, select)); /* a comment at its end would hide the rest */
}
