/* Reads the attributes that declare relations. */
#include "read_relation.h"
#include "relation_option.h"

static bool read_foreign_key(const struct reading *reading, const struct annotation_value *value,
                             struct relation *relation)
{
    const struct annotation_value *items = value->kind == VALUE_TUPLE ? value->items : value;
    size_t count = value->kind == VALUE_TUPLE ? value->item_count : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name = NULL;
        if (!reading_word(reading, &items[i], "the foreign key", &name))
            return false;
        list_add(reading->set->arena, relation->foreign_key_names, relation->foreign_key_count) = name;
    }
    return true;
}

/* Read everything except the name. Return false after reporting an error. */
static bool read_relation_parts(const struct reading *reading, struct relation *relation)
{
    const struct annotation *annotation = &reading->annotation;
    if (annotation->value_count < 2) {
        reading_fail(reading, "the relation `%s` has no foreign key", relation->name);
        diagnostic_help(reading->set->diagnostics, "write it as %s", annotation->attribute->usage);
        return false;
    }
    if (!read_foreign_key(reading, &annotation->values[1], relation))
        return false;
    if (annotation->value_count > 2 &&
        !reading_word(reading, &annotation->values[2], "the inverse", &relation->inverse_name))
        return false;
    return relation_options_read(reading, relation);
}

void read_relation(const struct reading *reading, struct model *model)
{
    const struct annotation *annotation = &reading->annotation;
    const char *name = NULL;
    if (!reading_word(reading, &annotation->values[0], "the relation's name", &name))
        return;
    struct relation *relation = arena_take(reading->set->arena, sizeof *relation);
    relation->name = relation->target_name = name;
    relation->at = reading->at;
    relation->kind = relation_kind_of(annotation->kind);
    relation->owner = model;
    relation->is_broken = !read_relation_parts(reading, relation);
    list_add(reading->set->arena, model->relations, model->relation_count) = relation;
}
