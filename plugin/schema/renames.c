/* Renamed tables and columns: the names that a schema has after the renames that another one declares. */
#include "renames.h"

#include "compare.h"
#include "name.h"
#include "sql.h"
#include "sql_lexer.h"

#include <string.h>

/* ---- Expressions ------------------------------------------------------------------------------------------------- */

/* Return true if the token names the column: as a word in any case, or quoted. */
static bool is_column(const struct sql_lexer *lexer, enum sql_token token, const char *name)
{
    if (token == SQL_TOKEN_WORD)
        return sql_lexer_is_word(lexer, name) && *lexer->at != '(';
    return token == SQL_TOKEN_NAME && lexer->length == strlen(name) + 2 &&
           strncmp(lexer->start + 1, name, lexer->length - 2) == 0;
}

const char *renames_in_sql(struct arena *arena, const char *sql, const char *was, const char *name)
{
    if (sql == NULL)
        return NULL;
    struct text out = {0};
    struct sql_lexer lexer = {.at = sql, .is_statement = true};
    const char *rest = sql;
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;)
        if (is_column(&lexer, token, was)) {
            text_print(&out, "%.*s%s", (int)(lexer.start - rest), rest, sql_name(arena, name));
            rest = lexer.start + lexer.length;
        }
    text_add(&out, rest);
    return text_take(arena, &out);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void rename_references(struct schema *schema, const struct schema_table *table,
                              const struct schema_table *wanted)
{
    for (size_t i = 0; i < schema->table_count; i++)
        for (size_t j = 0; j < schema->tables[i].foreign_key_count; j++) {
            struct schema_foreign_key *key = &schema->tables[i].foreign_keys[j];
            if (name_is_same(key->schema, table->schema) && strcmp(key->table, table->name) == 0) {
                key->schema = wanted->schema;
                key->table = wanted->name;
            }
        }
}

static void rename_table(struct schema *schema, const struct schema *to, const struct schema_table *wanted)
{
    struct schema_table was = {.schema = wanted->was_schema, .name = wanted->was};
    if (wanted->was == NULL || compare_find_table(schema, wanted) != NULL || compare_find_table(to, &was) != NULL)
        return;
    struct schema_table *table = (struct schema_table *)compare_find_table(schema, &was);
    if (table == NULL || table->kind != wanted->kind)
        return;
    rename_references(schema, table, wanted);
    table->schema = wanted->schema;
    table->name = wanted->name;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static void rename_in_names(struct schema_names *names, const char *was, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], was) == 0)
            names->items[i] = name;
}

static void rename_in_index(struct arena *arena, struct schema_index *index, const char *was, const char *name)
{
    for (size_t i = 0; i < index->part_count; i++) {
        struct schema_part *part = &index->parts[i];
        if (part->column != NULL && strcmp(part->column, was) == 0)
            part->column = name;
        part->expression = renames_in_sql(arena, part->expression, was, name);
    }
    index->where_sql = renames_in_sql(arena, index->where_sql, was, name);
}

/* Rename the column in foreign keys of all tables that refer to it. */
static void rename_referred(struct schema *schema, const struct schema_table *table, const char *was, const char *name)
{
    for (size_t i = 0; i < schema->table_count; i++)
        for (size_t j = 0; j < schema->tables[i].foreign_key_count; j++) {
            struct schema_foreign_key *key = &schema->tables[i].foreign_keys[j];
            if (name_is_same(key->schema, table->schema) && strcmp(key->table, table->name) == 0)
                rename_in_names(&key->referred, was, name);
        }
}

static void rename_in_table(struct arena *arena, struct schema_table *table, const char *was, const char *name)
{
    rename_in_names(&table->key, was, name);
    for (size_t i = 0; i < table->foreign_key_count; i++)
        rename_in_names(&table->foreign_keys[i].columns, was, name);
    for (size_t i = 0; i < table->index_count; i++)
        rename_in_index(arena, &table->indexes[i], was, name);
    for (size_t i = 0; i < table->check_count; i++) {
        struct schema_check *check = &table->checks[i];
        check->sql = renames_in_sql(arena, check->sql, was, name);
        if (check->column != NULL && strcmp(check->column, was) == 0)
            check->column = name;
    }
    for (size_t i = 0; i < table->column_count; i++)
        table->columns[i].generated_sql = renames_in_sql(arena, table->columns[i].generated_sql, was, name);
}

static void rename_column(struct arena *arena, struct schema *schema, struct schema_table *table,
                          const struct schema_table *wanted, const struct schema_column *column)
{
    if (column->was == NULL || schema_find_column(table, column->name) != NULL ||
        schema_find_column(wanted, column->was) != NULL)
        return;
    struct schema_column *renamed = schema_find_column(table, column->was);
    if (renamed == NULL)
        return;
    rename_referred(schema, table, column->was, column->name);
    rename_in_table(arena, table, column->was, column->name);
    renamed->name = column->name;
}

struct schema *renames_apply(struct arena *arena, const struct schema *from, const struct schema *to)
{
    struct schema *made = schema_copy(arena, from);
    for (size_t i = 0; i < to->table_count; i++)
        rename_table(made, to, &to->tables[i]);
    for (size_t i = 0; i < to->table_count; i++) {
        const struct schema_table *wanted = &to->tables[i];
        struct schema_table *table = (struct schema_table *)compare_find_table(made, wanted);
        for (size_t j = 0; table != NULL && j < wanted->column_count; j++)
            rename_column(arena, made, table, wanted, &wanted->columns[j]);
    }
    return made;
}
