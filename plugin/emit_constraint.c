/* The members of a model's descriptor that list its constraints: checks, and columns that are unique together. */
#include "emit_descriptor.h"

static void emit_checks(struct text *out, const struct model *model)
{
    if (model->check_count == 0)
        return;
    text_add(out, "    .checks =\n        (const struct ar_check[]){\n");
    for (size_t i = 0; i < model->check_count; i++) {
        const struct table_check *check = model->checks[i];
        text_add(out, "            {.constraint = ");
        text_add_literal(out, check->constraint);
        text_add(out, ", .sql = ");
        text_add_literal(out, check->sql[DIALECT_SQLITE]);
        if (check->column != NULL)
            text_print(out, ", .column = &%s_column_table[%u]", model->name, check->column->index);
        text_add(out, "},\n");
    }
    text_print(out, "        },\n    .check_count = %zu,\n", model->check_count);
}

/* Write the index if foreign keys and upserts may find rows by it. A single AR_UNIQUE column has a flag instead. */
static bool emit_unique(struct text *out, const struct table_index *index)
{
    if (!index->is_unique || !index_is_total(index) || index->part_count > AR_KEY_COLUMNS_MAX)
        return false;
    if (index->part_count == 1 && member_has(index->parts[0].column, ATTRIBUTE_UNIQUE))
        return false;
    text_add(out, "            {(const uint16_t[]){");
    for (size_t i = 0; i < index->part_count; i++)
        text_print(out, "%s%u", i > 0 ? ", " : "", index->parts[i].column->index);
    text_print(out, "}, %zu},\n", index->part_count);
    return true;
}

static void emit_uniques(struct text *out, const struct model *model)
{
    struct text list = {0};
    size_t count = 0;
    for (size_t i = 0; i < model->index_count; i++)
        count += emit_unique(&list, &model->indexes[i]);
    if (count > 0)
        text_print(out, "    .uniques =\n        (const struct ar_unique[]){\n%s        },\n    .unique_count = %zu,\n",
                   list.data, count);
    text_free(&list);
}

void emit_constraints(struct text *out, const struct model *model)
{
    emit_checks(out, model);
    emit_uniques(out, model);
}
