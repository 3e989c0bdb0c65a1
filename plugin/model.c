/* Reads the attributes of structs and fields into models, columns and relations. Reports errors within one attribute;
 * check.c reports those that involve several. */
#include "model.h"
#include "suggest.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The attribute that is being read. */
struct reading {
    struct model_set *set;
    struct annotation annotation;
    struct location at;
};

bool member_has(const struct member *member, enum attribute_kind kind)
{
    return (member->kinds & (UINT64_C(1) << kind)) != 0;
}

bool member_is_mapped(const struct member *member)
{
    return member->role == MEMBER_COLUMN && member->unmapped == NULL;
}

bool member_is(const struct member *member, unsigned groups)
{
    const struct column_type *type = column_type(member->type);
    unsigned own = type->groups | (type->key.constructor != NULL ? GROUP_KEY : 0u) |
                   (member->is_enum ? GROUP_ENUM : 0u) | (member->is_sixteen_bytes ? GROUP_SIXTEEN_BYTES : 0u);
    return (own & groups) != 0;
}

struct member *model_member(const struct model *model, const char *field)
{
    for (size_t i = 0; i < model->member_count; i++)
        if (strcmp(model->members[i]->field, field) == 0)
            return model->members[i];
    return NULL;
}

struct relation *model_relation(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->relation_count; i++)
        if (strcmp(model->relations[i]->name, name) == 0)
            return model->relations[i];
    return NULL;
}

const char *relation_macro(const struct relation *relation)
{
    return attribute_table[relation->kind->attribute].macro;
}

const char *member_enum_stem(struct arena *arena, const struct model *model, const struct member *member)
{
    return member->enum_tag != NULL ? member->enum_tag : arena_print(arena, "%s_%s", model->name, member->field);
}

const char *model_location(const struct model_set *set, const struct model *model, struct location at)
{
    const char *file = at.order < set->header_count ? set->headers[at.order].relative : model->header->relative;
    return arena_print(set->arena, "%s:%u", file, at.line);
}

__attribute__((format(printf, 2, 3))) static bool fail(const struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprint(reading->set->arena, format, arguments);
    va_end(arguments);
    diagnostic_error(reading->set->diagnostics, reading->at, "%s: %s", reading->annotation.attribute->macro, message);
    return false;
}

static bool fail_with_usage(const struct reading *reading, const char *message)
{
    fail(reading, "%s", message);
    diagnostic_help(reading->set->diagnostics, "write it as %s", reading->annotation.attribute->usage);
    return false;
}

static bool is_identifier(const char *name)
{
    if (name[0] == '\0' || (name[0] >= '0' && name[0] <= '9'))
        return false;
    for (; *name != '\0'; name++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *name) == NULL &&
            (unsigned char)*name < 0x80) /* C allows UTF-8 letters */
            return false;
    return true;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static bool read_word(const struct reading *reading, const struct annotation_value *value, const char *what,
                      const char **out)
{
    if ((value->kind != VALUE_WORD && value->kind != VALUE_STRING) || !is_identifier(value->text))
        return fail(reading, "%s is not a C identifier", what);
    *out = value->text;
    return true;
}

/* Read the name of a table or column: any string, quoted if it is not an identifier. */
static bool read_sql_name(const struct reading *reading, const struct annotation_value *value, const char **out)
{
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return fail_with_usage(reading, "the name is not an identifier or a \"string\"");
    if (value->text[0] == '\0')
        return fail_with_usage(reading, "the name is empty");
    for (const char *at = value->text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return fail(reading, "the name contains a control character");
    *out = value->text;
    return true;
}

static bool read_integer(const struct annotation_value *value, int64_t *out)
{
    if (value->kind != VALUE_NUMBER)
        return false;
    char *end;
    errno = 0;
    long long number = strtoll(value->text, &end, 0);
    *out = number;
    return errno == 0 && *end == '\0';
}

static bool fail_number(const struct reading *reading, const struct annotation_value *value, const char *what)
{
    fail(reading, "%s is not a number, or is out of range", what);
    if (value->kind == VALUE_WORD)
        diagnostic_help(reading->set->diagnostics,
                        "attributes do not expand macros and constants: write the number itself");
    return false;
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static bool read_cache_number(const struct reading *reading, const struct annotation_option *option, int64_t least,
                              int64_t most, int64_t *out)
{
    if (read_integer(&option->value, out) && *out >= least && *out <= most)
        return true;
    fail(reading, "`.%s` is not a number from %lld to %lld", option->name, (long long)least, (long long)most);
    if (option->value.kind == VALUE_WORD)
        diagnostic_help(reading->set->diagnostics,
                        "attributes do not expand macros and constants: write the number itself");
    else if (strcmp(option->name, "max_size") == 0)
        diagnostic_help(reading->set->diagnostics, "`.cache = off` caches nothing; without `.max_size` the number of "
                                                   "owners is not limited");
    else
        diagnostic_help(reading->set->diagnostics,
                        "with `.ttl = 0` every access loads again; without `.ttl` nothing expires");
    return false;
}

static bool fail_unknown_option(const struct reading *reading, const char *name, const char *const *known, size_t count)
{
    struct suggestion suggestion = {.wanted = name};
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&suggestion, known[i]);
        all = arena_print(reading->set->arena, "%s%s.%s", all, i == 0 ? "" : ", ", known[i]);
    }
    fail(reading, "there is no option `.%s`", name);
    if (suggestion.name != NULL)
        diagnostic_help(reading->set->diagnostics, "did you mean `.%s`?", suggestion.name);
    else
        diagnostic_help(reading->set->diagnostics, "the options are %s", all);
    return false;
}

static bool fail_repeated_option(const struct reading *reading, const char *name)
{
    return fail(reading, "the option `.%s` is repeated", name);
}

static bool read_cache_group(const struct reading *reading, const struct annotation_value *group,
                             struct ar_cache_policy *cache)
{
    static const char *const known[] = {"ttl", "max_size"};
    bool has_ttl = false, has_size = false;
    for (size_t i = 0; i < group->option_count; i++) {
        const struct annotation_option *option = &group->options[i];
        bool is_ttl = strcmp(option->name, "ttl") == 0;
        int64_t number;
        if (!is_ttl && strcmp(option->name, "max_size") != 0)
            return fail_unknown_option(reading, option->name, known, 2);
        if (is_ttl ? has_ttl : has_size)
            return fail_repeated_option(reading, option->name);
        if (!read_cache_number(reading, option, is_ttl ? 0 : 1, is_ttl ? INT32_MAX : UINT32_MAX, &number))
            return false;
        if (is_ttl)
            cache->ttl = (int32_t)number;
        else
            cache->max_size = (uint32_t)number;
        *(is_ttl ? &has_ttl : &has_size) = true;
    }
    return true;
}

static bool read_cache(const struct reading *reading, const struct annotation_value *value,
                       struct ar_cache_policy *cache)
{
    *cache = (struct ar_cache_policy){.is_set = true, .ttl = AR_CACHE_FOREVER, .max_size = AR_CACHE_UNLIMITED};
    if (value->kind == VALUE_WORD && strcmp(value->text, "off") == 0) {
        cache->off = true;
        return true;
    }
    if (value->kind == VALUE_GROUP && value->option_count > 0)
        return read_cache_group(reading, value, cache);
    fail(reading, "`.cache` is not `off` or a group of options");
    diagnostic_help(reading->set->diagnostics, "write `.cache = off` or `.cache = { .ttl = 300, .max_size = 100 }`");
    return false;
}

static bool read_load(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (value->kind != VALUE_WORD || strcmp(value->text, "one") != 0) {
        fail(reading, "the only value of `.load` is `one`");
        diagnostic_help(reading->set->diagnostics, "without `.load`, a lazy load covers all siblings");
        return false;
    }
    relation->load_one = true;
    return true;
}

static bool read_target(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return fail(reading, "`.target` is not the name of a model or a table");
    relation->target_name = value->text;
    relation->has_target_option = true;
    return true;
}

static bool read_relation_options(const struct reading *reading, struct relation *relation)
{
    static const char *const known[] = {"target", "load", "cache"};
    unsigned given = 0;
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        size_t which = 0;
        while (which < 3 && strcmp(option->name, known[which]) != 0)
            which++;
        if (which == 3)
            return fail_unknown_option(reading, option->name, known, 3);
        if ((given & (1u << which)) != 0)
            return fail_repeated_option(reading, option->name);
        given |= 1u << which;
        bool understood = which == 0   ? read_target(reading, &option->value, relation)
                          : which == 1 ? read_load(reading, &option->value, relation)
                                       : read_cache(reading, &option->value, &relation->cache);
        if (!understood)
            return false;
    }
    return true;
}

static bool read_foreign_key(const struct reading *reading, const struct annotation_value *value,
                             struct relation *relation)
{
    const struct annotation_value *items = value->kind == VALUE_TUPLE ? value->items : value;
    size_t count = value->kind == VALUE_TUPLE ? value->item_count : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name = NULL;
        if (!read_word(reading, &items[i], "the foreign key", &name))
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
        fail(reading, "the relation `%s` has no foreign key", relation->name);
        diagnostic_help(reading->set->diagnostics, "write it as %s", annotation->attribute->usage);
        return false;
    }
    if (!read_foreign_key(reading, &annotation->values[1], relation))
        return false;
    if (annotation->value_count > 2 &&
        !read_word(reading, &annotation->values[2], "the inverse", &relation->inverse_name))
        return false;
    return read_relation_options(reading, relation);
}

static void read_relation(const struct reading *reading, struct model *model)
{
    const struct annotation *annotation = &reading->annotation;
    const char *name = NULL;
    if (!read_word(reading, &annotation->values[0], "the relation's name", &name))
        return;
    struct relation *relation = arena_take(reading->set->arena, sizeof *relation);
    relation->name = relation->target_name = name;
    relation->at = reading->at;
    relation->kind = relation_kind_of(annotation->kind);
    relation->owner = model;
    relation->is_broken = !read_relation_parts(reading, relation);
    list_add(reading->set->arena, model->relations, model->relation_count) = relation;
}

/* ---- Models ------------------------------------------------------------------------------------------------------ */

static void read_table(const struct reading *reading, struct model *model)
{
    static const char *const known[] = {"prefix"};
    bool has_prefix = false;
    if (model->has_table) {
        fail(reading, "the struct already has the table `%s`", model->table);
        return;
    }
    model->has_table = true;
    model->table_at = reading->at;
    model->table = model->name;
    if (!read_sql_name(reading, &reading->annotation.values[0], &model->table))
        return;
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        if (strcmp(option->name, "prefix") != 0)
            fail_unknown_option(reading, option->name, known, 1);
        else if (has_prefix)
            fail_repeated_option(reading, option->name);
        else
            read_word(reading, &option->value, "`.prefix`", &model->name);
        has_prefix = has_prefix || strcmp(option->name, "prefix") == 0;
    }
}

/* Parse the attribute and check that it is allowed here. Return false after reporting an error. */
static bool read_annotation(struct reading *reading, const struct attribute *attribute, bool is_of_struct)
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
        return fail_with_usage(reading, error);
    if (out->attribute->is_of_struct != is_of_struct) {
        fail(reading, "this attribute is for %s", is_of_struct ? "fields" : "structs");
        diagnostic_help(set->diagnostics, "write it after %s",
                        is_of_struct ? "the name of a field" : "the closing brace of the struct");
        return false;
    }
    return true;
}

static void read_model(struct reading *reading, struct model *model)
{
    static void (*const readers[ATTRIBUTE_COUNT])(const struct reading *, struct model *) = {
        [ATTRIBUTE_TABLE] = read_table,
        [ATTRIBUTE_BELONGS_TO] = read_relation,
        [ATTRIBUTE_HAS_MANY] = read_relation,
        [ATTRIBUTE_HAS_ONE] = read_relation,
    };
    for (size_t i = 0; i < model->attributes.count; i++) {
        if (!read_annotation(reading, &model->attributes.items[i], true))
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
        if (!read_integer(value, &number) || number < 0 || number > UINT32_MAX) {
            fail_number(reading, value, i == 0 ? "the minimum" : "the maximum");
            return;
        }
        *bounds[i] = (uint32_t)number;
    }
    if (member->minimum_length > member->maximum_length)
        fail(reading, "the minimum is larger than the maximum");
}

static bool read_real(const struct annotation_value *value, double *out)
{
    if (value->kind != VALUE_NUMBER)
        return false;
    char *end;
    *out = strtod(value->text, &end);
    return *end == '\0' && *out - *out == 0; /* neither infinite nor NaN */
}

static void read_range(const struct reading *reading, struct member *member)
{
    const struct annotation_value *values = reading->annotation.values;
    bool is_real = member_is(member, GROUP_REAL);
    int64_t *const integers[] = {&member->minimum_integer, &member->maximum_integer};
    double *const reals[] = {&member->minimum_real, &member->maximum_real};
    for (size_t i = 0; i < 2; i++)
        if (is_real ? !read_real(&values[i], reals[i]) : !read_integer(&values[i], integers[i])) {
            fail_number(reading, &values[i], i == 0 ? "the minimum" : "the maximum");
            return;
        }
    if (is_real ? *reals[0] > *reals[1] : *integers[0] > *integers[1])
        fail(reading, "the minimum is larger than the maximum");
}

static void read_default(const struct reading *reading, struct member *member)
{
    const struct annotation_value *value = &reading->annotation.values[0];
    if (value->kind == VALUE_TUPLE || value->kind == VALUE_GROUP || value->text[0] == '\0') {
        fail_with_usage(reading, "the default is not an SQL expression in quotes");
        return;
    }
    member->default_sql = value->text;
}

static void read_stored_as(const struct reading *reading, struct member *member)
{
    const struct annotation_value *value = &reading->annotation.values[0];
    if (value->kind == VALUE_WORD && strcmp(value->text, "text") == 0)
        member->stored_as = AR_COLUMN_TIME_TEXT;
    else if (value->kind == VALUE_WORD && strcmp(value->text, "date") == 0)
        member->stored_as = AR_COLUMN_TIME_TEXT | AR_COLUMN_TIME_DATE;
    else
        fail_with_usage(reading, "the form is not `text` or `date`");
}

static void read_column(const struct reading *reading, struct member *member)
{
    read_sql_name(reading, &reading->annotation.values[0], &member->name);
}

static void read_nullable_by(const struct reading *reading, struct member *member)
{
    read_word(reading, &reading->annotation.values[0], "the flag", &member->null_flag_name);
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
        [ATTRIBUTE_TRANSIENT] = read_transient,
    };
    const struct annotation *annotation = &reading->annotation;
    if (member_has(member, annotation->kind)) {
        fail(reading, "the field already has this attribute");
        return;
    }
    member->kinds |= UINT64_C(1) << annotation->kind;
    member->kind_at[annotation->kind] = reading->at;
    if (annotation->option_count > 0)
        fail(reading, "there is no option `.%s`", annotation->options[0].name);
    else if (readers[annotation->kind] != NULL)
        readers[annotation->kind](reading, member);
}

/* Apply the attributes that change the type. */
static void finish_type(struct member *member)
{
    if (member->is_sixteen_bytes && !member_has(member, ATTRIBUTE_UUID))
        member->unmapped = "an array of bytes";
    if (member->is_enum && member->unmapped == NULL && member_has(member, ATTRIBUTE_ENUM_TEXT) && member->size == 4)
        member->type = AR_TYPE_ENUM_TEXT;
}

static void read_member(struct reading *reading, struct member *member)
{
    member->name = member->field;
    for (size_t i = 0; i < member->attributes.count; i++) {
        if (read_annotation(reading, &member->attributes.items[i], false))
            read_member_annotation(reading, member);
    }
    finish_type(member);
}

static void find_null_flags(struct model *model)
{
    for (size_t i = 0; i < model->member_count; i++) {
        struct member *member = model->members[i];
        if (member->null_flag_name == NULL)
            continue;
        struct member *flag = model_member(model, member->null_flag_name);
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

void model_build(struct model_set *set)
{
    struct reading reading = {.set = set};
    for (size_t i = 0; i < set->model_count; i++) {
        struct model *model = set->models[i];
        read_model(&reading, model);
        for (size_t j = 0; j < model->member_count; j++)
            read_member(&reading, model->members[j]);
        find_null_flags(model);
        collect_columns(set->arena, model);
    }
}
