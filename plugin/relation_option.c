/* The options of relations: a table with a reader for each. */
#include "relation_option.h"
#include "option_delete.h"

#include <string.h>

static bool read_cache_number(const struct reading *reading, const struct annotation_option *option, int64_t least,
                              int64_t most, int64_t *out)
{
    if (reading_integer(&option->value, out) && *out >= least && *out <= most)
        return true;
    reading_fail(reading, "`.%s` is not a number from %lld to %lld", option->name, (long long)least, (long long)most);
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
            return reading_fail_unknown_option(reading, option->name, known, 2);
        if (is_ttl ? has_ttl : has_size)
            return reading_fail_repeated_option(reading, option->name);
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

static bool read_cache(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    struct ar_cache_policy *cache = &relation->cache;
    *cache = (struct ar_cache_policy){.is_set = true, .ttl = AR_CACHE_FOREVER, .max_size = AR_CACHE_UNLIMITED};
    if (value->kind == VALUE_WORD && strcmp(value->text, "off") == 0) {
        cache->off = true;
        return true;
    }
    if (value->kind == VALUE_GROUP && value->option_count > 0)
        return read_cache_group(reading, value, cache);
    reading_fail(reading, "`.cache` is not `off` or a group of options");
    diagnostic_help(reading->set->diagnostics, "write `.cache = off` or `.cache = { .ttl = 300, .max_size = 100 }`");
    return false;
}

static bool read_load(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (value->kind != VALUE_WORD || strcmp(value->text, "one") != 0) {
        reading_fail(reading, "the only value of `.load` is `one`");
        diagnostic_help(reading->set->diagnostics, "without `.load`, a lazy load covers all siblings");
        return false;
    }
    relation->load_one = true;
    return true;
}

static bool read_target(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (relation->kind->follows_path)
        return reading_fail(reading, "`.target` is not an option here: the target is that of the last relation");
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return reading_fail(reading, "`.target` is not the name of a model or a table");
    relation->target_name = value->text;
    relation->has_target_option = true;
    return true;
}

static bool read_references(const struct reading *reading, const struct annotation_value *value,
                            struct relation *relation)
{
    if (relation->kind->follows_path || relation->kind->has_join_table)
        return reading_fail(reading, "`.references` is an option of relations with a foreign key of their own");
    return reading_words(reading, value, "the value of `.references`", &relation->reference_names,
                         &relation->reference_count);
}

static bool read_sql(const struct reading *reading, const struct annotation_value *value, const char *option,
                     const char **out)
{
    if (value->kind == VALUE_STRING && value->text[0] != '\0') {
        *out = value->text;
        return true;
    }
    reading_fail(reading, "`%s` is not SQL in quotes", option);
    diagnostic_help(reading->set->diagnostics, "write it like `.where = \"status = 'published'\"` or `.order = "
                                               "\"created_at DESC, id\"`");
    return false;
}

static bool read_where(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    return read_sql(reading, value, ".where", &relation->where_sql);
}

static bool read_order(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    return read_sql(reading, value, ".order", &relation->order_sql);
}

/* Report an option that only relations that follow others have. Always return false. */
static bool fail_not_through(const struct reading *reading, const char *option)
{
    return reading_fail(reading, "`.%s` is an option of %s and %s only", option,
                        attribute_table[ATTRIBUTE_HAS_MANY_THROUGH].macro,
                        attribute_table[ATTRIBUTE_HAS_ONE_THROUGH].macro);
}

static bool read_distinct(const struct reading *reading, const struct annotation_value *value,
                          struct relation *relation)
{
    if (!relation->kind->follows_path)
        return fail_not_through(reading, "distinct");
    if (!relation->kind->is_list)
        return reading_fail(reading, "`.distinct` is an option of lists only");
    if (value->kind != VALUE_WORD || (strcmp(value->text, "true") != 0 && strcmp(value->text, "false") != 0))
        return reading_fail(reading, "`.distinct` is not `true` or `false`");
    relation->is_distinct = strcmp(value->text, "true") == 0;
    return true;
}

static bool read_inverse(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (relation->kind->follows_path)
        return reading_word(reading, value, "the inverse", &relation->inverse_name);
    fail_not_through(reading, "inverse");
    diagnostic_help(reading->set->diagnostics, "the inverse is the last argument: %s",
                    reading->annotation.attribute->usage);
    return false;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

struct relation_option {
    const char *name;
    bool (*read)(const struct reading *reading, const struct annotation_value *value, struct relation *relation);
};

static const struct relation_option options[] = {
    {"target", read_target},
    {"load", read_load},
    {"cache", read_cache},
    {"references", read_references},
    {"where", read_where},
    {"order", read_order},
    {"dependent", option_read_dependent},
    {"on_delete", option_read_on_delete},
    {"touch", option_read_touch},
    {"counter", option_read_counter},
    {"distinct", read_distinct},
    {"inverse", read_inverse},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static size_t find_option(const char *name)
{
    size_t i = 0;
    while (i < OPTION_COUNT && strcmp(options[i].name, name) != 0)
        i++;
    return i;
}

static bool fail_unknown(const struct reading *reading, const char *name)
{
    const char *known[OPTION_COUNT];
    for (size_t i = 0; i < OPTION_COUNT; i++)
        known[i] = options[i].name;
    return reading_fail_unknown_option(reading, name, known, OPTION_COUNT);
}

bool relation_options_read(const struct reading *reading, struct relation *relation)
{
    bool given[OPTION_COUNT] = {false};
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        size_t which = find_option(option->name);
        if (which == OPTION_COUNT)
            return fail_unknown(reading, option->name);
        if (given[which])
            return reading_fail_repeated_option(reading, option->name);
        given[which] = true;
        if (!options[which].read(reading, &option->value, relation))
            return false;
    }
    return true;
}
