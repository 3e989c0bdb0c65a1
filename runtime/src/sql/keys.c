/* SQL that finds rows by a set of keys: an array for each column, or a table function. */
#include "sql/keys.h"

#include <stdio.h>

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

void ar_sql_add_in_keys(struct sql *sql, struct key_columns columns, const struct key_set *keys)
{
    if (keys->count == 1) {
        const struct ar_value integer = ar_value_integer(keys->integers != NULL ? keys->integers[0] : 0);
        ar_sql_add_key(sql, columns, keys->integers != NULL ? &integer : keys->values);
    } else if (columns.count == 1 && !keys->has_column_types) {
        ar_sql_add_member(sql, &columns.model->columns[columns.columns[0]], keys, true);
    } else {
        ar_sql_add_tuple(sql, columns);
        ar_sql_add_in(sql, columns);
        ar_sql_add(sql, "(SELECT ", NULL);
        add_names(sql, "", columns.count);
        ar_sql_add(sql, " FROM ", NULL);
        add_table(sql, columns, keys, "armature_keys");
        ar_sql_add(sql, ")", NULL);
    }
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
    ar_sql_add(sql, " FROM ", NULL);
    add_table(sql, columns, keys, "armature_rows");
    ar_sql_add(sql, " WHERE ", NULL);
    add_match(sql, key, "armature_rows");
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
    }
    ar_sql_add(sql, " ORDER BY ", NULL);
    ar_sql_add_key_columns(sql, key);
    ar_sql_add(sql, sql->driver->dialect.lock_counted, ") AS armature_locked", NULL);
}
