/* Reads the attributes that declare unions: relations to one of several models. */
#include "read_union.h"
#include "relation_option.h"

/* Begin a union whose variants are the values from `first` on. Return NULL after reporting an error. */
static struct relation_union *read_union(const struct reading *reading, struct model *model, size_t first)
{
    const struct annotation *annotation = &reading->annotation;
    struct relation_union *out = arena_take(reading->set->arena, sizeof *out);
    out->self.at = reading->at;
    out->self.owner = model;
    out->self.kind = relation_kind_of(ATTRIBUTE_BELONGS_TO);
    out->self.variant_of = out;
    out->is_exclusive = annotation->kind == ATTRIBUTE_BELONGS_TO_ONE_OF;
    if (!reading_word(reading, &annotation->values[0], "the union's name", &out->self.name))
        return NULL;
    out->self.target_name = out->self.name;
    out->variant_count = annotation->value_count - first;
    out->variants = arena_take(reading->set->arena, out->variant_count * sizeof *out->variants);
    for (size_t i = 0; i < out->variant_count; i++)
        if (!reading_word(reading, &annotation->values[first + i],
                          out->is_exclusive ? "the name of a relation" : "the name of a model", &out->variants[i].name))
            return NULL;
    list_add(reading->set->arena, model->unions, model->union_count) = out;
    return out;
}

/* ---- AR_BELONGS_TO_ANY ------------------------------------------------------------------------------------------- */

static struct relation *make_variant(const struct reading *reading, struct relation_union *out,
                                     const struct relation *common, struct variant *variant)
{
    struct relation *relation = arena_take(reading->set->arena, sizeof *relation);
    *relation = *common;
    relation->name = arena_print(reading->set->arena, "%s_%s", out->self.name, variant->name);
    relation->target_name = variant->name;
    relation->has_target_option = true; /* the target does not follow from the relation's name */
    relation->guard = variant;
    return relation;
}

void read_belongs_to_any(const struct reading *reading, struct model *model)
{
    struct relation_union *out = read_union(reading, model, 3);
    if (out == NULL)
        return;
    struct relation common = out->self;
    const struct annotation_value *values = reading->annotation.values;
    out->self.is_broken =
        !reading_field(reading, &values[1], "the field with the type", &out->type_name) ||
        !reading_fields(reading, &values[2], "the foreign key", &common.foreign_key_names, &common.foreign_key_count) ||
        !relation_options_read(reading, &common);
    out->self.types = common.types;
    common.is_broken = out->self.is_broken;
    for (size_t i = 0; i < out->variant_count; i++) {
        struct relation *relation = make_variant(reading, out, &common, &out->variants[i]);
        out->variants[i].relation = relation;
        list_add(reading->set->arena, model->relations, model->relation_count) = relation;
    }
}

/* ---- AR_BELONGS_TO_ONE_OF ---------------------------------------------------------------------------------------- */

void read_belongs_to_one_of(const struct reading *reading, struct model *model)
{
    struct relation_union *out = read_union(reading, model, 1);
    if (out != NULL && reading->annotation.option_count > 0) {
        out->self.is_broken = true;
        reading_fail(reading, "there is no option `.%s`", reading->annotation.options[0].name);
        diagnostic_help(reading->set->diagnostics, "write options at the relations of the union");
    }
}
