/* Writes the typed functions of AR_SQL, and the descriptors of their statements. */
#include "emit.h"
#include "emit_descriptor.h"
#include "statement.h"
#include "template.h"

#include <string.h>

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

/* Return the type of an element of a list, or of a value, as it is declared before a name. */
static const char *value_type(struct arena *arena, const struct sql_parameter *parameter)
{
    if (parameter->member.type == AR_TYPE_TEXT)
        return "const char *";
    return arena_print(arena, "%s ", parameter->bytes > 0 ? "uint8_t" : parameter->member.spelling);
}

/* Return what follows the name. */
static const char *value_suffix(struct arena *arena, const struct sql_parameter *parameter)
{
    return parameter->bytes > 0 ? arena_print(arena, "[%u]", parameter->bytes) : "";
}

/* Return the declaration of the pointer to the first element of a list. */
static const char *list_pointer(struct arena *arena, const struct sql_parameter *parameter, const char *name)
{
    if (parameter->bytes > 0)
        return arena_print(arena, "const uint8_t (*%s)[%u]", name, parameter->bytes);
    if (parameter->member.type == AR_TYPE_TEXT)
        return arena_print(arena, "const char *const *%s", name);
    return arena_print(arena, "const %s *%s", parameter->member.spelling, name);
}

static const char *declare_parameter(struct arena *arena, const struct sql_parameter *parameter)
{
    const char *name = parameter->member.field;
    if (parameter->is_list)
        return arena_print(arena, "%s, size_t %s_count", list_pointer(arena, parameter, name), name);
    return arena_print(arena, "%s%s%s%s", parameter->bytes > 0 ? "const " : "", value_type(arena, parameter), name,
                       value_suffix(arena, parameter));
}

static const char *declare_argument(struct arena *arena, const struct sql_parameter *parameter)
{
    const char *name = parameter->member.field;
    if (parameter->is_list)
        return arena_print(arena, "    struct {\n        %s;\n        size_t count;\n    } %s;\n",
                           list_pointer(arena, parameter, "items"), name);
    return arena_print(arena, "    %s%s%s;\n", value_type(arena, parameter), name, value_suffix(arena, parameter));
}

static const char *assign_argument(struct arena *arena, const struct sql_parameter *parameter)
{
    const char *name = parameter->member.field;
    if (parameter->is_list)
        return arena_print(arena, "    arguments.%s.items = %s;\n    arguments.%s.count = %s_count;\n", name, name,
                           name, name);
    if (parameter->bytes > 0)
        return arena_print(arena, "    memcpy(arguments.%s, %s, sizeof arguments.%s);\n", name, name, name);
    return arena_print(arena, "    arguments.%s = %s;\n", name, name);
}

/* ---- Functions --------------------------------------------------------------------------------------------------- */

static const char all_template[] =
    "/* Run the statement @n (@l) and return its rows. On failure the list is empty. */\n"
    "AR_MUST_CHECK enum ar_status @n(struct ar_session *s, @pstruct @m_list *out)\n"
    "{\n"
    "@a    struct ar_list list;\n"
    "    enum ar_status status = ar_statement_all(s, &@n_statement, @r, &list);\n"
    "    out->items = (@t *const *)list.items;\n"
    "    out->count = list.count;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char one_template[] =
    "/* Run the statement @n (@l) and return its only row. AR_NOT_FOUND: there is none. AR_MISUSE: there are several. "
    "*out is then NULL. */\n"
    "AR_MUST_CHECK enum ar_status @n(struct ar_session *s, @p@t **out)\n"
    "{\n"
    "@a    void *record;\n"
    "    enum ar_status status = ar_statement_one(s, &@n_statement, @r, &record);\n"
    "    *out = (@t *)record;\n"
    "    return status;\n"
    "}\n"
    "\n";

static const char run_template[] =
    "/* Run the statement @n (@l). `changed` receives the number of changed rows; it may be NULL. */\n"
    "AR_MUST_CHECK enum ar_status @n(struct ar_session *s, @pint64_t *changed)\n"
    "{\n"
    "@a    return ar_statement_run(s, &@n_statement, @r, changed);\n"
    "}\n"
    "\n";

static const char query_template[] =
    "/* Return a query whose rows are those of the statement, to load their relations eagerly. Conditions, orders and\n"
    " * limits belong in the statement. */\n"
    "struct @m_query *@n_query(@u)\n"
    "{\n"
    "@a    return (struct @m_query *)ar_statement_query(s, &@n_statement, @r);\n"
    "}\n"
    "\n";

static const char explain_template[] =
    "/* Describe how the statement would run, as ar_explain does. */\n"
    "AR_MUST_CHECK enum ar_status @n_explain(struct ar_session *s, @pconst char **out)\n"
    "{\n"
    "@a    return ar_statement_explain(s, &@n_statement, @r, out);\n"
    "}\n"
    "\n";

/* Text for the templates, made of the parameters. */
struct parts {
    const char *parameters; /* each with a comma after it */
    const char *plain;      /* without it after the last one */
    const char *names;
    const char *declarations;
    const char *assignments;
};

static struct parts make_parts(struct arena *arena, const struct sql_statement *statement)
{
    struct parts parts = {"", "", "", "", ""};
    for (size_t i = 0; i < statement_argument_count(statement); i++) {
        const struct sql_parameter *each = &statement->parameters[i];
        const char *separator = i == 0 ? "" : ", ", *name = each->member.field;
        const char *declaration = declare_parameter(arena, each);
        parts.parameters = arena_print(arena, "%s%s, ", parts.parameters, declaration);
        parts.plain = arena_print(arena, "%s%s%s", parts.plain, separator, declaration);
        parts.names = each->is_list ? arena_print(arena, "%s%s%s, %s_count", parts.names, separator, name, name)
                                    : arena_print(arena, "%s%s%s", parts.names, separator, name);
        parts.declarations = arena_print(arena, "%s%s", parts.declarations, declare_argument(arena, each));
        parts.assignments = arena_print(arena, "%s%s", parts.assignments, assign_argument(arena, each));
    }
    return parts;
}

/* Replace the mark in a template by lines of their own, so that each is broken as a line. */
static const char *insert_lines(struct arena *arena, const char *template, const char *mark, const char *lines)
{
    const char *at = strstr(template, mark);
    return arena_print(arena, "%.*s%s%s", (int)(at - template), template, lines, at + strlen(mark));
}

static void emit_functions(struct text *out, enum template_form form, const struct model_set *set,
                           const struct sql_statement *statement)
{
    struct arena *arena = set->arena;
    const struct model *model = statement->model;
    const struct parts parts = make_parts(arena, statement);
    bool any = statement_argument_count(statement) > 0;
    const char *build = any ? arena_print(arena, "    const struct %s_arguments arguments = %s_arguments(%s);\n",
                                          statement->name, statement->name, parts.names)
                            : "";
    const struct placeholder placeholders[] = {
        {'n', statement->name},
        {'l', emit_comment_text(arena, model_location(set, statement->at))},
        {'m', model->name},
        {'t', model->c_type},
        {'p', parts.parameters},
        {'u', arena_print(arena, "struct ar_session *s%s%s", any ? ", " : "", parts.plain)},
        {'r', any ? "&arguments" : "NULL"},
        {'\0', NULL},
    };
    const char *run = !statement->returns_rows ? run_template : statement->is_one ? one_template : all_template;
    template_add_functions(out, form, insert_lines(arena, run, "@a", build), placeholders);
    if (statement->returns_rows && !model->is_row)
        template_add_functions(out, form, insert_lines(arena, query_template, "@a", build), placeholders);
    template_add_functions(out, form, insert_lines(arena, explain_template, "@a", build), placeholders);
}

void emit_statement_functions(struct text *out, enum template_form form, const struct model_set *set,
                              const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        emit_functions(out, form, set, &model->statements[i]);
}

/* ---- Descriptors ------------------------------------------------------------------------------------------------- */

static const char arguments_template[] = "struct @n_arguments {\n"
                                         "@d};\n"
                                         "\n"
                                         "static struct @n_arguments @n_arguments(@q)\n"
                                         "{\n"
                                         "    struct @n_arguments arguments;\n"
                                         "@i    return arguments;\n"
                                         "}\n"
                                         "\n";

/* Write the struct that holds the statement's arguments, and the function that fills it. */
static void emit_arguments(struct text *out, struct arena *arena, const struct sql_statement *statement)
{
    const struct parts parts = make_parts(arena, statement);
    const struct placeholder placeholders[] = {{'n', statement->name}, {'q', parts.plain}, {'\0', NULL}};
    const char *template = insert_lines(arena, arguments_template, "@d", parts.declarations);
    template_add(out, insert_lines(arena, template, "@i", parts.assignments), placeholders);
}

static void emit_parameter(struct text *out, const struct model *arguments, const struct sql_parameter *parameter)
{
    const struct member *member = &parameter->member;
    text_print(out, "    {.column = {\n        .model = &%s,\n        .field = \"%s\",\n        .name = \":%s\",\n",
               arguments->symbol, member->field, member->field);
    text_print(out, "        .sql = \":%s\",\n        .offset = offsetof(%s, %s),\n", member->field, arguments->c_type,
               member->field);
    text_print(out, "        .size = sizeof(%s((%s *)0)->%s%s),\n", parameter->is_list ? "*" : "", arguments->c_type,
               member->field, parameter->is_list ? ".items" : "");
    emit_column_type(out, arguments, member);
    text_print(out, "    }%s},\n", parameter->is_list ? ", .is_list = true" : "");
}

static void emit_parameters(struct text *out, const struct model *arguments, const struct sql_statement *statement)
{
    size_t count = statement_argument_count(statement);
    for (size_t i = 0; i < count; i++)
        if (statement->parameters[i].member.is_enum)
            emit_enum_names(out, arguments, &statement->parameters[i].member);
    text_print(out, "static const struct ar_parameter %s_parameters[] = {\n", statement->name);
    for (size_t i = 0; i < count; i++)
        emit_parameter(out, arguments, &statement->parameters[i]);
    text_add(out, "};\n\n");
}

/* `:scope` is in no struct. */
static void emit_scope(struct text *out, const struct model *arguments, const struct member *member)
{
    text_print(out,
               "static const struct ar_column %s_scope = {\n        .model = &%s,\n        .field = \"%s\",\n"
               "        .name = \":%s\",\n        .sql = \":%s\",\n        .size = %u,\n",
               arguments->name, arguments->symbol, member->field, member->field, member->field, member->size);
    emit_column_type(out, arguments, member);
    text_add(out, "};\n\n");
}

static void emit_texts(struct text *out, struct arena *arena, const struct sql_statement *statement)
{
    struct text sql[DIALECT_COUNT] = {0};
    bool is_same = true;
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        text_add(&sql[i], statement_sql(arena, statement, dialects[i]));
        if (strcmp(sql[i].data, sql[0].data) != 0)
            is_same = false;
    }
    if (!is_same) {
        emit_sql(out, "sql", sql);
        return;
    }
    emit_shared_sql(out, "sql", &sql[0]);
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        text_free(&sql[i]);
}

static void emit_descriptor(struct text *out, struct arena *arena, const struct sql_statement *statement)
{
    const struct model *model = statement->model;
    const struct model arguments = {
        .name = statement->name,
        .c_type = arena_print(arena, "struct %s_arguments", statement->name),
        .symbol = model->symbol,
    };
    size_t count = statement_argument_count(statement);
    if (count > 0) {
        emit_arguments(out, arena, statement);
        emit_parameters(out, &arguments, statement);
    }
    if (count < statement->parameter_count)
        emit_scope(out, &arguments, &statement->parameters[count].member);
    text_print(out, "const struct ar_statement %s_statement = {\n    .name = \"%s\",\n    .row = &%s,\n",
               statement->name, statement->name, model->symbol);
    emit_texts(out, arena, statement);
    if (count > 0)
        text_print(out, "    .parameters = %s_parameters,\n    .parameter_count = %zu,\n", statement->name, count);
    if (count < statement->parameter_count)
        text_print(out, "    .scope = &%s_scope,\n", statement->name);
    if (statement->all_shards != NULL)
        text_add(out, "    .all_shards = true,\n");
    if (statement->returns_rows)
        text_add(out, "    .returns_rows = true,\n");
    if (statement->writes)
        text_add(out, "    .writes = true,\n");
    text_add(out, "};\n\n");
}

void emit_statement_descriptors(struct text *out, const struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        emit_descriptor(out, set->arena, &model->statements[i]);
}
