/* Reads the attributes that declare hooks. */
#include "read_hook.h"

void read_hook(const struct reading *reading, struct model *model)
{
    const struct annotation *annotation = &reading->annotation;
    struct model_hook hook = {.kind = hook_kind_of(annotation->kind), .at = reading->at};
    if (annotation->option_count > 0) {
        reading_fail(reading, "there is no option `.%s`", annotation->options[0].name);
        return;
    }
    if (reading_word(reading, &annotation->values[0], "the function", &hook.function))
        list_add(reading->set->arena, model->hooks, model->hook_count) = hook;
}
