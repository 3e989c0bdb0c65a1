/* SQL that finds rows by a set of keys: an array for each column, or a table function. */
#include "sql/keys.h"

#include "sql/shard.h"

#include <stdio.h>
#include <string.h>

/* ---- Routing ----------------------------------------------------------------------------------------------------- */

static bool agree(const struct key_set *keys, size_t column)
{
    for (size_t i = 1; i < keys->count; i++)
        if (!ar_key_parts_equal(&keys->values[column], &keys->values[i * keys->column_count + column]))
            return false;
    return true;
}

/* Return true if the routing column can be compared with a value of the keys as the join with the keys compares it. */
static bool can_route(const struct sql *sql, struct key_columns columns, const struct key_set *keys)
{
    const struct ar_column *routing = &columns.model->columns[columns.columns[ar_key_routing(columns)]];

    if (columns.count < 2 || !sql->driver->dialect.has_key_arrays)
        return false;
    return !keys->has_column_types || (!ar_type_is_text(routing->type) && routing->type != AR_TYPE_UUID_TEXT);
}

/* Make a set of the same keys without one column. Return NULL if out of memory. */
static struct key_set *without(struct arena *arena, const struct key_set *keys, size_t left_out)
{
    size_t count = keys->column_count - 1;
    struct key_set *set = ar_arena_allocate(arena, sizeof *set);
    struct ar_value *values = ar_arena_allocate(arena, keys->count * count * sizeof *values);
    const struct ar_column **columns = ar_arena_allocate(arena, count * sizeof *columns);

    if (set == NULL || values == NULL || columns == NULL)
        return NULL;
    *set = *keys;
    set->column_count = count;
    set->values = values;
    set->columns = columns;
    for (size_t i = 0; i < keys->column_count; i++)
        if (i != left_out)
            *columns++ = keys->columns[i];
    for (size_t row = 0; row < keys->count; row++)
        for (size_t i = 0; i < keys->column_count; i++)
            if (i != left_out)
                *values++ = keys->values[row * keys->column_count + i];
    return set;
}

bool ar_sql_split_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys, struct split_keys *out)
{
    size_t at = ar_key_routing(columns), count = 0;

    if (!can_route(sql, columns, keys) || !agree(keys, at))
        return false;
    out->routing = &columns.model->columns[columns.columns[at]];
    out->from = keys->columns[at];
    out->value = keys->count > 0 ? keys->values[at] : ar_value_null();
    out->keys = without(sql->text.arena, keys, at);
    for (size_t i = 0; i < columns.count; i++)
        if (i != at)
            out->numbers[count++] = columns.columns[i];
    out->others = (struct key_columns){columns.model, out->numbers, count, columns.guard};
    sql->text.out_of_memory |= out->keys == NULL;
    return out->keys != NULL;
}

/* A string among the parts of a stored key is not terminated, as that of a single value must be. */
static void add_routing_value(struct sql *sql, const struct ar_column *routing, const struct ar_column *from,
                              struct ar_value value)
{
    if (value.kind == AR_VALUE_TEXT) {
        value.bytes.data = ar_arena_copy_text(sql->text.arena, value.bytes.data, value.bytes.size);
        sql->text.out_of_memory |= value.bytes.data == NULL;
    }
    ar_sql_add_column(sql, routing);
    ar_sql_add_operator_of(sql, routing, "=");
    ar_sql_add_value(sql, from, value);
}

void ar_sql_add_in_split_keys(struct sql *sql, const struct split_keys *split)
{
    add_routing_value(sql, split->routing, split->from, split->value);
    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_in_key_set(sql, split->others, split->keys);
}

void ar_sql_add_routing_value(struct sql *sql, const struct split_keys *split)
{
    ar_sql_add(sql, " AND ", NULL);
    add_routing_value(sql, split->routing, split->from, split->value);
}

void ar_sql_add_routing(struct sql *sql, struct key_columns columns, const struct key_set *keys, size_t first)
{
    size_t at = ar_key_routing(columns);
    const struct ar_column *routing = &columns.model->columns[columns.columns[at]];

    if (!can_route(sql, columns, keys))
        return;
    if (agree(keys, at)) {
        ar_sql_add(sql, " AND ", NULL);
        add_routing_value(sql, routing, keys->columns[at], keys->count > 0 ? keys->values[at] : ar_value_null());
    } else if (sql->engine->is_sharded) {
        ar_sql_add(sql, " AND ", NULL);
        ar_sql_add_member_of(sql, routing, first + at);
    }
}

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

void ar_sql_add_key_name(struct sql *sql, const char *name, size_t column)
{
    char number[24];

    (void)snprintf(number, sizeof number, "%zu", column);
    ar_sql_add(sql, name, ".k", number, NULL);
}

/* Add k0, k1, … */
static void add_names(struct sql *sql, const char *qualifier, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "k%zu", i);
        ar_sql_add(sql, i > 0 ? ", " : "", qualifier, name, NULL);
    }
}

/* Add the keys, whose values are of these columns, as a FROM item with this name. */
static void add_table(struct sql *sql, struct key_columns columns, const struct key_set *keys, const char *name)
{
    bool has_arrays = sql->driver->dialect.has_key_arrays;

    if (has_arrays) {
        ar_sql_add_key_rows(sql, columns, keys);
    } else {
        ar_sql_add(sql, sql->driver->dialect.key_table, "(", NULL);
        ar_sql_add_keys(sql, keys);
        ar_sql_add(sql, ")", NULL);
    }
    ar_sql_add(sql, " AS ", name, has_arrays ? " (" : "", NULL);
    if (has_arrays)
        add_names(sql, "", keys->column_count);
    ar_sql_add(sql, has_arrays ? ")" : "", NULL);
}

/* Add the condition for keys that are not split. */
static void add_in_table(struct sql *sql, struct key_columns columns, const struct key_set *keys)
{
    if (sql->engine->is_sharded && can_route(sql, columns, keys)) {
        size_t at = ar_key_routing(columns);
        ar_sql_add_member_of(sql, &columns.model->columns[columns.columns[at]], sql->last_number + 1 + at);
        ar_sql_add(sql, " AND ", NULL);
    }
    ar_sql_add_tuple(sql, columns);
    ar_sql_add_in(sql, columns);
    ar_sql_add(sql, "(SELECT ", NULL);
    add_names(sql, "", columns.count);
    ar_sql_add(sql, " FROM ", NULL);
    add_table(sql, columns, keys, "armature_keys");
    ar_sql_add(sql, ")", NULL);
}

void ar_sql_add_in_key_set(struct sql *sql, struct key_columns columns, const struct key_set *keys)
{
    struct split_keys split;

    if (columns.count == 1 && !keys->has_column_types)
        ar_sql_add_member(sql, &columns.model->columns[columns.columns[0]], keys, true);
    else if (ar_sql_split_keys(sql, columns, keys, &split))
        ar_sql_add_in_split_keys(sql, &split);
    else
        add_in_table(sql, columns, keys);
}

void ar_sql_add_in_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys)
{
    const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[0] : 0);

    if (keys->count == 1)
        ar_sql_add_key(sql, columns, keys->integers != NULL ? &integer : keys->values);
    else
        ar_sql_add_in_key_set(sql, columns, keys);
}

void ar_sql_add_key_test(struct sql *sql, const char *table, struct key_columns columns, const struct key_set *keys)
{
    const struct dialect *dialect = &sql->driver->dialect;
    const char *outer = sql->table;

    sql->table = table != NULL ? table : outer;
    if (dialect->key_test != NULL) {
        ar_sql_add(sql, dialect->key_test, "(", NULL);
        ar_sql_add_keys(sql, keys);
        ar_sql_add(sql, ", ", NULL);
        ar_sql_add_key_columns(sql, columns);
        ar_sql_add(sql, ")", NULL);
    } else {
        ar_sql_add(sql, "+", NULL);
        ar_sql_add_member(sql, &columns.model->columns[columns.columns[0]], keys, true);
    }
    sql->table = outer;
}

/* Add `table.column = name.k0 AND …`. */
static void add_match(struct sql *sql, struct key_columns key, const char *name)
{
    for (size_t i = 0; i < key.count; i++) {
        const struct ar_column *column = &key.model->columns[key.columns[i]];
        ar_sql_add(sql, i > 0 ? " AND " : "", NULL);
        ar_sql_add_column(sql, column);
        ar_sql_add_operator_of(sql, column, "=");
        ar_sql_add_key_name(sql, name, i);
    }
}

void ar_sql_add_from_keys(struct sql *sql, struct key_columns key, struct key_columns columns,
                          const struct key_set *keys)
{
    size_t first = sql->last_number + 1;

    ar_sql_add(sql, " FROM ", NULL);
    add_table(sql, columns, keys, "armature_rows");
    ar_sql_add(sql, " WHERE ", NULL);
    add_match(sql, key, "armature_rows");
    ar_sql_add_routing(sql, key, keys, first);
}

bool ar_sql_needs_locks(const struct sql *sql)
{
    return sql->driver->dialect.lock_counted != NULL;
}

void ar_sql_add_lock_of_keys(struct sql *sql, struct key_columns key, const struct key_set *keys)
{
    ar_sql_add(sql, "SELECT ", NULL);
    ar_sql_add_function(sql, "count");
    ar_sql_add(sql, "(*) FROM (SELECT 1 FROM ", ar_sql_table(sql, key.model), NULL);
    if (keys != NULL) {
        ar_sql_add(sql, " WHERE ", NULL);
        ar_sql_add_in_keys(sql, key, keys);
    } else {
        (void)ar_sql_add_shard(sql, " WHERE ", key.model);
    }
    ar_sql_add(sql, " ORDER BY ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, sql->driver->dialect.lock_counted, ") AS armature_locked", NULL);
}
