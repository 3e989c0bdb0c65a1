/* Reads AR_ROW and AR_SQL. Reports errors within one attribute; check_statement.c checks the SQL. */
#include "read_statement.h"
#include "statement.h"

#include <string.h>

void read_row(const struct reading *reading, struct model *model)
{
    (void)reading;
    model->is_row = true;
}

static bool read_text(const struct reading *reading, const struct annotation_value *value, const char *what,
                      struct sql_text *out)
{
    if (value->kind != VALUE_STRING || value->text[strspn(value->text, " \t\n")] == '\0') {
        (void)reading_fail(reading, "%s is not an SQL statement in quotes", what);
        if (value->kind == VALUE_WORD)
            diagnostic_help(reading->set->diagnostics, "a macro is not expanded here: write its text in its place");
        return false;
    }
    *out = (struct sql_text){value->text, value->literal};
    return true;
}

static bool read_one(const struct reading *reading, const struct annotation_value *value, bool *out)
{
    *out = value->kind == VALUE_WORD && strcmp(value->text, "true") == 0;
    if (*out || (value->kind == VALUE_WORD && strcmp(value->text, "false") == 0))
        return true;
    return reading_fail(reading, "`.one` is not true or false");
}

/* Read the option that is number `which` of the known ones. */
static bool read_option(const struct reading *reading, size_t which, const struct annotation_value *value,
                        struct sql_statement *statement)
{
    if (which == 0)
        return read_text(reading, value, "`.postgresql`", &statement->text[DIALECT_POSTGRESQL]);
    if (which == 1)
        return read_one(reading, value, &statement->is_one);
    return which == 2 ? reading_full_scan(reading, value, &statement->full_scan)
                      : reading_all_shards(reading, value, &statement->all_shards);
}

static bool read_options(const struct reading *reading, struct sql_statement *statement)
{
    static const char *const known[] = {"postgresql", "one", "full_scan", "all_shards"};
    enum { KNOWN_COUNT = sizeof known / sizeof *known };
    bool has[KNOWN_COUNT] = {false};
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        size_t which = 0;
        while (which < KNOWN_COUNT && strcmp(option->name, known[which]) != 0)
            which++;
        if (which == KNOWN_COUNT)
            return reading_fail_unknown_option(reading, option->name, known, KNOWN_COUNT);
        if (has[which])
            return reading_fail_repeated_option(reading, option->name);
        has[which] = true;
        if (!read_option(reading, which, &option->value, statement))
            return false;
    }
    statement->is_shared = !has[0];
    if (statement->is_shared)
        statement->text[DIALECT_POSTGRESQL] = statement->text[DIALECT_SQLITE];
    return true;
}

static bool read_parameters(const struct reading *reading, const struct annotation_value *value,
                            struct sql_statement *statement)
{
    for (size_t i = 0; i < value->item_count; i++) {
        struct sql_parameter parameter;
        if (!read_parameter(reading, value->items[i].text, &parameter))
            return false;
        const char *name = parameter.member.field;
        if (statement_parameter(statement, name, strlen(name)) < statement->parameter_count)
            return reading_fail(reading, "there are two parameters `%s`", name);
        list_add(reading->set->arena, statement->parameters, statement->parameter_count) = parameter;
    }
    return true;
}

void read_statement(const struct reading *reading, struct model *model)
{
    const struct annotation_value *values = reading->annotation.values;
    struct sql_statement statement = {.at = reading->at, .model = model};
    if (!reading_word(reading, &values[0], "the name of the function", &statement.name) ||
        !read_parameters(reading, &values[1], &statement) ||
        !read_text(reading, &values[2], "the third argument", &statement.text[DIALECT_SQLITE]) ||
        !read_options(reading, &statement))
        return;
    statement_classify(&statement);
    list_add(reading->set->arena, model->statements, model->statement_count) = statement;
}
