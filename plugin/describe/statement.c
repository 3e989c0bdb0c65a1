/* Statements of AR_SQL: their functions, parameters and SQL. */
#include "part.h"

#include "name.h"
#include "statement.h"

#include <string.h>

static void add_parameter(struct json *json, struct arena *arena, const struct sql_parameter *parameter)
{
    const struct member *member = &parameter->member;
    json_open_object(json, NULL, JSON_LINE);
    json_add_text(json, "name", member->field);
    json_add_text(json, "c_type", member->spelling);
    json_add_text(json, "type", name_folded(arena, column_type(member->type)->constant + strlen("AR_TYPE_")));
    json_add_bool(json, "nullable", member_is_nullable(member));
    json_add_bool(json, "list", parameter->is_list);
    json_close_object(json);
}

static const char *result_of(const struct sql_statement *statement)
{
    if (!statement->returns_rows)
        return "count";
    return statement->is_one ? "row" : "rows";
}

/* The text as written, and as it is run: with placeholders in place of the names of parameters. */
static void add_texts(struct json *json, struct arena *arena, const struct sql_statement *statement)
{
    const char *written[DIALECT_COUNT], *run[DIALECT_COUNT];
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        written[i] = statement->text[i].text;
        run[i] = statement_sql(arena, statement, dialects[i]);
    }
    describe_by_dialect(json, "text", written);
    describe_by_dialect(json, "sql", run);
}

static void add_statement(struct json *json, struct arena *arena, const struct sql_statement *statement)
{
    const struct model *model = statement->model;
    json_open_object(json, NULL, JSON_LINES);
    json_add_text(json, "name", statement->name);
    describe_location(json, "location", statement->at);
    json_add_text(json, "result", result_of(statement));
    describe_columns(json, "columns", model->columns, statement->returns_rows ? model->column_count : 0);
    json_add_bool(json, "writes", statement->writes);
    json_open_array(json, "parameters", JSON_LINES);
    for (size_t i = 0; i < statement_argument_count(statement); i++)
        add_parameter(json, arena, &statement->parameters[i]);
    json_close_array(json);
    add_texts(json, arena, statement);
    if (statement->full_scan != NULL)
        json_add_text(json, "full_scan", statement->full_scan);
    if (statement_argument_count(statement) < statement->parameter_count)
        json_add_bool(json, "scope", true);
    if (statement->all_shards != NULL)
        json_add_text(json, "all_shards", statement->all_shards);
    json_close_object(json);
}

void describe_statements(struct json *json, struct arena *arena, const struct model *model)
{
    json_open_array(json, "statements", JSON_LINES);
    for (size_t i = 0; i < model->statement_count; i++)
        add_statement(json, arena, &model->statements[i]);
    json_close_array(json);
}
