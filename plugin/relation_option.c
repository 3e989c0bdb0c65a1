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
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return reading_fail(reading, "`.target` is not the name of a model or a table");
    relation->target_name = value->text;
    relation->has_target_option = true;
    return true;
}

static bool read_references(const struct reading *reading, const struct annotation_value *value,
                            struct relation *relation)
{
    return reading_fields(reading, value, "the value of `.references`", &relation->reference_names,
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

static bool read_full_scan(const struct reading *reading, const struct annotation_value *value,
                           struct relation *relation)
{
    return reading_full_scan(reading, value, &relation->full_scan);
}

static bool read_distinct(const struct reading *reading, const struct annotation_value *value,
                          struct relation *relation)
{
    if (value->kind != VALUE_WORD || (strcmp(value->text, "true") != 0 && strcmp(value->text, "false") != 0))
        return reading_fail(reading, "`.distinct` is not `true` or `false`");
    relation->is_distinct = strcmp(value->text, "true") == 0;
    return true;
}

static bool read_inverse(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    return reading_word(reading, value, "the inverse", &relation->inverse_name);
}

static bool read_types(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    (void)reading; /* check_union.c compares the values with the variants */
    relation->types = value;
    return true;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

struct relation_option {
    const char *name;
    const char *value;   /* as it is written */
    uint64_t attributes; /* that have the option: a bit for each enum attribute_kind */
    bool (*read)(const struct reading *reading, const struct annotation_value *value, struct relation *relation);
    const char *help; /* one sentence, in Markdown */
};

/* clang-format off */
#define BIT(name) (UINT64_C(1) << ATTRIBUTE_##name)
#define HAS (BIT(HAS_MANY) | BIT(HAS_ONE))
#define THROUGH (BIT(HAS_MANY_THROUGH) | BIT(HAS_ONE_THROUGH))
#define DIRECT (BIT(BELONGS_TO) | HAS)
#define ALL (DIRECT | THROUGH | BIT(MANY_TO_MANY))

static const struct relation_option options[] = {
    {"target", "model or \"table\"", DIRECT | BIT(MANY_TO_MANY), read_target,
     "The model that the relation leads to, if its name differs from the relation's."},
    {"load", "one", ALL | BIT(BELONGS_TO_ANY), read_load,
     "The first access loads for its own record, not for all siblings."},
    {"cache", "off or { .ttl = seconds, .max_size = owners }", ALL | BIT(BELONGS_TO_ANY), read_cache,
     "Do not cache the relation, or only for some time, or for some owners."},
    {"references", "field", DIRECT, read_references,
     "The field that the foreign key refers to, or several in parentheses, if it is not the primary key."},
    {"where", "\"SQL condition\"", ALL, read_where,
     "Only rows of the target that meet the condition."},
    {"order", "\"column DESC, ...\"", HAS | THROUGH | BIT(MANY_TO_MANY), read_order,
     "The order of the rows; a relation to one record leads to the first."},
    {"full_scan", "\"reason\"", DIRECT, read_full_scan,
     "Why a load may read every row of the target: `check --sql` does not warn of it."},
    {"dependent", "destroy, delete, nullify or restrict", HAS, option_read_dependent,
     "What the runtime does to the rows that refer to a record when it is deleted."},
    {"on_delete", "cascade, set_null, restrict or no_action", BIT(BELONGS_TO), option_read_on_delete,
     "What the database does to the rows when the one that they refer to is deleted."},
    {"touch", "true", BIT(BELONGS_TO), option_read_touch,
     "A write also sets the AR_UPDATED_AT of the record that the row refers to."},
    {"counter", "field", BIT(BELONGS_TO), option_read_counter,
     "The field of the target that counts the rows which refer to it."},
    {"distinct", "true", BIT(HAS_MANY_THROUGH), read_distinct,
     "Each record is in the list once."},
    {"inverse", "relation", THROUGH, read_inverse,
     "The relation of the target that follows the same foreign keys back."},
    {"types", "(model = \"type\", ...)", BIT(BELONGS_TO_ANY), read_types,
     "The types as they are stored, if they are not the names of the models; numbers in an integer."},
};

/* Help for options that an attribute does not have. */
static const struct {
    const char *name;
    uint64_t attributes;
    const char *help;
} hints[] = {
    {"target", THROUGH, "the target is that of the last relation"},
    {"references", THROUGH, "write `.references` at the relations to follow"},
    {"references", BIT(MANY_TO_MANY), "the join table refers to primary keys"},
    {"order", BIT(BELONGS_TO) | BIT(BELONGS_TO_ANY), "the relation leads to at most one row"},
    {"dependent", THROUGH,
     "write `.dependent` at the first relation of the path, whose rows refer to the deleted one"},
    {"dependent", BIT(MANY_TO_MANY),
     "the database deletes the rows of the join table with the rows that they connect"},
    {"dependent", BIT(BELONGS_TO),
     "of the struct with the foreign key, `.on_delete` is the database's own action"},
    {"on_delete", HAS, "the struct with the foreign key declares it; here, `.dependent` says what the runtime does"},
    {"touch", HAS, "write `.touch` in the struct whose writes set the time"},
    {"counter", HAS, "write `.counter` in the struct whose rows are counted"},
    {"distinct", BIT(HAS_ONE_THROUGH), "the relation leads to at most one row"},
    {"distinct", BIT(MANY_TO_MANY), "the key of the join table lets no two rows be the same"},
    {"inverse", DIRECT | BIT(MANY_TO_MANY), "the inverse is the last argument"},
};
/* clang-format on */

enum { OPTION_COUNT = sizeof options / sizeof *options, HINT_COUNT = sizeof hints / sizeof *hints };

static bool has_option(enum attribute_kind attribute, const struct relation_option *option)
{
    return (option->attributes >> attribute & 1) != 0;
}

static size_t find_option(const char *name)
{
    size_t i = 0;
    while (i < OPTION_COUNT && strcmp(options[i].name, name) != 0)
        i++;
    return i;
}

/* Report a name that is not an option of any relation. Always return false. */
static bool fail_unknown(const struct reading *reading, const char *name)
{
    const char *known[OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (has_option(reading->annotation.kind, &options[i]))
            known[count++] = options[i].name;
    return reading_fail_unknown_option(reading, name, known, count);
}

/* Return the attributes that have the option: "AR_HAS_MANY and AR_HAS_ONE". */
static const char *list_attributes(struct arena *arena, const struct relation_option *option)
{
    const char *all = "", *last = NULL;
    for (unsigned i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (!has_option((enum attribute_kind)i, option))
            continue;
        if (last != NULL)
            all = arena_print(arena, "%s%s%s", all, all[0] == '\0' ? "" : ", ", last);
        last = attribute_table[i].macro;
    }
    return all[0] == '\0' ? last : arena_print(arena, "%s and %s", all, last);
}

/* Report an option of other attributes. Always return false. */
static bool fail_attribute(const struct reading *reading, const struct relation_option *option)
{
    reading_fail(reading, "`.%s` is an option of %s", option->name, list_attributes(reading->set->arena, option));
    for (size_t i = 0; i < HINT_COUNT; i++)
        if (strcmp(hints[i].name, option->name) == 0 && (hints[i].attributes >> reading->annotation.kind & 1) != 0)
            diagnostic_help(reading->set->diagnostics, "%s", hints[i].help);
    return false;
}

bool relation_options_read(const struct reading *reading, struct relation *relation)
{
    bool given[OPTION_COUNT] = {false};
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_option *option = &reading->annotation.options[i];
        size_t which = find_option(option->name);
        if (which == OPTION_COUNT)
            return fail_unknown(reading, option->name);
        if (!has_option(reading->annotation.kind, &options[which]))
            return fail_attribute(reading, &options[which]);
        if (given[which])
            return reading_fail_repeated_option(reading, option->name);
        given[which] = true;
        if (!options[which].read(reading, &option->value, relation))
            return false;
    }
    return true;
}

void relation_options_print_reference(struct text *out)
{
    struct arena arena = {0};
    text_add(out, "\n"
                  "## Options of relations, after the other arguments\n"
                  "\n"
                  "| Option | Of | Meaning |\n"
                  "|---|---|---|\n");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        text_print(out, "| `.%s = %s` | %s | %s |\n", options[i].name, options[i].value,
                   options[i].attributes == ALL ? "all but AR_BELONGS_TO_ANY and AR_BELONGS_TO_ONE_OF"
                   : options[i].attributes == (ALL | BIT(BELONGS_TO_ANY)) ? "all but AR_BELONGS_TO_ONE_OF"
                                                                          : list_attributes(&arena, &options[i]),
                   options[i].help);
    arena_free(&arena);
}
