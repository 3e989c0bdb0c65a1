/* The SQL that creates a schema's tables and their parts.
 *
 * SQLite accepts a foreign key only in CREATE TABLE, where it can refer to a table that does not exist yet. Other
 * databases add foreign keys after all tables exist. */
#include "ddl.h"

#include "sql.h"

#include <string.h>

static const char *const actions[] = {
    [ON_DELETE_CASCADE] = "CASCADE",
    [ON_DELETE_SET_NULL] = "SET NULL",
    [ON_DELETE_RESTRICT] = "RESTRICT",
    [ON_DELETE_NO_ACTION] = "NO ACTION",
};

const char *ddl_name(struct arena *arena, const char *schema, const char *name)
{
    const char *sql = sql_name(arena, name);
    return schema == NULL ? sql : arena_print(arena, "%s.%s", sql_name(arena, schema), sql);
}

void ddl_add_names(struct text *out, struct arena *arena, const struct schema_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        text_print(out, "%s%s", i == 0 ? "" : ", ", sql_name(arena, names->items[i]));
}

void ddl_add_labels(struct text *out, struct arena *arena, const struct schema_enum *type, const char *open,
                    const char *close)
{
    for (size_t i = 0; i < type->labels.count; i++)
        text_print(out, "%s%s%s%s", i == 0 ? "" : ", ", open, sql_string(arena, type->labels.items[i]), close);
}

void ddl_add_references(struct text *out, struct arena *arena, const struct schema_foreign_key *key,
                        const struct dialect *dialect)
{
    const char *table = dialect->add_schema != NULL ? ddl_name(arena, key->schema, key->table) : NULL;
    text_print(out, "REFERENCES %s", table != NULL ? table : sql_name(arena, key->table));
    if (key->referred.count > 0) {
        text_add(out, " (");
        ddl_add_names(out, arena, &key->referred);
        text_add(out, ")");
    }
    if (key->on_delete != ON_DELETE_UNSET)
        text_print(out, " ON DELETE %s", actions[key->on_delete]);
    if (key->on_update != ON_DELETE_UNSET)
        text_print(out, " ON UPDATE %s", actions[key->on_update]);
    if (key->is_deferrable)
        text_add(out, " DEFERRABLE INITIALLY DEFERRED");
}

void ddl_add_foreign_key(struct text *out, struct arena *arena, const struct schema_foreign_key *key,
                         const struct dialect *dialect)
{
    text_add(out, "FOREIGN KEY (");
    ddl_add_names(out, arena, &key->columns);
    text_add(out, ") ");
    ddl_add_references(out, arena, key, dialect);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Add the check of the column's type, and its foreign key if the database accepts one only here. */
static void add_column_constraints(struct text *out, struct arena *arena, const struct schema_table *table,
                                   const struct schema_column *column, const struct dialect *dialect)
{
    for (size_t i = 0; i < table->check_count; i++) {
        const struct schema_check *check = &table->checks[i];
        if (check->name == NULL && check->column != NULL && strcmp(check->column, column->name) == 0)
            text_print(out, " CHECK (%s)", check->sql);
    }
    for (size_t i = 0; dialect->add_foreign_keys == NULL && i < table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &table->foreign_keys[i];
        if (key->columns.count == 1 && strcmp(key->columns.items[0], column->name) == 0) {
            text_add(out, " ");
            ddl_add_references(out, arena, key, dialect);
        }
    }
}

void ddl_add_column(struct text *out, struct arena *arena, const struct schema_table *table,
                    const struct schema_column *column, const struct dialect *dialect)
{
    text_add(out, sql_name(arena, column->name));
    if (column->type[0] != '\0')
        text_print(out, " %s", column->type);
    if (column->collation != NULL)
        text_print(out, " COLLATE %s", sql_name(arena, column->collation));
    if (column->is_identity)
        text_add(out, dialect->identity);
    if (column->is_not_null)
        text_add(out, " NOT NULL");
    if (table->key.count == 1 && strcmp(table->key.items[0], column->name) == 0)
        text_add(out, " PRIMARY KEY");
    if (column->generated_sql != NULL)
        text_print(out, " GENERATED ALWAYS AS (%s)%s", column->generated_sql, column->is_virtual ? "" : " STORED");
    if (column->default_sql != NULL)
        text_print(out, " DEFAULT %s", column->default_sql);
    add_column_constraints(out, arena, table, column, dialect);
}

static void add_constraints(struct text *out, struct arena *arena, const struct schema_table *table,
                            const struct dialect *dialect)
{
    if (table->key.count > 1) {
        text_add(out, ",\n    PRIMARY KEY (");
        ddl_add_names(out, arena, &table->key);
        text_add(out, ")");
    }
    for (size_t i = 0; dialect->add_foreign_keys == NULL && i < table->foreign_key_count; i++)
        if (table->foreign_keys[i].columns.count > 1) {
            text_add(out, ",\n    ");
            ddl_add_foreign_key(out, arena, &table->foreign_keys[i], dialect);
        }
    for (size_t i = 0; i < table->check_count; i++) {
        const struct schema_check *check = &table->checks[i];
        if (check->name != NULL)
            text_print(out, ",\n    CONSTRAINT %s CHECK (%s)", sql_name(arena, check->name), check->sql);
        else if (check->column == NULL)
            text_print(out, ",\n    CHECK (%s)", check->sql);
    }
}

void ddl_add_table(struct text *out, struct arena *arena, const struct schema_table *table, const char *name,
                   const struct dialect *dialect, enum ddl_mode mode)
{
    text_print(out, "CREATE TABLE %s%s (\n", mode == DDL_IF_NOT_EXISTS ? "IF NOT EXISTS " : "", name);
    for (size_t i = 0; i < table->column_count; i++) {
        text_add(out, i == 0 ? "    " : ",\n    ");
        ddl_add_column(out, arena, table, &table->columns[i], dialect);
    }
    add_constraints(out, arena, table, dialect);
    text_add(out, "\n)");
    if (table->is_strict || table->has_no_rowid)
        text_print(out, "%s%s%s", table->is_strict ? " STRICT" : "", table->is_strict && table->has_no_rowid ? "," : "",
                   table->has_no_rowid ? " WITHOUT ROWID" : "");
    text_add(out, ";\n");
}

void ddl_add_part(struct text *out, struct arena *arena, const struct schema_part *part)
{
    if (part->column != NULL)
        text_add(out, sql_name(arena, part->column));
    else
        text_print(out, "(%s)", part->expression);
    if (part->extra != NULL)
        text_print(out, " %s", part->extra);
    text_add(out, part->is_descending ? " DESC" : "");
    if (part->nulls != NULL)
        text_print(out, " %s", part->nulls);
}

void ddl_add_index(struct text *out, struct arena *arena, const struct schema_table *table,
                   const struct schema_index *index, enum ddl_mode mode)
{
    static const char *const modes[] = {
        [DDL_NEW] = "", [DDL_IF_NOT_EXISTS] = "IF NOT EXISTS ", [DDL_CONCURRENTLY] = "CONCURRENTLY "};
    text_print(out, "CREATE %sINDEX %s%s ON %s%s%s (", index->is_unique ? "UNIQUE " : "", modes[mode],
               sql_name(arena, index->name), schema_table_sql(arena, table), index->method != NULL ? " USING " : "",
               index->method != NULL ? index->method : "");
    for (size_t i = 0; i < index->part_count; i++) {
        text_add(out, i > 0 ? ", " : "");
        ddl_add_part(out, arena, &index->parts[i]);
    }
    text_add(out, ")");
    if (index->where_sql != NULL)
        text_print(out, " WHERE %s", index->where_sql);
    text_add(out, ";\n");
}

void ddl_add_view(struct text *out, struct arena *arena, const struct schema_table *view, const struct dialect *dialect)
{
    text_print(out, "%s %s AS\n%s;\n", dialect->create_view, schema_table_sql(arena, view), view->view_sql);
}
