/* The schema of a dump: which database it is of, and dumps of SQLite. */
#include "read_dump.h"

#include "read_dump_postgresql.h"
#include "read_sqlite.h"
#include "sql_reader.h"

#include <string.h>

/* ---- The database ------------------------------------------------------------------------------------------------ */

static void skip_statement(struct sql_reader *reader)
{
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";"))
        sql_reader_next(reader);
    sql_reader_take(reader, ";");
}

/* Return true if the statement is one that only PostgreSQL has. */
static bool is_postgresql_statement(struct sql_reader reader)
{
    static const char *const objects[] = {"TYPE", "SCHEMA", "EXTENSION", "SEQUENCE", "FUNCTION", "DOMAIN", "DATABASE"};
    static const char *const starts[] = {"SET", "COMMENT", "COPY", "DO", "GRANT", "\\"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (sql_reader_is(&reader, starts[i]))
            return true;
    if (sql_reader_take(&reader, "CREATE"))
        for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
            if (sql_reader_is(&reader, objects[i]))
                return true;
    if (sql_reader_take_words(&reader, "ALTER TABLE"))
        for (; reader.kind != SQL_TOKEN_END && !sql_reader_is(&reader, ";"); sql_reader_next(&reader))
            if (sql_reader_is(&reader, "ONLY") || sql_reader_is(&reader, "CONSTRAINT"))
                return true;
    return false;
}

/* Decide by the first statement that only one database has. */
static bool is_postgresql(struct arena *arena, const char *dump)
{
    enum { STATEMENTS = 1000 };
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_POSTGRESQL, dump);
    for (int i = 0; i < STATEMENTS && reader.kind != SQL_TOKEN_END; i++) {
        if (sql_reader_is(&reader, "PRAGMA"))
            return false;
        if (is_postgresql_statement(reader))
            return true;
        skip_statement(&reader);
    }
    return false;
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

enum { STEPS_MAX = 100 }; /* of the progress handler, each of 100,000 instructions */

/* Statements of a dump create tables, and what belongs to them; they must not reach files, or functions that do. */
static int authorize(void *data, int action, const char *first, const char *second, const char *third,
                     const char *fourth)
{
    (void)data;
    (void)first;
    (void)third;
    (void)fourth;
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH || action == SQLITE_PRAGMA)
        return SQLITE_DENY;
    return action == SQLITE_FUNCTION && strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
}

static int count_steps(void *data)
{
    return ++*(int *)data > STEPS_MAX;
}

static unsigned line_of(const char *text, const char *at)
{
    unsigned line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

/* Run the statement at `sql`. Return its end, or NULL. */
static const char *run_statement(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    const char *end = NULL;
    int code = sqlite3_prepare_v2(database, sql, -1, &statement, &end);
    while (code == SQLITE_OK || code == SQLITE_ROW)
        code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? end : NULL;
}

/* Virtual tables need their modules: the dump of SQLite's shell enters them into the schema, by INSERT INTO
 * sqlite_schema (...) VALUES ('table', 'name', ...). Return the name, or NULL if the statement is another one. */
static const char *virtual_table(struct sql_reader reader)
{
    if (sql_reader_take_words(&reader, "CREATE VIRTUAL TABLE")) {
        sql_reader_take_words(&reader, "IF NOT EXISTS");
        return sql_reader_name(&reader);
    }
    if (!sql_reader_take_words(&reader, "INSERT INTO sqlite_schema") &&
        !sql_reader_take_words(&reader, "INSERT INTO sqlite_master"))
        return NULL;
    sql_reader_parenthesized(&reader);
    bool has_values = sql_reader_take(&reader, "VALUES") && sql_reader_take(&reader, "(");
    bool has_name = has_values && sql_reader_name(&reader) != NULL && sql_reader_take(&reader, ",");
    return has_name ? sql_reader_name(&reader) : NULL;
}

/* Return false after setting *error. */
static bool run_dump(struct arena *arena, sqlite3 *database, const char *dump, struct schema_names *virtual_tables,
                     const char **error)
{
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_SQLITE, dump);
    while (reader.kind != SQL_TOKEN_END) {
        const char *virtual_name = virtual_table(reader);
        bool runs = virtual_name == NULL && (sql_reader_is(&reader, "CREATE") || sql_reader_is(&reader, "ALTER") ||
                                             sql_reader_is(&reader, "DROP"));
        if (virtual_name != NULL)
            list_add(arena, virtual_tables->items, virtual_tables->count) = virtual_name;
        if (!runs) {
            skip_statement(&reader);
            continue;
        }
        const char *end = run_statement(database, reader.start);
        if (end == NULL) {
            *error = arena_print(arena, "line %u: %s", line_of(dump, reader.start), sqlite3_errmsg(database));
            return false;
        }
        sql_reader_start(&reader, arena, DIALECT_SQLITE, end);
    }
    return true;
}

/* Return true if a module stores the rows of a virtual table in this one: fts5, fts3 and fts4, or rtree. */
static bool is_shadow(const char *table, const struct schema_names *virtual_tables)
{
    static const char *const ends[] = {"_data", "_idx",    "_content", "_docsize", "_config", "_segments",
                                       "_stat", "_segdir", "_node",    "_rowid",   "_parent"};
    for (size_t i = 0; i < virtual_tables->count; i++) {
        size_t length = strlen(virtual_tables->items[i]);
        bool is_start = strncmp(table, virtual_tables->items[i], length) == 0;
        for (size_t j = 0; is_start && j < sizeof ends / sizeof *ends; j++)
            if (strcmp(table + length, ends[j]) == 0)
                return true;
    }
    return false;
}

/* Name the virtual tables, and leave out those of their modules. */
static void add_virtual_tables(struct arena *arena, struct schema *schema, const struct schema_names *virtual_tables)
{
    size_t kept = 0;
    for (size_t i = 0; i < schema->table_count; i++)
        if (!is_shadow(schema->tables[i].name, virtual_tables))
            schema->tables[kept++] = schema->tables[i];
    schema->table_count = kept;
    for (size_t i = 0; i < virtual_tables->count; i++)
        list_add(arena, schema->others, schema->other_count) =
            (struct schema_other){.what = arena_print(arena, "the virtual table `%s`", virtual_tables->items[i])};
}

static sqlite3 *open_in_memory(int *steps)
{
    sqlite3 *database = NULL;
    if (sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
        sqlite3_set_authorizer(database, authorize, NULL);
        sqlite3_progress_handler(database, 100000, count_steps, steps);
    }
    return database;
}

static struct schema *read_sqlite(struct arena *arena, const char *dump, const char **error)
{
    int steps = 0;
    struct schema_names virtual_tables = {0};
    struct schema *schema = NULL;
    sqlite3 *database = open_in_memory(&steps);
    if (run_dump(arena, database, dump, &virtual_tables, error)) {
        sqlite3_set_authorizer(database, NULL, NULL);
        sqlite3_progress_handler(database, 0, NULL, NULL);
        schema = schema_read_sqlite(arena, database, error);
    }
    sqlite3_close(database);
    if (schema != NULL)
        add_virtual_tables(arena, schema, &virtual_tables);
    return schema;
}

/* Return true if the first statement begins with a word of SQL. A text may be anything. */
static bool is_script(struct arena *arena, const char *dump)
{
    static const char *const words[] = {"PRAGMA", "BEGIN", "CREATE", "ALTER", "DROP", "INSERT", "SELECT", "SET"};
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_SQLITE, dump);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sql_reader_is(&reader, words[i]))
            return true;
    return false;
}

struct schema *schema_read_dump(struct arena *arena, const char *dump, const char **error)
{
    if (is_postgresql(arena, dump))
        return dump_read_postgresql(arena, dump, error);
    if (is_script(arena, dump))
        return read_sqlite(arena, dump, error);
    *error = "it is neither an SQLite database nor a dump: its first word is not one of SQL";
    return NULL;
}
