/* The models: for each its fields, relations, indexes, statements with their plans, and DDL. */
#include "graph/link.h"
#include "report/html.h"
#include "report/report.h"
#include "schema/ddl.h"

#include <string.h>

const char *report_model_id(const struct report *report, const struct model *model)
{
    if (!model->is_join)
        return html_id(report->arena, "model", model->name);
    for (size_t i = 0; i < report->set->model_count; i++)
        if (report->set->models[i] == model)
            return arena_print(report->arena, "join-%zu", i);
    return "models";
}

const char *report_model_name(const struct model *model)
{
    return model->is_join ? model->table : model->name;
}

void report_table_sql(struct text *out, struct arena *arena, const struct schema_table *table,
                      const struct dialect *dialect)
{
    if (table->kind != SCHEMA_TABLE) {
        if (table->view_sql != NULL)
            ddl_add_view(out, arena, table, dialect);
        return;
    }
    ddl_add_table(out, arena, table, schema_table_sql(arena, table), dialect, DDL_NEW);
    for (size_t i = 0; i < table->index_count; i++)
        if (!table->indexes[i].is_constraint)
            ddl_add_index(out, arena, table, &table->indexes[i], DDL_NEW);
    for (size_t i = 0; i < table->foreign_key_count && dialect->add_foreign_keys != NULL; i++) {
        text_print(out, "ALTER TABLE %s ADD ", schema_table_sql(arena, table));
        ddl_add_foreign_key(out, arena, &table->foreign_keys[i], dialect);
        text_add(out, ";\n");
    }
}

static void add_sql(struct text *out, const struct report *report, const struct model *model)
{
    struct text sql = {0};
    text_add(out, "<details><summary>DDL</summary>\n<div class=\"both\">\n");
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct schema_table table = schema_table_of_model(report->arena, model->main, dialects[i]);
        report_table_sql(&sql, report->arena, &table, dialects[i]);
        html_add(out, "<div><h5>$</h5>\n", dialects[i]->title);
        html_sql_block(out, sql.data != NULL ? sql.data : "The program creates it.");
        text_add(out, "</div>\n");
        text_free(&sql);
        sql = (struct text){0};
    }
    text_add(out, "</div></details>\n");
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static void add_target(struct text *out, const struct report *report, const struct relation *relation)
{
    html_add(out, "<td><a href=\"#$\">$</a></td>", report_model_id(report, relation->target), relation->target->name);
}

/* Add how the relation finds its rows: by columns, or through others. */
static void add_way(struct text *out, const struct relation *relation)
{
    text_add(out, "<td>");
    if (relation_has_path(relation)) {
        text_add(out, "through ");
        if (relation->join_table != NULL)
            html_add(out, "the table <code>$</code>", relation->join_table);
        for (size_t i = 0; i < relation->path_count && relation->join_table == NULL; i++)
            html_add(out, "$<code>$</code>", i > 0 ? ", " : "", relation->path[i]->name);
    } else {
        html_add(out, "<code>$.", relation->holder->table);
        for (size_t i = 0; i < relation->foreign_key_count; i++)
            html_add(out, "$$", i > 0 ? ", " : "", relation->foreign_key[i]->name);
        html_add(out, "</code> → <code>$.", relation->referred->table);
        for (size_t i = 0; i < relation->referred_count; i++)
            html_add(out, "$$", i > 0 ? ", " : "", relation->referred_key[i]->name);
        text_add(out, "</code>");
    }
    if (relation->where_sql != NULL)
        html_add(out, " where <code>$</code>", relation->where_sql);
    if (relation->order_sql != NULL)
        html_add(out, " order <code>$</code>", relation->order_sql);
    text_add(out, "</td>");
}

/* Add the number of loads in the recorded run, with their time. */
static void add_loads(struct text *out, const struct report *report, const struct relation *relation)
{
    const char *name = arena_print(report->arena, "%s.%s", relation->owner->name, relation->name);
    uint64_t count = 0, total = 0;
    for (size_t i = 0; i < report->run->group_count; i++) {
        const struct run_group *group = &report->run->groups[i];
        if (group->relation == NULL || strcmp(group->relation, name) != 0)
            continue;
        count += group->count;
        total += group->total;
    }
    if (count == 0)
        text_add(out, "<td class=\"num dim\">–</td><td class=\"num dim\">–</td>");
    else
        html_add(out, "<td class=\"num\">$</td><td class=\"num\">$</td>", html_number(report->arena, count),
                 html_duration(report->arena, total));
}

static void add_relation(struct text *out, const struct report *report, const struct relation *relation)
{
    html_add(out, "<tr><td><b>$</b></td><td><code>$</code></td>", relation->name, relation_macro(relation));
    add_target(out, report, relation);
    add_way(out, relation);
    html_add(out, "<td>$</td>", relation->inverse != NULL ? relation->inverse->name : "");
    if (report->run != NULL)
        add_loads(out, report, relation);
    text_add(out, "</tr>\n");
}

static void add_relations(struct text *out, const struct report *report, const struct model *model)
{
    if (model->relation_count == 0 || model->is_join)
        return;
    text_add(out, "<h4>Relations</h4>\n<div class=\"wide\"><table>\n<thead><tr><th>Name</th><th>Kind</th><th>Leads to"
                  "</th><th>By</th><th>Inverse</th>");
    text_add(out, report->run != NULL ? "<th class=\"num\">Loads</th><th class=\"num\">Time</th>" : "");
    text_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < model->relation_count; i++)
        add_relation(out, report, model->relations[i]);
    text_add(out, "</tbody></table></div>\n");
}

/* ---- The section ------------------------------------------------------------------------------------------------- */

static void add_title(struct text *out, const struct report *report, const struct model *model)
{
    html_add(out, "<h3>$ <span class=\"dim\">$ $</span>", report_model_name(model), model->is_view ? "view" : "table",
             model->table);
    if (model->is_join)
        text_add(out, " <span class=\"tag info\">join table</span>");
    else
        html_add(out, " <a class=\"source\" href=\"$\">$</a>", link_to_header(report->set, model, report->directory),
                 model_location(report->set, model->at));
    text_add(out, "</h3>\n");
}

static void add_model(struct text *out, const struct report *report, const struct model *model)
{
    html_add(out, "<section class=\"card model\" id=\"$\" data-filter=\"$ $\">\n", report_model_id(report, model),
             model->name, model->table);
    add_title(out, report, model);
    report_fields(out, report, model);
    add_relations(out, report, model);
    report_indexes(out, report, model);
    report_statements(out, report, model);
    add_sql(out, report, model);
    text_add(out, "</section>\n");
}

/* Add a struct of user SQL. */
static void add_row(struct text *out, const struct report *report, const struct model *row)
{
    html_add(out, "<section class=\"card model\" id=\"$\" data-filter=\"$\">\n<h3>$ <span class=\"dim\">AR_ROW</span> ",
             report_model_id(report, row), row->name, row->name);
    html_add(out, "<a class=\"source\" href=\"$\">$</a></h3>\n", link_to_header(report->set, row, report->directory),
             model_location(report->set, row->at));
    report_row_fields(out, row);
    report_statements(out, report, row);
    text_add(out, "</section>\n");
}

void report_models(struct text *out, const struct report *report)
{
    text_add(out, "<h2 id=\"models\">Models</h2>\n");
    for (size_t i = 0; i < report->set->model_count; i++)
        add_model(out, report, report->set->models[i]);
    for (size_t i = 0; i < report->set->row_count; i++)
        add_row(out, report, report->set->rows[i]);
}
