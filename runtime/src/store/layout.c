/* Layouts of records. */
#include "store/layout.h"

#include "model/type_info.h"
#include "model/validate.h"
#include "store/record.h"

#include <stdlib.h>
#include <string.h>

/* List the words of the struct that columns do not fill: padding, and members that are not columns. The last one may
 * extend past the struct, for which a record has room. Return their number. */
static size_t list_gaps(const struct ar_model *model, unsigned char *filled, uint32_t *gaps)
{
    size_t count = 0;

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        memset(filled + column->offset, 1, column->size);
        if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
            filled[column->null_offset] = 1;
    }
    for (size_t i = 0; i < model->size; i += AR_GAP_SIZE)
        if (i + AR_GAP_SIZE > model->size || memchr(filled + i, 0, AR_GAP_SIZE) != NULL)
            gaps[count++] = (uint32_t)i;
    return count;
}

static size_t list_texts(const struct ar_model *model, uint16_t *texts)
{
    size_t count = 0;

    for (size_t i = 0; i < model->column_count; i++) {
        if (ar_type_info_of(&model->columns[i])->own != NULL)
            texts[count++] = (uint16_t)i;
    }
    return count;
}

static void describe(struct layout *layout, const struct ar_model *model)
{
    layout->model = model;
    layout->alignment = model->alignment > _Alignof(struct record) ? model->alignment : _Alignof(struct record);
    layout->padding = -sizeof(struct record) & (layout->alignment - 1);
    layout->has_integer_key = model->key_count > 0 && ar_key_is_integer(ar_primary_key(model));
    layout->key_reader = ar_key_reader(ar_primary_key(model));
    layout->generated = ar_generated_key(model);
    layout->can_be_invalid = model->arc_count > 0;
    for (size_t i = 0; i < model->column_count; i++) {
        layout->column_flags |= model->columns[i].flags;
        if ((model->columns[i].flags & AR_COLUMN_VERSION) != 0)
            layout->version = &model->columns[i];
        layout->can_be_invalid = layout->can_be_invalid || ar_can_be_invalid(&model->columns[i]);
    }
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct ar_relation *relation = model->relations[i];
        layout->has_parents = layout->has_parents || relation->has_counter || relation->touches;
        if (relation->dependent == AR_DEPENDENT_NONE)
            continue;
        layout->has_dependents = true;
        layout->needs_row = layout->needs_row || relation->referred_key != NULL;
    }
}

/* Allocate a layout together with its lists. */
static struct layout *make(const struct ar_model *model)
{
    size_t gaps_size = (model->size / AR_GAP_SIZE + 1) * sizeof(uint32_t);
    size_t texts_size = model->column_count * sizeof(uint16_t);
    struct layout *layout = calloc(1, sizeof *layout + gaps_size + texts_size);
    unsigned char *filled = calloc(1, model->size);
    uint32_t *gaps = layout != NULL ? (uint32_t *)(void *)(layout + 1) : NULL;
    uint16_t *texts = layout != NULL ? (uint16_t *)(void *)((char *)gaps + gaps_size) : NULL;

    if (layout == NULL || filled == NULL) {
        free(layout);
        free(filled);
        return NULL;
    }
    describe(layout, model);
    layout->gaps = gaps;
    layout->gap_count = list_gaps(model, filled, gaps);
    layout->texts = texts;
    layout->text_count = list_texts(model, texts);
    free(filled);
    return layout;
}

const struct layout *ar_layout(struct shared_map *layouts, const struct ar_model *model)
{
    struct layout *layout = ar_shared_find(layouts, model);

    if (layout != NULL)
        return layout;
    layout = make(model);
    return layout != NULL ? ar_shared_add(layouts, model, &layout->item) : NULL;
}
