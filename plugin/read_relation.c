/* Reads the attributes that declare relations. */
#include "read_relation.h"
#include "relation_option.h"

/* Read everything except the name. Return false after reporting an error. */
static bool read_relation_parts(const struct reading *reading, struct relation *relation)
{
    const struct annotation *annotation = &reading->annotation;
    if (annotation->value_count < 2) {
        reading_fail(reading, "the relation `%s` has no foreign key", relation->name);
        diagnostic_help(reading->set->diagnostics, "write it as %s", annotation->attribute->usage);
        return false;
    }
    if (!reading_words(reading, &annotation->values[1], "the foreign key", &relation->foreign_key_names,
                       &relation->foreign_key_count))
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
