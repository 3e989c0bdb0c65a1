/* Conversions of values.
 *
 * A conversion that may lose something comes with the condition of the rows that would lose it: mostly that a value is
 * different after a conversion to the new type and back. If the meaning of the values is not known, such as for a
 * number that becomes a time, no row may have a value: the user has to write the expression. */
#include "convert.h"

#include "schema/normal.h"
#include "sql.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What is converted. `value` is its SQL so far. */
struct converting {
    struct arena *arena;
    const struct dialect *dialect;
    const struct schema_table *table;
    const struct schema_column *from, *to;
    const char *name; /* of the column, as SQL needs it */
    struct conversion result;
};

static void add_loss(struct converting *state, const char *condition, const char *message)
{
    state->result.losses[state->result.loss_count++] = (struct conversion_loss){
        condition, arena_print(state->arena, "%s.%s: %s", state->table->name, state->to->name, message)};
}

static void set_value(struct converting *state, const char *sql)
{
    state->result.sql = sql;
    state->result.is_changed = true;
}

/* The values have to be converted by hand. */
static void set_undecided(struct converting *state, const char *sql)
{
    set_value(state, sql);
    add_loss(state, arena_print(state->arena, "%s IS NOT NULL", state->name),
             arena_print(state->arena,
                         "there are values: write below how they become %s, and remove this assert with its SELECT",
                         state->to->type));
}

static void add_inexact(struct converting *state, const char *condition)
{
    add_loss(state, condition,
             arena_print(state->arena, "some values change if they become %s: change them before", state->to->type));
}

/* ---- Labels ------------------------------------------------------------------------------------------------------ */

/* Return the label that the former one is now, or NULL. */
static const char *renamed_label(const struct schema_column *to, const char *label)
{
    for (size_t i = 0; to->labels_were != NULL && i < to->labels.count; i++)
        if (to->labels_were[i] != NULL && strcmp(to->labels_were[i], label) == 0)
            return to->labels.items[i];
    return NULL;
}

static void convert_labels(struct converting *state)
{
    struct text cases = {0}, renamed_labels = {0}, dropped = {0};
    const struct schema_names *labels = &state->from->labels;
    for (size_t i = 0; state->to->labels.count > 0 && i < labels->count; i++) {
        const char *label = sql_string(state->arena, labels->items[i]);
        if (schema_names_have(&state->to->labels, labels->items[i]))
            continue;
        const char *renamed = renamed_label(state->to, labels->items[i]);
        struct text *list = renamed != NULL ? &renamed_labels : &dropped;
        text_print(list, "%s%s", list->length > 0 ? ", " : "", label);
        if (renamed != NULL)
            text_print(&cases, " WHEN %s THEN %s", label, sql_string(state->arena, renamed));
    }
    if (cases.length > 0) {
        set_value(state, arena_print(state->arena, "CASE %s%s ELSE %s END", state->name, cases.data, state->name));
        state->result.where = arena_print(state->arena, "%s IN (%s)", state->name, renamed_labels.data);
    }
    if (dropped.length > 0)
        add_loss(state, arena_print(state->arena, "%s IN (%s)", state->name, dropped.data),
                 "some rows have a label that no constant has any more: change them before");
    text_free(&cases);
    text_free(&renamed_labels);
    text_free(&dropped);
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

static bool contains(const char *type, const char *word)
{
    for (; *type != '\0'; type++)
        if (strncasecmp(type, word, strlen(word)) == 0)
            return true;
    return false;
}

static int64_t power_of_ten(unsigned digits)
{
    int64_t power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

/* Convert integers to another unit. */
static void convert_unit(struct converting *state)
{
    unsigned was = state->from->digits, is = state->to->digits;
    int64_t factor = power_of_ten(is > was ? is - was : was - is);
    set_value(state, arena_print(state->arena, "%s %c %" PRId64, state->name, is > was ? '*' : '/', factor));
    if (is > was)
        add_loss(state,
                 arena_print(state->arena, "%s NOT BETWEEN -%" PRId64 " AND %" PRId64, state->name, INT64_MAX / factor,
                             INT64_MAX / factor),
                 "some values are too large in the new unit: change them before");
    else
        add_loss(state, arena_print(state->arena, "%s %% %" PRId64 " <> 0", state->name, factor),
                 "some values have more digits than the new unit: change them before");
}

/* Convert between integers in a unit and real numbers. */
static void convert_real(struct converting *state, bool is_real)
{
    const char *name = state->name;
    int64_t factor = power_of_ten(is_real ? state->from->digits : state->to->digits);
    if (is_real) {
        set_value(state, arena_print(state->arena, "%s / %" PRId64 ".0", name, factor));
        return;
    }
    set_value(state, arena_print(state->arena, "CAST(round(%s * %" PRId64 ") AS INTEGER)", name, factor));
    add_inexact(state, arena_print(state->arena, "round(%s * %" PRId64 ") / %" PRId64 ".0 IS NOT %s", name, factor,
                                   factor, name));
}

static bool is_time(const char *type)
{
    return contains(type, "DATE") || contains(type, "TIME");
}

/* Strings and blobs of SQLite become each other without a change of their bytes. */
static bool is_string(const char *affinity)
{
    return strcmp(affinity, "TEXT") == 0 || strcmp(affinity, "BLOB") == 0;
}

static void convert_sqlite(struct converting *state)
{
    const char *was = normal_affinity(state->from->type), *is = normal_affinity(state->to->type), *name = state->name;
    bool has_unit = state->from->digits != state->to->digits;
    if (strcmp(was, is) == 0 && strcmp(is, "INTEGER") == 0 && has_unit)
        convert_unit(state);
    else if (has_unit && ((strcmp(was, "INTEGER") == 0 && strcmp(is, "REAL") == 0) ||
                          (strcmp(was, "REAL") == 0 && strcmp(is, "INTEGER") == 0)))
        convert_real(state, strcmp(is, "REAL") == 0);
    else if (has_unit || is_time(state->from->type) != is_time(state->to->type) ||
             (is_time(state->to->type) && strcasecmp(state->from->type, state->to->type) != 0))
        set_undecided(state, name);
    else if (strcmp(was, is) != 0) {
        set_value(state, arena_print(state->arena, "CAST(%s AS %s)", name, is));
        if (!is_string(was) || !is_string(is))
            add_inexact(state, arena_print(state->arena, "CAST(CAST(%s AS %s) AS %s) IS NOT %s", name, is, was, name));
    }
}

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

/* Return the number of the type among those of numbers, by their range, or -1. */
static int number_rank(const char *type)
{
    static const char *const types[] = {"smallint", "integer", "bigint", "numeric", "real", "double precision"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(type, types[i], strlen(types[i])) == 0)
            return (int)i;
    return -1;
}

bool conversion_read_numeric(const char *type, long *precision, long *scale)
{
    static const char prefix[] = "numeric(";
    char *end;
    *scale = 0;
    if (strncmp(type, prefix, strlen(prefix)) != 0)
        return false;
    *precision = strtol(type + strlen(prefix), &end, 10);
    if (*end == ',')
        *scale = strtol(end + 1, &end, 10);
    return *end == ')';
}

/* Return true if all numbers of one type are numbers of the other. */
static bool is_wider(const char *was, const char *is)
{
    enum { SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE };
    static const int digits[] = {5, 10, 19};
    int from = number_rank(was), to = number_rank(is);
    long precision = 0, scale = 0, was_precision = 0, was_scale = 0;
    if (to == NUMERIC && !conversion_read_numeric(is, &precision, &scale))
        return from <= NUMERIC;
    if (to == NUMERIC && conversion_read_numeric(was, &was_precision, &was_scale))
        return scale >= was_scale && precision - scale >= was_precision - was_scale;
    if (to == NUMERIC)
        return from <= BIGINT && precision - scale >= digits[from];
    return from < to && (to <= BIGINT || from == REAL || from == SMALLINT || (from == INTEGER && to == DOUBLE));
}

static void convert_by_cast(struct converting *state)
{
    const char *name = state->name, *was = state->from->type, *is = state->to->type;
    set_value(state, arena_print(state->arena, "CAST(%s AS %s)", name, is));
    bool is_exact = number_rank(was) >= 0 && number_rank(is) >= 0
                        ? is_wider(was, is)
                        : strcmp(is, "text") == 0 || strncmp(is, "json", strlen("json")) == 0;
    if (!is_exact)
        add_inexact(state,
                    arena_print(state->arena, "CAST(CAST(%s AS %s) AS %s) IS DISTINCT FROM %s", name, is, was, name));
}

static void convert_postgresql(struct converting *state)
{
    const char *name = state->name, *was = state->from->type, *is = state->to->type;
    bool is_number = number_rank(is) >= 0, was_number = number_rank(was) >= 0;
    bool is_text = strcmp(is, "text") == 0, was_text = strcmp(was, "text") == 0;
    if (strcmp(was, is) == 0)
        return;
    if (strcmp(was, "boolean") == 0 && is_number)
        set_value(state, arena_print(state->arena, "CAST(CAST(%s AS integer) AS %s)", name, is));
    else if (was_number && strcmp(is, "boolean") == 0) {
        set_value(state, arena_print(state->arena, "%s <> 0", name));
        add_inexact(state, arena_print(state->arena, "%s NOT IN (0, 1)", name));
    } else if (strncmp(was, "timestamp", 9) == 0 && strncmp(is, "timestamp", 9) == 0)
        set_value(state, arena_print(state->arena, "%s AT TIME ZONE 'UTC'", name));
    else if ((was_number && is_number) || (is_text && strcmp(was, "bytea") != 0) ||
             (was_text && strcmp(is, "bytea") != 0))
        convert_by_cast(state);
    else if (state->from->labels.count > 0 && state->to->labels.count > 0)
        set_value(state, arena_print(state->arena, "CAST(CAST(%s AS text) AS %s)", name, is));
    else
        set_undecided(state, arena_print(state->arena, "CAST(CAST(%s AS text) AS %s)", name, is));
}

/* ---- Both -------------------------------------------------------------------------------------------------------- */

static void convert_null(struct converting *state)
{
    if (state->from->is_not_null || !state->to->is_not_null || state->from->is_identity)
        return;
    if (state->to->default_sql != NULL)
        set_value(state, arena_print(state->arena, "coalesce(%s, %s)", state->result.sql, state->to->default_sql));
    else
        add_loss(state, arena_print(state->arena, "%s IS NULL", state->name),
                 "some rows are NULL: give them a value before");
}

struct conversion conversion_of(struct arena *arena, const struct dialect *dialect, const struct schema_table *table,
                                const struct schema_column *from, const struct schema_column *to)
{
    static void (*const converters[DIALECT_COUNT])(struct converting * state) = {
        [DIALECT_SQLITE] = convert_sqlite,
        [DIALECT_POSTGRESQL] = convert_postgresql,
    };
    const char *name = sql_name(arena, to->name);
    struct converting state = {arena, dialect, table, from, to, name, {.sql = name}};
    convert_labels(&state);
    if (!state.result.is_changed)
        converters[dialect->id](&state);
    convert_null(&state);
    return state.result;
}
