/* Readers of the options `.dependent`, `.on_delete`, `.touch` and `.counter`. */
#include "option_delete.h"
#include "suggest.h"

#include <string.h>

static const char *const dependent_names[] = {
    [AR_DEPENDENT_DESTROY] = "destroy",
    [AR_DEPENDENT_DELETE] = "delete",
    [AR_DEPENDENT_NULLIFY] = "nullify",
    [AR_DEPENDENT_RESTRICT] = "restrict",
};

static const char *const on_delete_names[] = {
    [ON_DELETE_CASCADE] = "cascade",
    [ON_DELETE_SET_NULL] = "set_null",
    [ON_DELETE_RESTRICT] = "restrict",
    [ON_DELETE_NO_ACTION] = "no_action",
};

/* The same number of names: the first is that of no value. */
enum { NAME_COUNT = sizeof dependent_names / sizeof *dependent_names };

const char *option_dependent_name(enum ar_dependent dependent)
{
    return dependent_names[dependent];
}

const char *option_on_delete_name(enum on_delete on_delete)
{
    return on_delete_names[on_delete];
}

/* Find the value among the names of an option. Return 0 after reporting an error. */
static unsigned read_choice(const struct reading *reading, const struct annotation_value *value, const char *option,
                            const char *const names[NAME_COUNT])
{
    struct suggestion suggestion = {.wanted = value->kind == VALUE_WORD ? value->text : ""};
    const char *all = "";
    for (unsigned i = 1; i < NAME_COUNT; i++) {
        if (value->kind == VALUE_WORD && strcmp(value->text, names[i]) == 0)
            return i;
        suggestion_offer(&suggestion, names[i]);
        all = arena_print(reading->set->arena, "%s%s%s", all,
                          i == 1                ? ""
                          : i + 1 == NAME_COUNT ? " or "
                                                : ", ",
                          names[i]);
    }
    reading_fail(reading, "`.%s` is not %s", option, all);
    if (suggestion.name != NULL)
        diagnostic_help(reading->set->diagnostics, "did you mean `.%s = %s`?", option, suggestion.name);
    return 0;
}

bool option_read_dependent(const struct reading *reading, const struct annotation_value *value,
                           struct relation *relation)
{
    relation->dependent = (enum ar_dependent)read_choice(reading, value, "dependent", dependent_names);
    return relation->dependent != AR_DEPENDENT_NONE;
}

bool option_read_on_delete(const struct reading *reading, const struct annotation_value *value,
                           struct relation *relation)
{
    relation->on_delete = (enum on_delete)read_choice(reading, value, "on_delete", on_delete_names);
    return relation->on_delete != ON_DELETE_UNSET;
}

bool option_read_touch(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    if (value->kind != VALUE_WORD || strcmp(value->text, "true") != 0) {
        reading_fail(reading, "the only value of `.touch` is `true`");
        diagnostic_help(reading->set->diagnostics, "without `.touch`, writes do not set the time of the other record");
        return false;
    }
    relation->touches = true;
    return true;
}

bool option_read_counter(const struct reading *reading, const struct annotation_value *value, struct relation *relation)
{
    return reading_field(reading, value, "`.counter`", &relation->counter_name);
}
