/* The generated header: list types, column handles and typed functions of its models. Each function only casts the
 * arguments and results of a function of the runtime; its body is in the generated source, unless it is called in
 * loops.
 */
#include "emit.h"
#include "name.h"
#include "template.h"

#include <armature/armature.h>
#include <string.h>

static const char list_template[] = "#ifndef @g\n"
                                    "#define @g\n"
                                    "struct @m_list {\n"
                                    "    @t *const *items;\n"
                                    "    size_t count;\n"
                                    "};\n"
                                    "#endif\n"
                                    "\n";

/* ---- Models ------------------------------------------------------------------------------------------------------ */

/* Return the middle of the handle's type, struct ar_<handle>_column. Enums are integers, whatever their sign. */
static const char *handle_type(const struct member *column)
{
    if (member_has(column, ATTRIBUTE_JSON))
        return "json";
    bool is_integer_enum = column->is_enum && member_is(column, GROUP_INTEGER);
    return column_type(is_integer_enum ? AR_TYPE_INT32 : column->type)->handle;
}

/* Return the length of the start that two scopes share, up to a dot. */
static size_t shared_scope(const char *a, const char *b)
{
    size_t shared = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
        if (a[i] == '.')
            shared = i + 1;
    return shared;
}

/* Write the ends of the structs that contain the scope's rest. */
static void close_scope(struct text *out, const char *scope, size_t kept, unsigned *depth)
{
    for (size_t length = strlen(scope); length > kept;) {
        size_t start = length - 1;
        while (start > kept && scope[start - 1] != '.')
            start--;
        text_print(out, "%*s} %.*s;\n", (int)(4 * (*depth)--), "", (int)(length - 1 - start), scope + start);
        length = start;
    }
}

/* Write the column handles, in structs like those that contain the fields. */
static void emit_handles(struct text *out, const struct model *model)
{
    const char *scope = "";
    unsigned depth = 0;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        size_t shared = shared_scope(scope, column->scope);
        close_scope(out, scope, shared, &depth);
        scope = column->scope;
        for (const char *at = scope + shared; *at != '\0'; at++)
            if (*at == '.')
                text_print(out, "%*sstruct {\n", (int)(4 * ++depth), "");
        text_print(out, "%*sstruct ar_%s_column %s;\n", (int)(4 * (depth + 1)), "", handle_type(column),
                   column->field + strlen(scope));
    }
    close_scope(out, scope, 0, &depth);
}

static void declare_statements(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        text_print(out, "extern const struct ar_statement %s_statement;\n", model->statements[i].name);
}

static void declare_columns(struct text *out, const struct model *model)
{
    text_print(out, "/* The columns of %s, for conditions and orders: ar_is_null(%s_column.%s). */\n", model->name,
               model->name, model->columns[0]->field);
    text_print(out, "struct %s_columns {\n", model->name);
    emit_handles(out, model);
    text_print(out,
               "};\n\n"
               "extern const struct %s_columns %s_column;\n"
               "extern const struct ar_model %s_model;\n",
               model->name, model->name, model->name);
    for (size_t i = 0; i < model->relation_count; i++)
        text_print(out, "extern const struct ar_relation %s_%s_relation;\n", model->name, model->relations[i]->name);
    for (size_t i = 0; i < model->union_count; i++)
        text_print(out, "extern const struct ar_union %s_%s_union;\n", model->name, model->unions[i]->self.name);
    declare_statements(out, model);
    text_add(out, "\n");
}

static void emit_model(struct text *out, const struct model_set *set, const struct model *model)
{
    emit_section(out, set, model);
    text_add(out, "\n");
    declare_columns(out, model);
    for (size_t i = 0; i < model->column_count; i++)
        emit_enum(out, set->arena, model, model->columns[i]);
    emit_hook_prototypes(out, set, model);
    for (size_t i = 0; i < model->union_count; i++)
        emit_union_types(out, set, model->unions[i]);
    emit_model_functions(out, TEMPLATE_DECLARATIONS, set, model);
}

static void emit_row(struct text *out, const struct model_set *set, const struct model *row)
{
    emit_section(out, set, row);
    text_print(out, "\nextern const struct ar_model %s;\n", row->symbol);
    declare_statements(out, row);
    text_add(out, "\n");
    emit_statement_functions(out, TEMPLATE_DECLARATIONS, set, row);
}

/* ---- The file ---------------------------------------------------------------------------------------------------- */

/* Return true if functions of the header name this model: it belongs to the header, or is the target of a relation. So
 * is the first model of a path, which is read with the last. */
static bool uses_model(const struct header *header, const struct model *model)
{
    for (size_t i = 0; i < header->model_count; i++) {
        if (header->models[i] == model)
            return true;
        for (size_t j = 0; j < header->models[i]->relation_count; j++)
            if (header->models[i]->relations[j]->target == model)
                return true;
    }
    return false;
}

static void emit_includes(struct text *out, const struct model_set *set, const struct header *header)
{
    text_print(out, "#include <armature/armature.h>\n\n#include \"%s\"\n", header->relative);
    for (size_t i = 0; i < set->header_count; i++) {
        const struct header *other = &set->headers[i];
        bool is_needed = false;
        for (size_t j = 0; j < other->model_count; j++)
            is_needed = is_needed || uses_model(header, other->models[j]);
        if (is_needed && other != header)
            text_print(out, "#include \"%s\"\n", other->relative);
    }
    text_add(out, "\n");
}

static void emit_list_type(struct text *out, const struct model_set *set, const struct model *model)
{
    const char *guard = arena_print(set->arena, "ARMATURE_LIST_%s", name_upper(set->arena, model->name));
    const struct placeholder placeholders[] = {{'g', guard}, {'m', model->name}, {'t', model->c_type}, {'\0', NULL}};
    template_add(out, list_template, placeholders);
}

static void emit_types(struct text *out, const struct model_set *set, const struct header *header)
{
    for (size_t i = 0; i < set->model_count; i++)
        if (uses_model(header, set->models[i]))
            text_print(out, "struct %s_query;\n", set->models[i]->name);
    text_add(out, "\n/* Records in the order of a query. The list belongs to the session. */\n");
    for (size_t i = 0; i < set->model_count; i++)
        if (uses_model(header, set->models[i]))
            emit_list_type(out, set, set->models[i]);
    for (size_t i = 0; i < header->row_count; i++)
        emit_list_type(out, set, header->rows[i]);
}

/* Write the list of the header's models. It is static, so that two headers with the same name do not collide when the
 * program is linked. */
static void emit_model_list(struct text *out, const struct model_set *set, const struct header *header)
{
    if (header->model_count == 0)
        return;
    const char *name = emit_list_name(set, header);
    text_print(out,
               "/* All models of %s, for ar_create_table_list, ar_check_table_list and ar_db_options.models. */\n"
               "enum { %s_count = %zu };\n"
               "static const struct ar_model *const %ss[%s_count] = {\n",
               emit_comment_text(set->arena, header->relative), name, header->model_count, name, name);
    for (size_t i = 0; i < header->model_count; i++)
        text_print(out, "    &%s_model,\n", header->models[i]->name);
    text_add(out, "};\n\n");
}

void emit_header(struct text *out, const struct model_set *set, const struct header *header)
{
    const char *name = emit_comment_text(set->arena, header->relative);
    text_print(
        out,
        "/* Types and functions for the models in %s. Generated by armature %s: edit that header, not this file. */\n"
        "#ifndef %s\n"
        "#define %s\n\n",
        name, ARMATURE_VERSION, header->guard, header->guard);
    emit_includes(out, set, header);
    text_print(out,
               "#if ARMATURE_ABI != %d\n"
               "#error \"%s was generated by a different version of Armature: generate it again with this one\"\n"
               "#endif\n\n"
               "#ifdef __cplusplus\n"
               "extern \"C\" {\n"
               "#endif\n\n",
               ARMATURE_ABI, header->output);
    if (header->model_count > 0 || header->row_count > 0)
        emit_types(out, set, header);
    for (size_t i = 0; i < header->model_count; i++)
        emit_model(out, set, header->models[i]);
    for (size_t i = 0; i < header->row_count; i++)
        emit_row(out, set, header->rows[i]);
    emit_model_list(out, set, header);
    text_add(out, "#ifdef __cplusplus\n"
                  "}\n"
                  "#endif\n"
                  "#endif\n");
}
