/* The DDL of models: tables with their keys, unique indexes, and an index for every foreign key.
 *
 * SQLite accepts a foreign key only in CREATE TABLE, where it can refer to a table that does not exist yet. Other
 * databases add foreign keys after all tables exist. */
#include "emit.h"
#include "sql.h"
#include "union.h"

#include <string.h>

static bool is_not_null(const struct member *column)
{
    if (column_type(column->type)->has_own_null)
        return (column->flags & AR_COLUMN_NOT_NULL) != 0;
    return (column->flags & (AR_COLUMN_NULLABLE | AR_COLUMN_GENERATED)) == 0;
}

static void add_column(struct text *out, struct arena *arena, const struct model *model, const struct member *column,
                       const struct dialect *dialect)
{
    bool has_references = dialect->add_foreign_keys == NULL;
    const char *check = dialect->column_check(arena, column);
    text_print(out, "    %s %s", column->sql, dialect->column_type(column));
    if ((column->flags & AR_COLUMN_GENERATED) != 0)
        text_add(out, dialect->identity);
    if (is_not_null(column))
        text_add(out, " NOT NULL");
    if (model->key_count == 1 && model->keys[0] == column)
        text_add(out, " PRIMARY KEY");
    if (column->generated_sql[dialect->id] != NULL)
        text_print(out, " GENERATED ALWAYS AS (%s) STORED", column->generated_sql[dialect->id]);
    if (column->default_sql != NULL)
        text_print(out, " DEFAULT %s", dialect->column_default(arena, column));
    else if (column->uuid_maker == UUID_MAKER_DATABASE)
        text_print(out, " DEFAULT %s", dialect->new_uuid(column));
    if (check != NULL)
        text_print(out, " CHECK (%s)", check);
    for (size_t i = 0; has_references && i < model->reference_count; i++)
        if (model->references[i]->foreign_key_count == 1 && model->references[i]->foreign_key[0] == column) {
            text_add(out, " ");
            sql_add_references(out, model->references[i], dialect);
        }
}

static void add_checks(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    for (size_t i = 0; i < model->union_count; i++) {
        if (!model->unions[i]->is_exclusive)
            continue;
        text_print(out, ",\n    CONSTRAINT %s CHECK (", sql_name(arena, model->unions[i]->constraint));
        union_add_check(out, model->unions[i]);
        text_add(out, ")");
    }
    for (size_t i = 0; i < model->check_count; i++)
        text_print(out, ",\n    CONSTRAINT %s CHECK (%s)", sql_name(arena, model->checks[i]->constraint),
                   model->checks[i]->sql[dialect->id]);
}

static void add_constraints(struct text *out, const struct model *model, const struct dialect *dialect)
{
    if (model->key_count > 1) {
        text_add(out, ",\n    PRIMARY KEY (");
        sql_add_columns(out, model->keys, model->key_count);
        text_add(out, ")");
    }
    for (size_t i = 0; dialect->add_foreign_keys == NULL && i < model->reference_count; i++) {
        const struct relation *relation = model->references[i];
        if (relation->foreign_key_count == 1)
            continue;
        text_add(out, ",\n    ");
        sql_add_foreign_key(out, relation, dialect);
    }
}

/* Return true if one of the first columns of the model has this enum type. */
static bool has_type(const struct model *model, size_t column_count, const char *type)
{
    for (size_t i = 0; i < column_count; i++)
        if (model->columns[i]->type_name != NULL && strcmp(model->columns[i]->type_name, type) == 0)
            return true;
    return false;
}

/* Add the enum types of the model that none of the earlier models has. */
static void add_types(struct text *out, struct arena *arena, const struct model *model, struct model *const *earlier,
                      size_t earlier_count, const struct dialect *dialect)
{
    for (size_t i = 0; i < model->column_count && dialect->add_type != NULL; i++) {
        const char *type = model->columns[i]->type_name;
        bool is_created = type == NULL || has_type(model, i, type);
        for (size_t j = 0; j < earlier_count && !is_created; j++)
            is_created = has_type(earlier[j], earlier[j]->column_count, type);
        if (!is_created)
            dialect->add_type(out, arena, model->columns[i]);
    }
}

/* Add the schema of the model, unless one of the earlier models has it. */
static void add_schema(struct text *out, struct arena *arena, const struct model *model, struct model *const *earlier,
                       size_t earlier_count, const struct dialect *dialect)
{
    if (model->schema == NULL || dialect->add_schema == NULL)
        return;
    for (size_t i = 0; i < earlier_count; i++)
        if (earlier[i]->schema != NULL && strcmp(earlier[i]->schema, model->schema) == 0)
            return;
    dialect->add_schema(out, arena, model->schema);
}

void emit_schema_needs(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    add_schema(out, arena, model->main, NULL, 0, dialect);
    add_types(out, arena, model->main, NULL, 0, dialect);
}

void emit_index(struct text *out, const struct model *model, const struct table_index *index,
                const struct dialect *dialect)
{
    text_print(out, "CREATE %sINDEX IF NOT EXISTS %s ON %s (", index->is_unique ? "UNIQUE " : "", index->sql,
               sql_table(model, dialect));
    for (size_t i = 0; i < index->part_count; i++) {
        const struct index_part *part = &index->parts[i];
        text_add(out, i > 0 ? ", " : "");
        if (part->column != NULL)
            text_add(out, part->column->sql);
        else
            text_print(out, "(%s)", part->text);
        text_add(out, part->is_descending ? " DESC" : "");
    }
    text_add(out, ")");
    if (index->where_sql != NULL)
        text_print(out, " WHERE %s", index->where_sql);
    text_add(out, ";\n");
}

void emit_schema_rest(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    model = model->main;
    const char *view = model->view[dialect->id].text;
    if (view != NULL)
        text_print(out, "%s %s AS\n%s;\n", dialect->create_view, sql_table(model, dialect), view);
    else if (!model->is_view && dialect->add_foreign_keys != NULL)
        dialect->add_foreign_keys(out, arena, model);
}

void emit_schema_of(struct text *out, struct arena *arena, const struct model *model, const struct dialect *dialect)
{
    model = model->main;
    if (model->is_view)
        return;
    text_print(out, "CREATE TABLE IF NOT EXISTS %s (\n", sql_table(model, dialect));
    for (size_t i = 0; i < model->column_count; i++) {
        if (i > 0)
            text_add(out, ",\n");
        add_column(out, arena, model, model->columns[i], dialect);
    }
    add_constraints(out, model, dialect);
    add_checks(out, arena, model, dialect);
    text_add(out, "\n);\n");
    for (size_t i = 0; i < model->index_count; i++)
        emit_index(out, model, &model->indexes[i], dialect);
    if (dialect->add_checks != NULL)
        dialect->add_checks(out, arena, model);
}

void emit_schema(struct text *out, const struct model_set *set, const struct dialect *dialect)
{
    text_add(out, "-- The tables of the models. Generated by armature: edit their headers, not this file.\n");
    struct text needs = {0};
    for (size_t i = 0; i < set->model_count; i++)
        add_schema(&needs, set->arena, set->models[i], set->models, i, dialect);
    for (size_t i = 0; i < set->model_count; i++)
        add_types(&needs, set->arena, set->models[i], set->models, i, dialect);
    if (needs.length > 0)
        text_print(out, "\n%s", needs.data);
    text_free(&needs);
    for (size_t i = 0; i < set->model_count; i++) {
        if (set->models[i]->is_view || set->models[i]->main != set->models[i])
            continue;
        text_add(out, "\n");
        emit_schema_of(out, set->arena, set->models[i], dialect);
    }
    for (size_t i = 0; i < set->model_count; i++) {
        struct text rest = {0};
        if (set->models[i]->main == set->models[i])
            emit_schema_rest(&rest, set->arena, set->models[i], dialect);
        if (rest.length > 0)
            text_print(out, "\n%s", rest.data);
        text_free(&rest);
    }
}
