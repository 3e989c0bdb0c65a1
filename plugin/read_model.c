/* Reads the attributes of structs and fields into models, columns and relations. Reports errors within one attribute;
 * check.c reports those that involve several. */
#include "decimal.h"
#include "embed.h"
#include "model.h"
#include "read_hook.h"
#include "read_member.h"
#include "read_relation.h"
#include "read_schema.h"
#include "read_statement.h"
#include "read_table.h"
#include "read_type.h"
#include "read_union.h"

#include <stdlib.h>
#include <string.h>

/* ---- Models ------------------------------------------------------------------------------------------------------ */

static void read_unique_key(const struct reading *reading, struct model *model)
{
    struct unique_key key = {.at = reading->at};
    for (size_t i = 0; i < reading->annotation.value_count; i++) {
        const char *name = NULL;
        if (!reading_field(reading, &reading->annotation.values[i], "the field", &name))
            return;
        list_add(reading->set->arena, key.names, key.count) = name;
    }
    key.columns = arena_take(reading->set->arena, key.count * sizeof *key.columns);
    list_add(reading->set->arena, model->unique_keys, model->unique_key_count) = key;
}

/* What an attribute is written after. */
enum subject { OF_STRUCT, OF_FIELD, OF_CONSTANT };

static const struct {
    const char *plural, *place;
} subjects[] = {
    [OF_STRUCT] = {"structs", "the closing brace of the struct"},
    [OF_FIELD] = {"fields", "the name of a field"},
    [OF_CONSTANT] = {"constants of enums", "the name of a constant"},
};

static enum subject subject_of(const struct attribute_descriptor *attribute)
{
    if (attribute->is_of_struct)
        return OF_STRUCT;
    return attribute->is_of_constant ? OF_CONSTANT : OF_FIELD;
}

/* Parse the attribute and check that it is allowed here. Return false after reporting an error. */
static bool read_annotation(struct reading *reading, const struct attribute *attribute, enum subject subject)
{
    struct model_set *set = reading->set;
    reading->at = attribute->at;
    struct annotation *out = &reading->annotation;
    const char *error = annotation_parse(set->arena, attribute->text, out);
    if (out->attribute == NULL) {
        diagnostic_error(set->diagnostics, attribute->at, "%s", error);
        return false;
    }
    if (error != NULL)
        return reading_fail_with_usage(reading, error);
    enum subject wanted = subject_of(out->attribute);
    bool is_here = wanted == subject || (out->attribute->is_of_both && subject == OF_FIELD) ||
                   (out->attribute->is_of_constant_too && subject == OF_CONSTANT);
    if (!is_here) {
        reading_fail(reading, "this attribute is for %s", subjects[wanted].plural);
        diagnostic_help(set->diagnostics, "write it after %s", subjects[wanted].place);
        return false;
    }
    return true;
}

static void read_model(struct reading *reading, struct model *model)
{
    static void (*const readers[ATTRIBUTE_COUNT])(const struct reading *, struct model *) = {
        [ATTRIBUTE_TABLE] = read_table,
        [ATTRIBUTE_VIEW] = read_view,
        [ATTRIBUTE_BELONGS_TO] = read_relation,
        [ATTRIBUTE_HAS_MANY] = read_relation,
        [ATTRIBUTE_HAS_ONE] = read_relation,
        [ATTRIBUTE_BEFORE_INSERT] = read_hook,
        [ATTRIBUTE_AFTER_INSERT] = read_hook,
        [ATTRIBUTE_BEFORE_UPDATE] = read_hook,
        [ATTRIBUTE_AFTER_UPDATE] = read_hook,
        [ATTRIBUTE_BEFORE_DELETE] = read_hook,
        [ATTRIBUTE_AFTER_DELETE] = read_hook,
        [ATTRIBUTE_VALIDATE] = read_hook,
        [ATTRIBUTE_AFTER_COMMIT] = read_hook,
        [ATTRIBUTE_AFTER_ROLLBACK] = read_hook,
        [ATTRIBUTE_ROW] = read_row,
        [ATTRIBUTE_SQL] = read_statement,
        [ATTRIBUTE_UNIQUE_KEY] = read_unique_key,
        [ATTRIBUTE_INDEX] = read_index,
        [ATTRIBUTE_CHECK] = read_check,
        [ATTRIBUTE_REFERENCE_TABLE] = read_reference_table,
        [ATTRIBUTE_WAS] = read_was,
        [ATTRIBUTE_HAS_MANY_THROUGH] = read_relation,
        [ATTRIBUTE_HAS_ONE_THROUGH] = read_relation,
        [ATTRIBUTE_MANY_TO_MANY] = read_relation,
        [ATTRIBUTE_BELONGS_TO_ANY] = read_belongs_to_any,
        [ATTRIBUTE_BELONGS_TO_ONE_OF] = read_belongs_to_one_of,
    };
    for (size_t i = 0; i < model->attributes.count; i++) {
        if (!read_annotation(reading, &model->attributes.items[i], OF_STRUCT))
            continue;
        readers[reading->annotation.kind](reading, model);
    }
}

/* ---- Members ----------------------------------------------------------------------------------------------------- */

static void read_length(const struct reading *reading, struct member *member)
{
    uint32_t *const bounds[] = {&member->minimum_length, &member->maximum_length};
    for (size_t i = 0; i < 2; i++) {
        int64_t number;
        const struct annotation_value *value = &reading->annotation.values[i];
        if (!reading_integer(value, &number) || number < 0 || number > UINT32_MAX) {
            reading_fail_number(reading, value, i == 0 ? "the minimum" : "the maximum");
            return;
        }
        *bounds[i] = (uint32_t)number;
    }
    if (member->minimum_length > member->maximum_length)
        reading_fail(reading, "the minimum is larger than the maximum");
}

static bool read_real(const struct annotation_value *value, double *out)
{
    if (value->kind != VALUE_NUMBER)
        return false;
    char *end;
    *out = strtod(value->text, &end);
    return *end == '\0' && *out - *out == 0; /* neither infinite nor NaN */
}

/* The bounds are read when the type is known. */
static void read_range(const struct reading *reading, struct member *member)
{
    member->range_values = reading->annotation.values;
}

static bool read_bound(const struct member *member, const struct annotation_value *value, int64_t *out)
{
    if (member->type == AR_TYPE_DECIMAL)
        return value->kind == VALUE_NUMBER && decimal_parse(value->text, member->scale, out);
    return reading_integer(value, out);
}

static void fail_bound(const struct reading *reading, const struct member *member, const struct annotation_value *value,
                       const char *what)
{
    if (member->type == AR_TYPE_DECIMAL && value->kind == VALUE_NUMBER)
        reading_fail(reading, "%s is not a number that AR_DECIMAL(%u, %u) holds", what, member->precision,
                     member->scale);
    else
        reading_fail_number(reading, value, what);
}

static void read_bounds(struct reading *reading, struct member *member)
{
    const struct annotation_value *values = member->range_values;
    bool is_real = member_is(member, GROUP_REAL);
    int64_t *const integers[] = {&member->minimum_integer, &member->maximum_integer};
    double *const reals[] = {&member->minimum_real, &member->maximum_real};
    reading->annotation = (struct annotation){.attribute = &attribute_table[ATTRIBUTE_RANGE]};
    reading->at = member->kind_at[ATTRIBUTE_RANGE];
    for (size_t i = 0; i < 2; i++)
        if (is_real ? !read_real(&values[i], reals[i]) : !read_bound(member, &values[i], integers[i])) {
            fail_bound(reading, member, &values[i], i == 0 ? "the minimum" : "the maximum");
            return;
        }
    if (is_real ? *reals[0] > *reals[1] : *integers[0] > *integers[1])
        reading_fail(reading, "the minimum is larger than the maximum");
}

static void read_default(const struct reading *reading, struct member *member)
{
    const struct annotation_value *value = &reading->annotation.values[0];
    if (value->kind == VALUE_TUPLE || value->kind == VALUE_GROUP || value->text[0] == '\0') {
        reading_fail_with_usage(reading, "the default is not an SQL expression in quotes");
        return;
    }
    member->default_sql = value->text;
}

/* Read the digits of a fraction: by default none for a time_t, microseconds for a struct timespec. */
static void read_digits(const struct reading *reading, struct member *member)
{
    const struct annotation *annotation = &reading->annotation;
    int64_t digits = column_type(member->type)->ticks_per_second == 1 ? 0 : 6;
    if (annotation->value_count > 1 && (!reading_integer(&annotation->values[1], &digits) || digits < 0 || digits > 9))
        reading_fail_with_usage(reading, "the digits of the fraction are not a number from 0 to 9");
    member->scale = (uint16_t)digits;
}

static void read_stored_as(const struct reading *reading, struct member *member)
{
    static const struct {
        const char *form;
        unsigned flags;
    } forms[] = {
        {"text", AR_COLUMN_TIME_TEXT},
        {"date", AR_COLUMN_TIME_TEXT | AR_COLUMN_TIME_DATE},
        {"iso", AR_COLUMN_TIME_TEXT | AR_COLUMN_TIME_ISO},
    };
    const struct annotation_value *value = &reading->annotation.values[0];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (value->kind == VALUE_WORD && strcmp(value->text, forms[i].form) == 0)
            member->stored_as = forms[i].flags;
    if (member->stored_as == 0)
        reading_fail_with_usage(reading, "the form is not `text`, `date` or `iso`");
    else if ((member->stored_as & AR_COLUMN_TIME_ISO) != 0)
        read_digits(reading, member);
    else if (reading->annotation.value_count > 1)
        reading_fail(reading, "only the form `iso` has a number of digits");
    if (!member_is(member, GROUP_DATE))
        return;
    if (member->stored_as != 0 && (member->stored_as & AR_COLUMN_TIME_DATE) == 0)
        reading_fail(reading, "a struct ar_date is always stored as a date");
    member->stored_as = 0;
}

static void read_generate_uuid(const struct reading *reading, struct member *member)
{
    const struct annotation_value *value = &reading->annotation.values[0];
    if (value->kind == VALUE_WORD && strcmp(value->text, "v7") == 0)
        member->uuid_maker = UUID_MAKER_LIBRARY;
    else if (value->kind == VALUE_WORD && strcmp(value->text, "database") == 0)
        member->uuid_maker = UUID_MAKER_DATABASE;
    else
        reading_fail_with_usage(reading, "the argument is not `v7` or `database`");
}

static void read_column(const struct reading *reading, struct member *member)
{
    reading_sql_name(reading, &reading->annotation.values[0], &member->name);
}

static void read_member_was(const struct reading *reading, struct member *member)
{
    reading_sql_name(reading, &reading->annotation.values[0], &member->was);
}

static void read_nullable_by(const struct reading *reading, struct member *member)
{
    reading_field(reading, &reading->annotation.values[0], "the flag", &member->null_flag_name);
}

static void read_embed(const struct reading *reading, struct member *member)
{
    member->prefix = "";
    if (reading->annotation.value_count > 0)
        reading_sql_name(reading, &reading->annotation.values[0], &member->prefix);
}

static void read_transient(const struct reading *reading, struct member *member)
{
    (void)reading;
    member->role = MEMBER_TRANSIENT;
}

static void read_member_annotation(const struct reading *reading, struct member *member)
{
    /* The others have no arguments; `kinds` records that the field has them. */
    static void (*const readers[ATTRIBUTE_COUNT])(const struct reading *, struct member *) = {
        [ATTRIBUTE_COLUMN] = read_column,       [ATTRIBUTE_NULLABLE_BY] = read_nullable_by,
        [ATTRIBUTE_DEFAULT] = read_default,     [ATTRIBUTE_LENGTH] = read_length,
        [ATTRIBUTE_RANGE] = read_range,         [ATTRIBUTE_STORED_AS] = read_stored_as,
        [ATTRIBUTE_TRANSIENT] = read_transient, [ATTRIBUTE_SQL_TYPE] = read_sql_type,
        [ATTRIBUTE_ENUM_TYPE] = read_enum_type, [ATTRIBUTE_JSON] = read_json,
        [ATTRIBUTE_EMBED] = read_embed,         [ATTRIBUTE_GENERATE_UUID] = read_generate_uuid,
        [ATTRIBUTE_CHECK] = read_member_check,  [ATTRIBUTE_GENERATED] = read_generated,
        [ATTRIBUTE_DECIMAL] = read_decimal,     [ATTRIBUTE_WAS] = read_member_was,
    };
    const struct annotation *annotation = &reading->annotation;
    if (member_has(member, annotation->kind)) {
        reading_fail(reading, "the field already has this attribute");
        return;
    }
    member->kinds[annotation->kind] = true;
    member->kind_at[annotation->kind] = reading->at;
    if (annotation->option_count > 0 && !annotation->attribute->has_options)
        reading_fail(reading, "there is no option `.%s`", annotation->options[0].name);
    else if (readers[annotation->kind] != NULL)
        readers[annotation->kind](reading, member);
}

/* Apply the attributes that change the type. */
static void finish_type(struct arena *arena, struct member *member)
{
    if (member_has(member, ATTRIBUTE_UUID) && member_is(member, GROUP_SIXTEEN_BYTES))
        member->type = member->stored_as == AR_COLUMN_TIME_TEXT ? AR_TYPE_UUID_TEXT : AR_TYPE_UUID;
    if (member->unmapped == NULL && column_type(member->type)->cast.type != NULL)
        member->cast = &column_type(member->type)->cast;
    bool has_labels = member_has(member, ATTRIBUTE_ENUM_TEXT) || member_has(member, ATTRIBUTE_ENUM_TYPE);
    if (member->is_enum && member->unmapped == NULL && has_labels && member->size == 4)
        member->type = AR_TYPE_ENUM_TEXT;
    decimal_finish_type(arena, member);
}

static void read_labels(struct reading *reading, struct member *member)
{
    for (size_t i = 0; i < member->enum_attribute_count; i++) {
        const struct constant_attribute *each = &member->enum_attributes[i];
        if (!read_annotation(reading, &each->attribute, OF_CONSTANT))
            continue;
        if (reading->annotation.kind == ATTRIBUTE_WAS)
            read_label_was(reading, member, each->constant);
        else
            read_label(reading, &member->enum_names[each->constant].name);
    }
}

void read_member(struct reading *reading, struct member *member)
{
    member->name = member->field;
    for (size_t i = 0; i < member->attributes.count; i++) {
        if (read_annotation(reading, &member->attributes.items[i], OF_FIELD))
            read_member_annotation(reading, member);
    }
    read_labels(reading, member);
    finish_type(reading->set->arena, member);
    if (member->range_values != NULL)
        read_bounds(reading, member);
    for (size_t i = 0; embed_is_expanded(member) && i < member->part_count; i++)
        read_member(reading, member->parts[i]);
}

static void find_null_flags(struct arena *arena, struct model *model)
{
    for (size_t i = 0; i < model->member_count; i++) {
        struct member *member = model->members[i];
        if (member->null_flag_name == NULL)
            continue;
        struct member *flag = embed_find_flag(arena, model, member);
        member->null_flag = flag;
        if (flag != NULL && flag != member && flag->type == AR_TYPE_BOOL && flag->unmapped == NULL)
            flag->role = MEMBER_NULL_FLAG;
    }
}

static void collect_columns(struct arena *arena, struct model *model)
{
    for (size_t i = 0; i < model->member_count; i++) {
        struct member *member = model->members[i];
        if (member->role != MEMBER_COLUMN)
            continue;
        member->index = (unsigned)model->column_count;
        list_add(arena, model->columns, model->column_count) = member;
        if (member_has(member, ATTRIBUTE_PRIMARY_KEY))
            list_add(arena, model->keys, model->key_count) = member;
    }
}

/* Move the AR_ROW structs from one list to another. */
static void move_rows(struct arena *arena, struct model **models, size_t *count, struct model ***rows,
                      size_t *row_count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (models[i]->is_row)
            list_add(arena, *rows, *row_count) = models[i];
        else
            models[kept++] = models[i];
    *count = kept;
}

void model_build(struct model_set *set)
{
    struct reading reading = {.set = set};
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        read_model(&reading, model);
        for (size_t j = 0; j < model->member_count; j++)
            read_member(&reading, model->members[j]);
        embed_expand(set, model);
        find_null_flags(set->arena, model);
        collect_columns(set->arena, model);
    }
    move_rows(set->arena, set->models, &set->model_count, &set->rows, &set->row_count);
    for (size_t i = 0; i < set->header_count; i++) {
        struct header *header = &set->headers[i];
        move_rows(set->arena, header->models, &header->model_count, &header->rows, &header->row_count);
    }
}
