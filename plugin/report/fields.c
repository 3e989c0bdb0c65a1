/* The fields of a model, and its indexes: those it has, those that statements lack, and those of a database. */
#include "report/html.h"
#include "report/report.h"
#include "schema/compare.h"

#include <string.h>

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

static bool is_among(struct member *const *columns, size_t count, const struct member *column)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

/* Return the relation that the database enforces with the column as its foreign key, or NULL. */
static const struct relation *reference_of(const struct model *model, const struct member *column)
{
    for (size_t i = 0; i < model->main->reference_count; i++) {
        const struct relation *relation = model->main->references[i];
        for (size_t k = 0; k < relation->foreign_key_count; k++)
            if (relation->foreign_key[k] == column)
                return relation;
    }
    return NULL;
}

/* Add the attribute as its macro is written, unless another part of the row says the same. */
static void add_attribute(struct text *out, const struct report *report, const char *text)
{
    size_t length = strcspn(text, " ");
    enum attribute_kind kind = attribute_of_keyword(arena_copy(report->arena, text, length));
    if (kind == ATTRIBUTE_COUNT || kind == ATTRIBUTE_PRIMARY_KEY || kind == ATTRIBUTE_UNIQUE ||
        kind == ATTRIBUTE_DEFAULT || kind == ATTRIBUTE_COLUMN)
        return;
    html_add(out, "<code class=\"dim\">$", attribute_table[kind].macro);
    if (text[length] != '\0')
        html_add(out, "($)", text + length + 1);
    text_add(out, "</code> ");
}

/* Add the labels of an enum. */
static void add_labels(struct text *out, const struct member *column)
{
    for (size_t i = 0; column->is_enum && i < column->enum_count; i++)
        html_add(out, "$$", i > 0 ? " · " : "", column->enum_names[i].name);
}

/* Add what restricts the column, and what fills it. */
static void add_rules(struct text *out, const struct report *report, const struct model *model,
                      const struct member *column, const struct schema_column *in_schema)
{
    const struct relation *reference = reference_of(model, column);
    if (is_among(model->keys, model->key_count, column))
        text_add(out, "<span class=\"tag pk\">PK</span> ");
    if (reference != NULL)
        html_add(out, "<a class=\"tag fk\" href=\"#$\">FK $</a> ", report_model_id(report, reference->referred),
                 reference->referred->name);
    if (model_is_unique(model, (struct member *const[]){(struct member *)(uintptr_t)column}, 1) &&
        !is_among(model->keys, model->key_count, column))
        text_add(out, "<span class=\"tag uq\">unique</span> ");
    if (!in_schema->is_not_null && !is_among(model->keys, model->key_count, column))
        text_add(out, "<span class=\"tag null\">NULL</span> ");
    if (in_schema->default_sql != NULL)
        html_add(out, "<code>DEFAULT $</code> ", in_schema->default_sql);
    if (in_schema->generated_sql != NULL)
        html_add(out, "<code>AS ($)</code> ", in_schema->generated_sql);
    for (size_t i = 0; i < column->attributes.count; i++)
        add_attribute(out, report, column->attributes.items[i].text);
    add_labels(out, column);
}

/* The tables have the columns of all models of theirs. */
static void add_field(struct text *out, const struct report *report, const struct model *model,
                      const struct member *column, const struct schema_table *tables)
{
    const struct schema_column *in_schema = schema_find_column(&tables[DIALECT_SQLITE], column->name);
    html_add(out, "<tr><td><b>$</b></td><td><code>$</code></td>", column->field, column->spelling);
    html_add(out, "<td>$</td>", strcmp(column->field, column->name) == 0 ? "" : column->name);
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const struct schema_column *typed = schema_find_column(&tables[i], column->name);
        html_add(out, "<td><code>$</code></td>", typed->type);
    }
    text_add(out, "<td>");
    add_rules(out, report, model, column, in_schema);
    text_add(out, "</td></tr>\n");
}

void report_fields(struct text *out, const struct report *report, const struct model *model)
{
    struct schema_table tables[DIALECT_COUNT];
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        tables[i] = schema_table_of_model(report->arena, model->main, dialects[i]);
    text_add(out, "<div class=\"wide\"><table>\n<thead><tr><th>Field</th><th>C type</th><th>Column</th>");
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        html_add(out, "<th>$</th>", dialects[i]->title);
    text_add(out, "<th>Rules</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < model->column_count; i++)
        add_field(out, report, model, model->columns[i], tables);
    text_add(out, "</tbody></table></div>\n");
}

void report_row_fields(struct text *out, const struct model *row)
{
    text_add(out, "<div class=\"wide\"><table>\n<thead><tr><th>Field</th><th>C type</th><th>Column</th></tr></thead>\n"
                  "<tbody>\n");
    for (size_t i = 0; i < row->column_count; i++)
        html_add(out, "<tr><td><b>$</b></td><td><code>$</code></td><td>$</td></tr>\n", row->columns[i]->field,
                 row->columns[i]->spelling, row->columns[i]->name);
    text_add(out, "</tbody></table></div>\n");
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

static const char *parts_text(struct arena *arena, const struct schema_index *index)
{
    const char *text = "";
    for (size_t i = 0; i < index->part_count; i++) {
        const struct schema_part *part = &index->parts[i];
        text = arena_print(arena, "%s%s%s%s", text, i > 0 ? ", " : "",
                           part->column != NULL ? part->column : part->expression, part->is_descending ? " DESC" : "");
    }
    return text;
}

/* Return true if the table of the database has an index on the same columns. */
static bool is_in_database(struct arena *arena, const struct schema_table *table, const struct schema_index *index)
{
    const char *parts = parts_text(arena, index);
    for (size_t i = 0; i < table->index_count; i++)
        if (table->indexes[i].is_unique == index->is_unique &&
            strcmp(parts_text(arena, &table->indexes[i]), parts) == 0)
            return true;
    return false;
}

/* Add the cell that says if the database has the index. */
static void add_presence(struct text *out, const struct report *report, const struct schema_table *table,
                         const struct schema_index *index)
{
    const struct schema_table *other =
        report->database != NULL ? compare_find_table(report->database->schema, table) : NULL;
    if (report->database == NULL)
        return;
    bool is_there = other != NULL && is_in_database(report->arena, other, index);
    html_add(out, "<td><span class=\"tag $\">$</span></td>", is_there ? "good" : "bad",
             is_there ? "present" : "missing");
}

static void add_index(struct text *out, const struct report *report, const struct schema_table *table,
                      const struct schema_index *index)
{
    html_add(out, "<tr><td>$</td><td><code>$</code>", index->name, parts_text(report->arena, index));
    if (index->where_sql != NULL)
        html_add(out, " where <code>$</code>", index->where_sql);
    html_add(out, "</td><td>$</td>", index->is_unique ? "unique" : "");
    add_presence(out, report, table, index);
    text_add(out, "</tr>\n");
}

static void add_missing(struct text *out, const struct report *report, const struct model *model)
{
    struct arena *arena = report->arena;
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct report_missing *missing = &report->missing[i];
        if (missing->index->model != model)
            continue;
        html_add(out, "<tr class=\"$\"><td>$</td><td><code>$</code></td><td>",
                 missing->excuse != NULL ? "dim" : "lacks", missing->index->name,
                 missing_index_columns(arena, missing->index, ", ", false));
        if (missing->excuse != NULL)
            html_add(out, "not needed: $", missing->excuse);
        else
            html_add(out, "<span class=\"tag bad\">missing</span> for $: <code>AR_INDEX($, $)</code>",
                     missing->planned->title, missing->index->name,
                     missing_index_columns(arena, missing->index, ", ", true));
        text_add(out, report->database != NULL ? "</td><td></td></tr>\n" : "</td></tr>\n");
    }
}

static bool lacks_index(const struct report *report, const struct model *model)
{
    for (size_t i = 0; i < report->missing_count; i++)
        if (report->missing[i].index->model == model)
            return true;
    return false;
}

void report_indexes(struct text *out, const struct report *report, const struct model *model)
{
    enum dialect_id dialect = report->database != NULL ? report->database->schema->dialect->id : DIALECT_SQLITE;
    struct schema_table table = schema_table_of_model(report->arena, model->main, dialects[dialect]);
    if (table.index_count == 0 && !lacks_index(report, model))
        return;
    text_add(out, "<h4>Indexes</h4>\n<div class=\"wide\"><table>\n<thead><tr><th>Name</th><th>Columns</th><th></th>");
    if (report->database != NULL)
        text_add(out, "<th>In the database</th>");
    text_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < table.index_count; i++)
        add_index(out, report, &table, &table.indexes[i]);
    add_missing(out, report, model);
    text_add(out, "</tbody></table></div>\n");
}
