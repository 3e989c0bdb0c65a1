/* The comparison of the parts of a table: foreign keys, indexes and checks.
 *
 * Parts have no identity except their definitions: each part of the model is matched with one of the database that has
 * the same definition, preferably also its name. What remains is added or dropped. */
#include "compare_parts.h"

#include "normal.h"

#include <string.h>

/* How the parts of one kind are compared. */
struct part_kind {
    enum difference_kind added, dropped, renamed;
    size_t (*count)(const struct schema_table *table);
    const char *(*name)(const struct schema_table *table, size_t index);
    bool (*is_same)(const struct comparison *comparison, size_t from, size_t to);
    bool (*is_needless)(const struct comparison *comparison, size_t to); /* `from` has a substitute; or NULL */
    void (*set)(struct difference *difference, const struct schema_table *table, size_t index);
};

static bool has_same_name(const struct comparison *comparison, const struct part_kind *kind, size_t from, size_t to)
{
    return normal_is_same_name(comparison->dialect, kind->name(comparison->renamed, from),
                               kind->name(comparison->to, to));
}

/* Return the index of the part of `from` that is the same and not taken yet, or the number of parts. */
static size_t find(const struct comparison *comparison, const struct part_kind *kind, const bool *is_taken, size_t to,
                   bool needs_name)
{
    size_t count = kind->count(comparison->renamed);
    for (size_t i = 0; i < count; i++)
        if (!is_taken[i] && (!needs_name || has_same_name(comparison, kind, i, to)) && kind->is_same(comparison, i, to))
            return i;
    return count;
}

/* Match the parts of `to`, whose flags are in `is_done`. */
static void match(struct comparison *comparison, const struct part_kind *kind, bool *is_taken, bool *is_done,
                  bool needs_name)
{
    size_t from_count = kind->count(comparison->renamed), to_count = kind->count(comparison->to);
    for (size_t i = 0; i < to_count; i++) {
        size_t found = is_done[i] ? from_count : find(comparison, kind, is_taken, i, needs_name);
        if (found == from_count)
            continue;
        is_taken[found] = is_done[i] = true;
        if (needs_name || comparison->mode != COMPARE_EXACT)
            continue;
        struct difference *renamed = compare_add(comparison, kind->renamed);
        kind->set(renamed, comparison->to, i);
        renamed->was = kind->name(comparison->renamed, found);
    }
}

static void compare_parts(struct comparison *comparison, const struct part_kind *kind)
{
    size_t from_count = kind->count(comparison->renamed), to_count = kind->count(comparison->to);
    bool *is_taken = arena_take(comparison->arena, from_count + 1);
    bool *is_done = arena_take(comparison->arena, to_count + 1);
    match(comparison, kind, is_taken, is_done, true);
    match(comparison, kind, is_taken, is_done, false);
    for (size_t i = 0; i < from_count; i++)
        if (!is_taken[i])
            kind->set(compare_add(comparison, kind->dropped), comparison->from, i);
    for (size_t i = 0; i < to_count; i++)
        if (!is_done[i] && (kind->is_needless == NULL || !kind->is_needless(comparison, i)))
            kind->set(compare_add(comparison, kind->added), comparison->to, i);
}

/* ---- Foreign keys ------------------------------------------------------------------------------------------------ */

static size_t count_foreign_keys(const struct schema_table *table)
{
    return table->foreign_key_count;
}

static const char *foreign_key_name(const struct schema_table *table, size_t index)
{
    return table->foreign_keys[index].name;
}

static void set_foreign_key(struct difference *difference, const struct schema_table *table, size_t index)
{
    difference->foreign_key = &table->foreign_keys[index];
}

/* Return the table of `from` to which the key refers, or NULL. */
static const struct schema_table *referred_table(const struct comparison *comparison,
                                                 const struct schema_foreign_key *key)
{
    struct schema_table like = {.schema = key->schema, .name = key->table};
    return compare_find_table(comparison->from_schema, &like);
}

/* If `from` has no such table, the key can only be compared by name. */
static bool refers_to_same(const struct comparison *comparison, const struct schema_foreign_key *from,
                           const struct schema_foreign_key *to)
{
    const struct schema_table *table = referred_table(comparison, to);
    if (table != NULL)
        return table == referred_table(comparison, from);
    return normal_is_same_name(comparison->dialect, from->schema, to->schema) &&
           normal_is_same_name(comparison->dialect, from->table, to->table);
}

/* Return the columns that the key refers to: without names, those of the primary key. A table of SQLite may refer to
 * one that is missing, and only `to` has. */
static const struct schema_names *referred(const struct comparison *comparison, const struct schema *schema,
                                           const struct schema_foreign_key *key)
{
    struct schema_table like = {.schema = key->schema, .name = key->table};
    if (key->referred.count > 0)
        return &key->referred;
    const struct schema_table *table = compare_find_table(schema, &like);
    if (table == NULL)
        table = compare_find_table(comparison->to_schema, &like);
    return table != NULL ? &table->key : &key->referred;
}

static enum on_delete action(enum on_delete written)
{
    return written == ON_DELETE_UNSET ? ON_DELETE_NO_ACTION : written;
}

static bool is_same_foreign_key(const struct comparison *comparison, size_t from_index, size_t to_index)
{
    const struct dialect *dialect = comparison->dialect;
    const struct schema_foreign_key *from = &comparison->renamed->foreign_keys[from_index];
    const struct schema_foreign_key *to = &comparison->to->foreign_keys[to_index];
    return normal_are_same_names(dialect, &from->columns, &to->columns) && refers_to_same(comparison, from, to) &&
           normal_are_same_names(dialect, referred(comparison, comparison->from_schema, from),
                                 referred(comparison, comparison->to_schema, to)) &&
           action(from->on_delete) == action(to->on_delete) && action(from->on_update) == action(to->on_update) &&
           from->is_deferrable == to->is_deferrable;
}

void compare_foreign_keys(struct comparison *comparison)
{
    static const struct part_kind kind = {
        .added = DIFFERENCE_FOREIGN_KEY_ADDED,
        .dropped = DIFFERENCE_FOREIGN_KEY_DROPPED,
        .renamed = DIFFERENCE_FOREIGN_KEY_RENAMED,
        .count = count_foreign_keys,
        .name = foreign_key_name,
        .is_same = is_same_foreign_key,
        .set = set_foreign_key,
    };
    compare_parts(comparison, &kind);
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

static size_t count_indexes(const struct schema_table *table)
{
    return table->index_count;
}

static const char *index_name(const struct schema_table *table, size_t index)
{
    return table->indexes[index].name;
}

static void set_index(struct difference *difference, const struct schema_table *table, size_t index)
{
    difference->index = &table->indexes[index];
}

static bool is_same_part(const struct comparison *comparison, const struct schema_part *from,
                         const struct schema_part *to)
{
    return normal_is_same_name(comparison->dialect, from->column, to->column) &&
           compare_sql(comparison, from->expression, to->expression) &&
           compare_sql(comparison, from->extra, to->extra) && compare_sql(comparison, from->nulls, to->nulls) &&
           from->is_descending == to->is_descending;
}

static bool is_same_index(const struct comparison *comparison, size_t from_index, size_t to_index)
{
    const struct schema_index *from = &comparison->renamed->indexes[from_index];
    const struct schema_index *to = &comparison->to->indexes[to_index];
    if (from->is_unique != to->is_unique || from->is_deferrable != to->is_deferrable ||
        from->part_count != to->part_count || !compare_sql(comparison, from->where_sql, to->where_sql) ||
        !normal_is_same_name(comparison->dialect, from->method, to->method) ||
        (comparison->mode == COMPARE_EXACT && from->is_constraint != to->is_constraint))
        return false;
    for (size_t i = 0; i < from->part_count; i++)
        if (!is_same_part(comparison, &from->parts[i], &to->parts[i]))
            return false;
    return true;
}

/* Return true if the index begins with the columns of the other one, as keys of lookups. */
static bool begins_with(const struct comparison *comparison, const struct schema_index *longer,
                        const struct schema_index *shorter)
{
    if (longer->where_sql != NULL || longer->method != NULL || longer->part_count < shorter->part_count)
        return false;
    for (size_t i = 0; i < shorter->part_count; i++)
        if (longer->parts[i].column == NULL ||
            !normal_is_same_name(comparison->dialect, longer->parts[i].column, shorter->parts[i].column))
            return false;
    return true;
}

/* Return true if the key of `from` begins with the columns of the index. The tool adds no index with which the key of a
 * model begins, and another key is replaced, so that only that of a model without one matters. */
static bool key_begins_with(const struct comparison *comparison, const struct schema_index *index)
{
    const struct schema_names *key = &comparison->renamed->key;
    if (comparison->to->key.count > 0)
        return false;
    for (size_t i = 0; i < index->part_count; i++)
        if (i >= key->count || !normal_is_same_name(comparison->dialect, key->items[i], index->parts[i].column))
            return false;
    return true;
}

/* The index that the tool adds for a foreign key is not needed if another one begins with its columns. */
static bool is_covered(const struct comparison *comparison, size_t to)
{
    const struct schema_index *wanted = &comparison->to->indexes[to];
    if (comparison->mode == COMPARE_EXACT || wanted->is_unique || wanted->at.file != NULL)
        return false;
    if (key_begins_with(comparison, wanted))
        return true;
    for (size_t i = 0; i < comparison->renamed->index_count; i++)
        if (begins_with(comparison, &comparison->renamed->indexes[i], wanted))
            return true;
    return false;
}

void compare_indexes(struct comparison *comparison)
{
    static const struct part_kind kind = {
        .added = DIFFERENCE_INDEX_ADDED,
        .dropped = DIFFERENCE_INDEX_DROPPED,
        .renamed = DIFFERENCE_INDEX_RENAMED,
        .count = count_indexes,
        .name = index_name,
        .is_same = is_same_index,
        .is_needless = is_covered,
        .set = set_index,
    };
    compare_parts(comparison, &kind);
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

static size_t count_checks(const struct schema_table *table)
{
    return table->check_count;
}

static const char *check_name(const struct schema_table *table, size_t index)
{
    return table->checks[index].name;
}

static void set_check(struct difference *difference, const struct schema_table *table, size_t index)
{
    difference->check = &table->checks[index];
}

static bool is_same_check(const struct comparison *comparison, size_t from, size_t to)
{
    return compare_sql(comparison, comparison->renamed->checks[from].sql, comparison->to->checks[to].sql);
}

void compare_checks(struct comparison *comparison)
{
    static const struct part_kind kind = {
        .added = DIFFERENCE_CHECK_ADDED,
        .dropped = DIFFERENCE_CHECK_DROPPED,
        .renamed = DIFFERENCE_CHECK_RENAMED,
        .count = count_checks,
        .name = check_name,
        .is_same = is_same_check,
        .set = set_check,
    };
    compare_parts(comparison, &kind);
}
