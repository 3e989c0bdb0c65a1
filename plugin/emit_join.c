/* The parts of the generated source for what no header declares: the structs of join tables of AR_MANY_TO_MANY, and
 * declarations of descriptors with internal linkage. */
#include "emit_descriptor.h"

static void emit_struct(struct text *out, const struct model *join)
{
    text_print(out, "/* The rows of %s, without a struct of the program. */\n%s {\n", join->table, join->c_type);
    for (size_t i = 0; i < join->column_count; i++) {
        const struct member *column = join->columns[i];
        if (member_is(column, GROUP_UUID) || column->type == AR_TYPE_BYTES)
            text_print(out, "    uint8_t %s[%u];\n", column->field, column->size);
        else if (column->type == AR_TYPE_TEXT)
            text_print(out, "    const char *%s;\n", column->field);
        else
            text_print(out, "    %s %s;\n", column->spelling, column->field);
    }
    text_add(out, "};\n");
}

static void declare_ends(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (model->relations[i]->path_end != NULL)
            text_print(out, "static const struct ar_relation %s;\n\n", model->relations[i]->path_end->symbol);
}

void emit_join_declarations(struct text *out, const struct model_set *set)
{
    for (size_t i = 0; i < set->join_count; i++) {
        const struct model *join = set->joins[i];
        emit_struct(out, join);
        text_print(out, "static const struct ar_model %s_model;\n", join->name);
        for (size_t j = 0; j < join->relation_count; j++)
            text_print(out,
                       "static const struct ar_relation %s;\n"
                       "static const struct ar_relation %s;\n",
                       join->relations[j]->symbol, join->relations[j]->inverse->symbol);
        text_add(out, "\n");
    }
    for (size_t i = 0; i < set->model_count; i++)
        declare_ends(out, set->models[i]);
}
