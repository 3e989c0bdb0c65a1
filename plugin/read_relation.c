/* Reads the attributes that declare relations. */
#include "read_relation.h"
#include "relation_option.h"

/* Read the relations to follow. */
static bool read_path(const struct reading *reading, struct relation *relation)
{
    const struct annotation *annotation = &reading->annotation;
    for (size_t i = 1; i < annotation->value_count; i++) {
        const char *name = NULL;
        if (!reading_word(reading, &annotation->values[i], "a relation to follow", &name))
            return false;
        list_add(reading->set->arena, relation->path_names, relation->path_name_count) = name;
    }
    return true;
}

/* Read the join table, its columns and the inverse. */
static bool read_join(const struct reading *reading, struct relation *relation)
{
    const struct annotation *annotation = &reading->annotation;
    const struct annotation_value *values = annotation->values;
    return reading_table_name(reading, &values[1], &relation->join_schema, &relation->join_table) &&
           reading_fields(reading, &values[2], "the own key", &relation->foreign_key_names,
                          &relation->foreign_key_count) &&
           reading_fields(reading, &values[3], "the other key", &relation->other_key_names,
                          &relation->other_key_count) &&
           (annotation->value_count < 5 || reading_word(reading, &values[4], "the inverse", &relation->inverse_name));
}

/* Read the foreign key and the inverse. */
static bool read_key(const struct reading *reading, struct relation *relation)
{
    const struct annotation *annotation = &reading->annotation;
    if (annotation->value_count < 2) {
        reading_fail(reading, "the relation `%s` has no foreign key", relation->name);
        diagnostic_help(reading->set->diagnostics, "write it as %s", annotation->attribute->usage);
        return false;
    }
    return reading_fields(reading, &annotation->values[1], "the foreign key", &relation->foreign_key_names,
                          &relation->foreign_key_count) &&
           (annotation->value_count < 3 ||
            reading_word(reading, &annotation->values[2], "the inverse", &relation->inverse_name));
}

/* Read everything except the name. Return false after reporting an error. */
static bool read_relation_parts(const struct reading *reading, struct relation *relation)
{
    bool is_read = relation->kind->follows_path     ? read_path(reading, relation)
                   : relation->kind->has_join_table ? read_join(reading, relation)
                                                    : read_key(reading, relation);
    return is_read && relation_options_read(reading, relation);
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
