/* The schema of an SQLite database.
 *
 * Each pragma is a statement with the table's name as its parameter, prepared once. Tables are in the order of
 * sqlite_schema, which is that of their creation. */
#include "read_sqlite.h"

#include "name.h"
#include "read_sqlite_text.h"
#include "sql.h"
#include "sql_reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct sqlite_reading {
    struct arena *arena;
    sqlite3 *database;
    struct schema *schema;
    const char *error; /* the first one */
};

/* ---- Statements -------------------------------------------------------------------------------------------------- */

static void note_error(struct sqlite_reading *reading, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW && reading->error == NULL)
        reading->error = arena_text(reading->arena, sqlite3_errmsg(reading->database));
}

/* Return the statement with its parameter, or NULL. */
static sqlite3_stmt *prepare(struct sqlite_reading *reading, const char *sql, const char *name)
{
    sqlite3_stmt *statement = NULL;
    note_error(reading, sqlite3_prepare_v2(reading->database, sql, -1, &statement, NULL));
    if (statement != NULL && name != NULL)
        note_error(reading, sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC));
    return statement;
}

static bool next_row(struct sqlite_reading *reading, sqlite3_stmt *statement)
{
    int code = statement != NULL ? sqlite3_step(statement) : SQLITE_DONE;
    note_error(reading, code);
    return code == SQLITE_ROW;
}

/* Return the value as a string in the arena, or NULL. */
static const char *text_of(const struct sqlite_reading *reading, sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text != NULL ? arena_text(reading->arena, (const char *)text) : NULL;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* SQLite takes a name in place of a value for a string. */
static const char *default_of(struct arena *arena, const char *text)
{
    static const char values[] = " null true false current_time current_date current_timestamp ";
    if (text == NULL)
        return NULL;
    if (name_is_in(values, name_folded(arena, text)))
        return name_upper(arena, text);
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_SQLITE, text);
    bool is_name = reader.kind == SQL_TOKEN_NAME || reader.kind == SQL_TOKEN_WORD;
    const char *name = is_name ? sql_reader_name(&reader) : NULL;
    if (name != NULL && reader.kind == SQL_TOKEN_END)
        return sql_string(arena, name);
    return sql_parenthesized(arena, sql_on_one_line(arena, DIALECT_SQLITE, text));
}

/* Hidden columns of table_xinfo: 2 is generated when it is read, 3 is stored. */
static void read_columns(struct sqlite_reading *reading, struct schema_table *table)
{
    static const char sql[] = "SELECT name, type, \"notnull\", dflt_value, hidden FROM pragma_table_xinfo(?1) "
                              "WHERE hidden <> 1 ORDER BY cid";
    sqlite3_stmt *statement = prepare(reading, sql, table->name);
    while (next_row(reading, statement)) {
        const char *type = text_of(reading, statement, 1);
        struct schema_column *column = &list_add(reading->arena, table->columns, table->column_count);
        *column = (struct schema_column){.name = text_of(reading, statement, 0),
                                         .type = type != NULL ? type : "",
                                         .is_not_null = sqlite3_column_int(statement, 2) != 0,
                                         .default_sql = default_of(reading->arena, text_of(reading, statement, 3)),
                                         .is_virtual = sqlite3_column_int(statement, 4) == 2};
    }
    sqlite3_finalize(statement);
}

/* A single INTEGER key is the number of the row, unless there is an index for it. */
static void mark_identity(struct sqlite_reading *reading, const struct schema_table *table)
{
    static const char sql[] = "SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'";
    if (table->key.count != 1)
        return;
    struct schema_column *column = schema_find_column(table, table->key.items[0]);
    if (column == NULL || strcasecmp(column->type, "INTEGER") != 0 || table->has_no_rowid)
        return;
    sqlite3_stmt *statement = prepare(reading, sql, table->name);
    column->is_identity = !next_row(reading, statement);
    sqlite3_finalize(statement);
}

static void read_key(struct sqlite_reading *reading, struct schema_table *table)
{
    static const char sql[] = "SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk";
    sqlite3_stmt *statement = prepare(reading, sql, table->name);
    while (next_row(reading, statement))
        list_add(reading->arena, table->key.items, table->key.count) = text_of(reading, statement, 0);
    sqlite3_finalize(statement);
    mark_identity(reading, table);
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

static enum on_delete action_of(const char *name)
{
    static const struct {
        const char *name;
        enum on_delete action;
    } actions[] = {{"CASCADE", ON_DELETE_CASCADE}, {"SET NULL", ON_DELETE_SET_NULL}, {"RESTRICT", ON_DELETE_RESTRICT}};
    for (size_t i = 0; name != NULL && i < sizeof actions / sizeof *actions; i++)
        if (strcasecmp(name, actions[i].name) == 0)
            return actions[i].action;
    return ON_DELETE_UNSET;
}

static void add_foreign_key(struct sqlite_reading *reading, struct schema_table *table, sqlite3_stmt *statement)
{
    struct schema_foreign_key *key = &list_add(reading->arena, table->foreign_keys, table->foreign_key_count);
    *key = (struct schema_foreign_key){.table = text_of(reading, statement, 1),
                                       .on_delete = action_of(text_of(reading, statement, 4)),
                                       .on_update = action_of(text_of(reading, statement, 5))};
    for (int i = 4; i <= 5; i++) {
        const char *action = text_of(reading, statement, i);
        if (action != NULL && strcasecmp(action, "SET DEFAULT") == 0)
            list_add(reading->arena, reading->schema->others, reading->schema->other_count) = (struct schema_other){
                .table = table->name,
                .what = arena_print(reading->arena, "ON %s SET DEFAULT of the foreign key to `%s`",
                                    i == 4 ? "DELETE" : "UPDATE", key->table)};
    }
}

/* SQLite numbers foreign keys from the last one. */
static void read_foreign_keys(struct sqlite_reading *reading, struct schema_table *table)
{
    static const char sql[] = "SELECT seq, \"table\", \"from\", \"to\", on_delete, on_update "
                              "FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq";
    sqlite3_stmt *statement = prepare(reading, sql, table->name);
    while (next_row(reading, statement)) {
        const char *to = text_of(reading, statement, 3);
        if (sqlite3_column_int(statement, 0) == 0 || table->foreign_key_count == 0)
            add_foreign_key(reading, table, statement);
        struct schema_foreign_key *key = &table->foreign_keys[table->foreign_key_count - 1];
        list_add(reading->arena, key->columns.items, key->columns.count) = text_of(reading, statement, 2);
        if (to != NULL)
            list_add(reading->arena, key->referred.items, key->referred.count) = to;
    }
    sqlite3_finalize(statement);
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

/* Return the collation of the part if it differs from that of its column. */
static const char *collation_of(struct arena *arena, const struct schema_table *table, const char *column,
                                const char *collation)
{
    const struct schema_column *found = column != NULL ? schema_find_column(table, column) : NULL;
    if (found == NULL || collation == NULL)
        return NULL;
    bool is_same = strcasecmp(collation, found->collation != NULL ? found->collation : "BINARY") == 0;
    return is_same ? NULL : arena_print(arena, "COLLATE %s", collation);
}

/* Return true if the collation of a part differs from that of its column. */
static bool read_parts(struct sqlite_reading *reading, const struct schema_table *table, struct schema_index *index,
                       const char *name)
{
    static const char sql[] = "SELECT name, \"desc\", coll FROM pragma_index_xinfo(?1) WHERE key ORDER BY seqno";
    sqlite3_stmt *statement = prepare(reading, sql, name);
    bool is_collated = false;
    while (next_row(reading, statement)) {
        const char *column = text_of(reading, statement, 0);
        struct schema_part part = {.column = column,
                                   .extra = collation_of(reading->arena, table, column, text_of(reading, statement, 2)),
                                   .is_descending = sqlite3_column_int(statement, 1) != 0};
        is_collated = is_collated || part.extra != NULL;
        list_add(reading->arena, index->parts, index->part_count) = part;
    }
    sqlite3_finalize(statement);
    return is_collated;
}

/* The index of a constraint has a name that SQLite made up, which the schema leaves out. The index of the primary key
 * is listed only if its collations differ from those of the columns, because the schema's key is a list of columns. */
static void read_indexes(struct sqlite_reading *reading, struct schema_table *table)
{
    static const char sql[] =
        "SELECT l.name, l.\"unique\", s.sql, l.origin = 'pk' FROM pragma_index_list(?1) AS l LEFT JOIN sqlite_schema "
        "AS s ON s.type = 'index' AND s.name = l.name ORDER BY s.rowid";
    sqlite3_stmt *statement = prepare(reading, sql, table->name);
    while (next_row(reading, statement)) {
        const char *name = text_of(reading, statement, 0), *text = text_of(reading, statement, 2);
        struct schema_index index = {.name = text != NULL ? name : NULL,
                                     .is_unique = sqlite3_column_int(statement, 1) != 0,
                                     .is_constraint = text == NULL};
        bool is_collated = read_parts(reading, table, &index, name);
        if (sqlite3_column_int(statement, 3) != 0 && !is_collated)
            continue;
        if (text != NULL)
            read_sqlite_index_text(reading->arena, &index, text);
        list_add(reading->arena, table->indexes, table->index_count) = index;
    }
    sqlite3_finalize(statement);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Names of Armature's tables are for it, as sqlite_ ones are for SQLite. */
static bool is_internal(const char *name)
{
    return strncasecmp(name, "sqlite_", 7) == 0 || strncasecmp(name, "armature_", 9) == 0;
}

static void add_other(struct sqlite_reading *reading, const char *table, const char *what)
{
    list_add(reading->arena, reading->schema->others, reading->schema->other_count) =
        (struct schema_other){.table = table, .what = what};
}

static void read_table(struct sqlite_reading *reading, struct schema_table *table, const char *sql)
{
    read_columns(reading, table);
    read_key(reading, table);
    read_foreign_keys(reading, table);
    if (sql != NULL)
        read_sqlite_table_text(reading->arena, reading->schema, table, sql);
    read_indexes(reading, table); /* after the collations of columns, which are in the text */
    list_add(reading->arena, reading->schema->tables, reading->schema->table_count) = *table;
}

/* A view can be broken by a later change of its tables; the others can be read all the same. */
static void read_view(struct sqlite_reading *reading, struct schema_table *view, const char *sql)
{
    const char *before = reading->error;
    view->kind = SCHEMA_VIEW;
    view->view_sql = sql != NULL ? read_sqlite_view_text(reading->arena, sql) : NULL;
    read_columns(reading, view);
    if (reading->error == before && view->column_count > 0) {
        list_add(reading->arena, reading->schema->tables, reading->schema->table_count) = *view;
        return;
    }
    const char *reason = reading->error != before ? reading->error : "it has no columns";
    add_other(reading, NULL, arena_print(reading->arena, "the view `%s`: %s", view->name, reason));
    reading->error = before;
}

static void read_object(struct sqlite_reading *reading, sqlite3_stmt *statement)
{
    struct schema_table table = {.name = text_of(reading, statement, 0),
                                 .has_no_rowid = sqlite3_column_int(statement, 2) != 0,
                                 .is_strict = sqlite3_column_int(statement, 3) != 0};
    const char *type = text_of(reading, statement, 1), *sql = text_of(reading, statement, 4);
    if (table.name == NULL || type == NULL || is_internal(table.name) || strcmp(type, "shadow") == 0)
        return;
    if (strcmp(type, "virtual") == 0)
        add_other(reading, NULL, arena_print(reading->arena, "the virtual table `%s`", table.name));
    else if (strcmp(type, "view") == 0)
        read_view(reading, &table, sql);
    else
        read_table(reading, &table, sql);
}

static void read_objects(struct sqlite_reading *reading)
{
    static const char sql[] = "SELECT l.name, l.type, l.wr, l.strict, s.sql FROM sqlite_schema AS s "
                              "JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name "
                              "WHERE s.type IN ('table', 'view') ORDER BY s.rowid";
    sqlite3_stmt *statement = prepare(reading, sql, NULL);
    while (next_row(reading, statement))
        read_object(reading, statement);
    sqlite3_finalize(statement);
}

static void read_triggers(struct sqlite_reading *reading)
{
    static const char sql[] = "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
    sqlite3_stmt *statement = prepare(reading, sql, NULL);
    while (next_row(reading, statement)) {
        const char *name = text_of(reading, statement, 0), *table = text_of(reading, statement, 1);
        if (table != NULL && !is_internal(table))
            add_other(reading, table, arena_print(reading->arena, "the trigger `%s`", name));
    }
    sqlite3_finalize(statement);
}

/* SQLite compares names without their case: write each as its table does. */
static void unify_names(struct schema *schema)
{
    for (size_t i = 0; i < schema->table_count; i++)
        for (size_t j = 0; j < schema->tables[i].foreign_key_count; j++) {
            struct schema_foreign_key *key = &schema->tables[i].foreign_keys[j];
            for (size_t k = 0; k < schema->table_count; k++) {
                const struct schema_table *target = &schema->tables[k];
                if (strcasecmp(target->name, key->table) != 0)
                    continue;
                key->table = target->name;
                for (size_t column = 0; column < target->column_count; column++)
                    for (size_t name = 0; name < key->referred.count; name++)
                        if (strcasecmp(key->referred.items[name], target->columns[column].name) == 0)
                            key->referred.items[name] = target->columns[column].name;
            }
        }
}

struct schema *schema_read_sqlite(struct arena *arena, sqlite3 *database, const char **error)
{
    struct schema *schema = arena_take(arena, sizeof *schema);
    struct sqlite_reading reading = {.arena = arena, .database = database, .schema = schema};
    schema->dialect = &dialect_sqlite;
    read_objects(&reading);
    read_triggers(&reading);
    unify_names(schema);
    *error = reading.error;
    return reading.error == NULL ? schema : NULL;
}

/* SQLite creates the files of a write-ahead log even for reads, unless it may assume that nothing changes. That is so
 * if the database has a log that is not there: no other program has it open. */
static bool is_idle(struct arena *arena, const char *path)
{
    enum { VERSIONS = 18 };
    unsigned char versions[2] = {0};
    FILE *file = fopen(path, "rb");
    bool is_logged = file != NULL && fseek(file, VERSIONS, SEEK_SET) == 0 &&
                     fread(versions, 1, sizeof versions, file) == sizeof versions && versions[1] == 2;
    if (file != NULL)
        fclose(file);
    return is_logged && access(arena_print(arena, "%s-wal", path), F_OK) != 0;
}

/* Return the file as a URI. */
static const char *uri_of(struct arena *arena, const char *path)
{
    struct text uri = {0};
    text_add(&uri, "file:");
    for (; *path != '\0'; path++)
        text_print(&uri, strchr("%?#", *path) != NULL ? "%%%02X" : "%c", (unsigned char)*path);
    text_add(&uri, "?immutable=1");
    return text_take(arena, &uri);
}

sqlite3 *schema_open_sqlite(struct arena *arena, const char *path, const char **error)
{
    sqlite3 *database = NULL;
    bool idle = is_idle(arena, path);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (idle ? SQLITE_OPEN_URI : 0);
    int code = sqlite3_open_v2(idle ? uri_of(arena, path) : path, &database, flags, NULL);
    if (code == SQLITE_OK) {
        sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
        code = sqlite3_exec(database, "PRAGMA cell_size_check = ON; SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        return database;
    *error = database != NULL ? arena_text(arena, sqlite3_errmsg(database)) : "out of memory";
    sqlite3_close(database);
    return NULL;
}
