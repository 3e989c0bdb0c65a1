/* The form in which a PostgreSQL server prints the types and expressions of tables.
 *
 * Each object is created after a savepoint, so that one that the server refuses does not matter to the others. A
 * temporary object has the name of the model's, because a view may name its tables; only those of another schema have
 * names that cannot collide. Indexes and checks are found by their numbers, which are their names. */
#include "server_form.h"

#include "ddl.h"
#include "findings.h"
#include "read_postgresql.h"
#include "sql.h"

#ifdef ARMATURE_LIBPQ
#include <string.h>

struct forming {
    struct arena *arena;
    PGconn *connection;
    struct schema *form;
    const bool *flags;
    struct diagnostics *notes;
    const char *refused; /* why the server permits no temporary tables; NULL: it does */
};

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Read-only transactions, and users without the privilege. */
static bool is_general(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == NULL || strcmp(state, "25006") == 0 || strcmp(state, "42501") == 0;
}

/* Run the statements. Return NULL, or why the server refuses them. */
static const char *run(struct forming *forming, const char *sql)
{
    const char *error = NULL;
    PGresult *result = PQexec(forming->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        error = postgresql_error(forming->arena, result);
        if (is_general(result))
            forming->refused = error;
    }
    PQclear(result);
    return error;
}

/* Run the statements, or none of them. The server refuses all of a text with an error of syntax, so that the savepoint
 * must be there before it. */
static const char *create(struct forming *forming, struct text *sql)
{
    const char *error = run(forming, arena_print(forming->arena, "%s\nSAVEPOINT armature", sql->data));
    if (error != NULL)
        PQclear(PQexec(forming->connection, "ROLLBACK TO armature"));
    text_free(sql);
    return error;
}

/* ---- Temporary objects ------------------------------------------------------------------------------------------- */

static const char *temporary_name(const struct forming *forming, size_t table)
{
    const struct schema_table *model = &forming->form->tables[table];
    return model->schema == NULL ? model->name : arena_print(forming->arena, "model %zu", table);
}

static const char *check_name(const struct forming *forming, size_t check)
{
    return arena_print(forming->arena, "check %zu", check);
}

static const char *index_name(const struct forming *forming, size_t table, size_t index)
{
    return arena_print(forming->arena, "index %zu of model %zu", index, table);
}

static bool has_expression(const struct schema_index *index)
{
    for (size_t i = 0; i < index->part_count; i++)
        if (index->parts[i].column == NULL)
            return true;
    return index->where_sql != NULL;
}

/* A partitioned table has no storage, and neither have its indexes, so that the server creates no file. An index that
 * is unique would have to contain the key of the partitions. */
static void add_table(const struct forming *forming, struct text *sql, size_t number)
{
    const struct schema_table *model = &forming->form->tables[number];
    struct schema_table table = {
        .schema = "pg_temp", .name = temporary_name(forming, number), .columns = model->columns};
    for (size_t i = 0; i < model->check_count; i++)
        list_add(forming->arena, table.checks, table.check_count) =
            (struct schema_check){.name = check_name(forming, i), .sql = model->checks[i].sql};
    text_print(sql, "CREATE TABLE %s (\n", schema_table_sql(forming->arena, &table));
    for (size_t i = 0; i < model->column_count; i++) {
        struct schema_column column = model->columns[i];
        column.is_identity = false;
        ddl_add_column(sql, forming->arena, &table, &column, forming->form->dialect);
        text_add(sql, ",\n");
    }
    for (size_t i = 0; i < table.check_count; i++)
        text_print(sql, "CONSTRAINT %s CHECK (%s),\n", sql_name(forming->arena, table.checks[i].name),
                   table.checks[i].sql);
    text_add(sql, "\"a partition\" integer) PARTITION BY LIST (\"a partition\");\n");
    for (size_t i = 0; i < model->index_count; i++) {
        struct schema_index index = model->indexes[i];
        index.name = index_name(forming, number, i);
        index.is_unique = false;
        if (has_expression(&index))
            ddl_add_index(sql, forming->arena, &table, &index, DDL_NEW);
    }
}

static void add_view(const struct forming *forming, struct text *sql, size_t number)
{
    struct schema_table copy = forming->form->tables[number];
    copy.schema = "pg_temp";
    copy.name = temporary_name(forming, number);
    ddl_add_view(sql, forming->arena, &copy, forming->form->dialect);
}

/* Create the enum types that the database lacks, or has with other labels. */
static void create_enums(struct forming *forming, const struct schema *from)
{
    for (size_t i = 0; i < forming->form->enum_count && forming->refused == NULL; i++) {
        const struct schema_enum *type = &forming->form->enums[i];
        bool is_there = false;
        for (size_t j = 0; j < from->enum_count; j++)
            is_there = is_there || (from->enums[j].schema == NULL && strcmp(from->enums[j].name, type->name) == 0 &&
                                    schema_names_equal(&from->enums[j].labels, &type->labels));
        if (is_there)
            continue;
        struct text sql = {0};
        text_print(&sql, "CREATE TYPE %s AS ENUM (", ddl_name(forming->arena, "pg_temp", type->name));
        ddl_add_labels(&sql, forming->arena, type, "", "");
        text_add(&sql, ");");
        (void)create(forming, &sql);
    }
}

static void note(struct forming *forming, const struct schema_table *table, const char *error)
{
    forming->notes->rule = "not-compared";
    if (table == NULL)
        diagnostic_note(forming->notes, finding_nowhere,
                        "expressions were compared by their tokens, because the server permits no temporary tables: %s",
                        error);
    else
        diagnostic_note(forming->notes, table->at,
                        "%s: expressions were compared by their tokens, because the server refuses this table: %s",
                        table->name, error);
}

/* Return true if the table or view is to be created. Of a view that the program creates, only columns are known. */
static bool is_wanted(const struct forming *forming, size_t number, bool are_views)
{
    const struct schema_table *table = &forming->form->tables[number];
    return forming->flags[number] && (are_views ? table->view_sql != NULL : table->kind == SCHEMA_TABLE);
}

static void add_object(const struct forming *forming, struct text *sql, size_t number)
{
    if (forming->form->tables[number].kind == SCHEMA_TABLE)
        add_table(forming, sql, number);
    else
        add_view(forming, sql, number);
}

/* Create all tables, or all views, in one round trip. Return false if the server refuses one of them. */
static bool create_at_once(struct forming *forming, bool are_views)
{
    struct text sql = {0};
    for (size_t i = 0; i < forming->form->table_count; i++)
        if (is_wanted(forming, i, are_views))
            add_object(forming, &sql, i);
    return sql.data == NULL || create(forming, &sql) == NULL;
}

/* Create the tables, or the views, and make those loose that the server refuses. */
static void create_each(struct forming *forming, bool are_views)
{
    for (size_t i = 0; i < forming->form->table_count; i++) {
        struct schema_table *table = &forming->form->tables[i];
        if (!is_wanted(forming, i, are_views))
            continue;
        struct text sql = {0};
        const char *error = forming->refused;
        if (error == NULL) {
            add_object(forming, &sql, i);
            error = create(forming, &sql);
        }
        table->is_loose = error != NULL;
        if (error != NULL && forming->refused == NULL)
            note(forming, table, error);
    }
}

static void create_all(struct forming *forming)
{
    for (int are_views = 0; are_views < 2; are_views++)
        if (forming->refused != NULL || !create_at_once(forming, are_views))
            create_each(forming, are_views);
}

/* ---- Their forms ------------------------------------------------------------------------------------------------- */

static void take_columns(struct schema_table *table, const struct schema_table *made)
{
    for (size_t i = 0; i < table->column_count && i < made->column_count; i++) {
        table->columns[i].type = made->columns[i].type;
        table->columns[i].collation = made->columns[i].collation;
        table->columns[i].default_sql = made->columns[i].default_sql;
        table->columns[i].generated_sql = made->columns[i].generated_sql;
    }
}

static void take_checks(const struct forming *forming, struct schema_table *table, const struct schema_table *made)
{
    for (size_t i = 0; i < table->check_count; i++)
        for (size_t j = 0; j < made->check_count; j++)
            if (strcmp(made->checks[j].name, check_name(forming, i)) == 0)
                table->checks[i].sql = made->checks[j].sql;
}

static void take_indexes(const struct forming *forming, size_t number, const struct schema_table *made)
{
    struct schema_table *table = &forming->form->tables[number];
    for (size_t i = 0; i < table->index_count; i++)
        for (size_t j = 0; j < made->index_count; j++)
            if (strcmp(made->indexes[j].name, index_name(forming, number, i)) == 0) {
                table->indexes[i].parts = made->indexes[j].parts;
                table->indexes[i].part_count = made->indexes[j].part_count;
                table->indexes[i].where_sql = made->indexes[j].where_sql;
            }
}

static const struct schema_table *find_made(const struct schema *made, const char *name)
{
    for (size_t i = 0; i < made->table_count; i++)
        if (strcmp(made->tables[i].name, name) == 0)
            return &made->tables[i];
    return NULL;
}

static void take_forms(struct forming *forming, const struct schema *made)
{
    for (size_t i = 0; i < forming->form->table_count; i++) {
        struct schema_table *table = &forming->form->tables[i];
        const struct schema_table *found = find_made(made, temporary_name(forming, i));
        if (!forming->flags[i] || table->is_loose || found == NULL)
            continue;
        table->view_sql = found->view_sql;
        take_columns(table, found);
        take_checks(forming, table, found);
        take_indexes(forming, i, found);
    }
}

/* Return the name of the schema that has the temporary tables of the connection, or NULL if it has none. */
static const char *temporary_schema(const struct forming *forming)
{
    PGresult *result = PQexec(forming->connection, "SELECT pg_catalog.pg_my_temp_schema()::pg_catalog.regnamespace");
    const char *name = NULL;
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
        name = arena_text(forming->arena, PQgetvalue(result, 0, 0));
    PQclear(result);
    return name;
}

static void form_all(struct forming *forming, const struct schema *from)
{
    const char *error = run(forming, "BEGIN; SAVEPOINT armature");
    create_enums(forming, from);
    create_all(forming);
    if (forming->refused != NULL)
        note(forming, NULL, forming->refused);
    const char *name = forming->refused == NULL ? temporary_schema(forming) : NULL;
    const struct schema *made =
        name != NULL ? schema_read_postgresql(forming->arena, forming->connection, name, &error) : NULL;
    if (made != NULL)
        take_forms(forming, made);
    PQclear(PQexec(forming->connection, "ROLLBACK"));
}

/* Warnings, such as those about names, are not errors of the headers. */
static void ignore_notice(void *data, const char *message)
{
    (void)data;
    (void)message;
}

void server_form(struct arena *arena, const char *url, const struct schema *from, struct schema *form,
                 const bool *flags, struct diagnostics *notes)
{
    struct forming forming = {
        .arena = arena, .connection = PQconnectdb(url), .form = form, .flags = flags, .notes = notes};
    PQsetNoticeProcessor(forming.connection, ignore_notice, NULL);
    form_all(&forming, from);
    PQfinish(forming.connection);
}

#else

void server_form(struct arena *arena, const char *url, const struct schema *from, struct schema *form,
                 const bool *flags, struct diagnostics *notes)
{
    (void)arena;
    (void)url;
    (void)from;
    (void)form;
    (void)flags;
    (void)notes;
}

#endif
