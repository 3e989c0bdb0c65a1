/* Foreign keys of PostgreSQL in migrations.
 *
 * A foreign key depends on the primary key or the unique index that it refers to. If the primary key of a table
 * changes, the foreign keys to that table are detached: dropped first, and added again. A foreign key to columns that
 * get a unique index waits for it, because the index is created after the transaction. */
#include "schema/ddl.h"
#include "sql.h"
#include "write_postgresql.h"

static const struct table_change *change_of(const struct plan *plan, const struct schema_table *to)
{
    for (size_t i = 0; i < plan->change_count; i++)
        if (plan->changes[i].to == to)
            return &plan->changes[i];
    return NULL;
}

/* Return what the table was before, or NULL if it is new. */
static const struct schema_table *former_table(const struct plan *plan, const struct schema_table *to)
{
    const struct table_change *change = change_of(plan, to);
    return change != NULL ? change->from : compare_find_table(plan->from, to);
}

/* Return the change of the table that the foreign key refers to, or NULL. */
static const struct table_change *change_of_referred(const struct plan *plan, const struct schema_foreign_key *key)
{
    const struct schema_table like = {.schema = key->schema, .name = key->table};
    return change_of(plan, compare_find_table(plan->to, &like));
}

/* Return the difference of this kind, or NULL. */
static const struct difference *find(const struct plan *plan, const struct schema_foreign_key *key,
                                     enum difference_kind kind)
{
    for (size_t i = 0; i < plan->differences->count; i++)
        if (plan->differences->items[i].kind == kind && plan->differences->items[i].foreign_key == key)
            return &plan->differences->items[i];
    return NULL;
}

bool postgresql_key_is_detached(const struct plan *plan, const struct schema_table *table,
                                const struct schema_foreign_key *key)
{
    const struct table_change *referred = change_of_referred(plan, key);
    return referred != NULL && plan_find(referred, DIFFERENCE_KEY) != NULL && former_table(plan, table) != NULL &&
           find(plan, key, DIFFERENCE_FOREIGN_KEY_ADDED) == NULL;
}

static bool waits_for_index(const struct plan *plan, const struct schema_foreign_key *key)
{
    const struct table_change *referred = change_of_referred(plan, key);
    if (referred == NULL || schema_names_equal(&key->referred, &referred->to->key))
        return false;
    for (size_t i = 0; i < referred->count; i++)
        if (referred->items[i].kind == DIFFERENCE_INDEX_ADDED && referred->items[i].index->is_unique)
            return true;
    return false;
}

static void drop(const struct plan *plan, const struct schema_table *from, const char *name)
{
    text_print(plan->out, "ALTER TABLE %s DROP CONSTRAINT %s;\n", schema_table_sql(plan->arena, from),
               sql_name(plan->arena, name));
}

/* Drop the foreign keys of a table that is dropped later, if they depend on what is dropped before it. */
static void drop_of_table(const struct plan *plan, const struct schema_table *table)
{
    for (size_t i = 0; i < table->foreign_key_count; i++) {
        const struct schema_foreign_key *key = &table->foreign_keys[i];
        const struct schema_table like = {.schema = key->schema, .name = key->table};
        const struct schema_table *referred = compare_find_table(plan->from, &like);
        for (size_t j = 0; j < plan->change_count; j++)
            if (plan->changes[j].from == referred && (plan_find(&plan->changes[j], DIFFERENCE_KEY) != NULL ||
                                                      plan_find(&plan->changes[j], DIFFERENCE_INDEX_DROPPED) != NULL))
                drop(plan, table, key->name);
    }
}

void postgresql_drop_foreign_keys(const struct plan *plan)
{
    for (size_t i = 0; i < plan->differences->count; i++) {
        const struct difference *item = &plan->differences->items[i];
        if (item->kind == DIFFERENCE_FOREIGN_KEY_DROPPED)
            drop(plan, item->from, item->foreign_key->name);
        else if (item->kind == DIFFERENCE_TABLE_DROPPED)
            drop_of_table(plan, item->from);
    }
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const struct schema_table *table = &plan->to->tables[i];
        for (size_t j = 0; j < table->foreign_key_count; j++) {
            const struct schema_foreign_key *key = &table->foreign_keys[j];
            const struct difference *renamed = find(plan, key, DIFFERENCE_FOREIGN_KEY_RENAMED);
            if (postgresql_key_is_detached(plan, table, key))
                drop(plan, former_table(plan, table), renamed != NULL ? renamed->was : key->name);
        }
    }
}

static void add(const struct plan *plan, const struct schema_table *table, const struct schema_foreign_key *key)
{
    text_print(plan->out, "ALTER TABLE %s ADD CONSTRAINT %s ", schema_table_sql(plan->arena, table),
               sql_name(plan->arena, key->name));
    ddl_add_foreign_key(plan->out, plan->arena, key, plan->dialect);
    text_print(plan->out, "%s;\n", former_table(plan, table) != NULL ? " NOT VALID" : "");
}

static bool is_added(const struct plan *plan, const struct schema_table *table, const struct schema_foreign_key *key)
{
    return former_table(plan, table) == NULL || find(plan, key, DIFFERENCE_FOREIGN_KEY_ADDED) != NULL ||
           postgresql_key_is_detached(plan, table, key);
}

static void add_keys(const struct plan *plan, bool are_waiting)
{
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const struct schema_table *table = &plan->to->tables[i];
        for (size_t j = 0; j < table->foreign_key_count; j++) {
            const struct schema_foreign_key *key = &table->foreign_keys[j];
            if (!is_added(plan, table, key) || waits_for_index(plan, key) != are_waiting)
                continue;
            if (are_waiting)
                postgresql_limit_locks(plan);
            add(plan, table, key);
        }
    }
}

void postgresql_add_foreign_keys(const struct plan *plan)
{
    add_keys(plan, false);
}

void postgresql_add_waiting_foreign_keys(const struct plan *plan)
{
    add_keys(plan, true);
}

void postgresql_validate_foreign_keys(const struct plan *plan)
{
    for (size_t i = 0; i < plan->to->table_count; i++) {
        const struct schema_table *table = &plan->to->tables[i];
        for (size_t j = 0; former_table(plan, table) != NULL && j < table->foreign_key_count; j++)
            if (is_added(plan, table, &table->foreign_keys[j]))
                postgresql_validate(plan, table, sql_name(plan->arena, table->foreign_keys[j].name));
    }
}
