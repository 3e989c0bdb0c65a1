/* Counters and times of parents: collecting the changes of children, and updating each parent once. */
#include "write/parents.h"

#include "base/clock.h"
#include "link/run.h"
#include "sql/keys.h"
#include "sql/run.h"
#include "write/parent_sql.h"
#include "write/returned.h"

#include <stdlib.h>
#include <string.h>

/* A row to update. */
struct parent_row {
    struct stored_key key;         /* must be first */
    const struct ar_value *values; /* of the key */
    size_t value_count;
    bool is_touched;
    int64_t changes[]; /* of the group's counters */
};

/* The rows of a model that are found by the same columns. */
struct parent_group {
    struct parent_group *next;
    struct parents *parents;
    struct key_columns key; /* that foreign keys refer to */
    struct key_table rows;
    const struct ar_column **counters;
    size_t counter_count;
    bool is_touched; /* some row is */
    struct returned_columns returned;
};

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

static bool is_group(const struct parent_group *group, struct key_columns key)
{
    return ar_key_columns_equal(group->key, key);
}

static struct parent_group *make_group(struct parents *parents, struct key_columns key)
{
    const struct ar_model *model = key.model;
    struct parent_group *group = ar_arena_allocate_zero(&parents->memory, sizeof *group);

    if (group == NULL)
        return NULL;
    *group = (struct parent_group){.next = parents->groups, .parents = parents, .key = key};
    group->returned = (struct returned_columns){
        .store = &parents->s->store, .model = model, .flags = AR_COLUMN_COUNTER, .memory = &parents->memory};
    group->counters = ar_arena_allocate(&parents->memory, model->column_count * sizeof *group->counters);
    if (group->counters == NULL || ar_returned_start(&group->returned) != AR_OK)
        return NULL;
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & AR_COLUMN_COUNTER) != 0)
            group->counters[group->counter_count++] = &model->columns[i];
    parents->groups = group;
    return group;
}

static struct parent_group *find_group(struct parents *parents, struct key_columns key)
{
    for (struct parent_group *each = parents->groups; each != NULL; each = each->next)
        if (is_group(each, key))
            return each;
    return make_group(parents, key);
}

/* Return the row with this key, which is that of the child's foreign key. NULL if out of memory. */
static struct parent_row *find_row(struct parent_group *group, const struct key *key, struct key_columns foreign,
                                   const void *child)
{
    struct arena *memory = &group->parents->memory;
    struct parent_row *row = ar_key_table_find(&group->rows, key);
    struct ar_value *values;

    if (row != NULL)
        return row;
    row = ar_arena_allocate_zero(memory, sizeof *row + group->counter_count * sizeof *row->changes);
    values = ar_arena_allocate(memory, foreign.count * sizeof *values);
    if (row == NULL || values == NULL || !ar_key_table_reserve(&group->rows) || !ar_key_store(&row->key, key, memory))
        return NULL;
    ar_key_values(foreign, child, values);
    if (!ar_key_parts_copy(values, foreign.count, memory))
        return NULL;
    row->values = values;
    row->value_count = foreign.count;
    ar_key_table_insert(&group->rows, key, &row->key);
    return row;
}

static void change_row(const struct parent_group *group, struct parent_row *row, const struct ar_relation *relation,
                       int64_t change)
{
    for (size_t i = 0; relation->has_counter && i < group->counter_count; i++)
        if (group->counters[i] == &relation->target->columns[relation->counter])
            row->changes[i] += change;
    row->is_touched |= relation->touches;
}

enum ar_status ar_parents_add_one(struct parents *parents, const struct ar_relation *relation, const void *child,
                                  int64_t change)
{
    struct key_columns foreign = ar_owner_columns(relation);
    struct parent_group *group;
    struct parent_row *row;
    struct key key;
    enum key_state state = ar_key_of_record(foreign, child, &parents->memory, &key);

    if (state == KEY_NULL)
        return AR_OK;
    group = find_group(parents, ar_target_columns(relation));
    row = group != NULL && state != KEY_NO_MEMORY ? find_row(group, &key, foreign, child) : NULL;
    if (row == NULL)
        return ar_fail_no_memory(&parents->s->store.failure);
    change_row(group, row, relation, change);
    group->is_touched |= relation->touches;
    if (relation->touches)
        group->returned.flags |= AR_COLUMN_UPDATED_AT;
    return AR_OK;
}

enum ar_status ar_parents_add(struct parents *parents, const struct ar_model *model, const void *record, int64_t change,
                              const struct ar_relation *except)
{
    enum ar_status status = AR_OK;

    if (change > 0 && ar_row_is_deleted(model, record))
        change = 0;
    for (size_t i = 0; i < model->relation_count && status == AR_OK; i++)
        if (ar_parent_is_changed(model->relations[i], except))
            status = ar_parents_add_one(parents, model->relations[i], record, change);
    return status;
}

/* ---- The order of locks ------------------------------------------------------------------------------------------ */

static int compare_rows(const void *left, const void *right)
{
    const struct parent_row *row = *(const struct parent_row *const *)left;
    const struct ar_value *a = row->values, *b = (*(const struct parent_row *const *)right)->values;
    int order = 0;

    for (size_t i = 0; i < row->value_count && order == 0; i++)
        order = ar_key_parts_compare(&a[i], &b[i]);
    return order;
}

static int compare_groups(const void *left, const void *right)
{
    const struct parent_group *a = *(struct parent_group *const *)left, *b = *(struct parent_group *const *)right;

    return strcmp(a->key.model->table, b->key.model->table);
}

static bool is_changed(const struct parent_group *group, const struct parent_row *row)
{
    for (size_t i = 0; i < group->counter_count; i++)
        if (row->changes[i] != 0)
            return true;
    return row->is_touched;
}

/* The rows of a group that change, by ascending key. */
struct row_list {
    struct parent_row **items;
    size_t count;
};

static enum ar_status list_rows(const struct parent_group *group, struct row_list *out)
{
    const struct key_table *table = &group->rows;

    *out =
        (struct row_list){.items = ar_arena_allocate(&group->parents->memory, (table->count + 1) * sizeof *out->items)};
    if (out->items == NULL)
        return ar_fail_no_memory(&group->parents->s->store.failure);
    for (size_t i = 0; i < table->capacity; i++) {
        struct parent_row *row = ar_key_table_at(table, i);
        if (row != NULL && is_changed(group, row))
            out->items[out->count++] = row;
    }
    qsort(out->items, out->count, sizeof *out->items, compare_rows);
    return AR_OK;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Add `, updated_at = ?` for each such column. */
static const char *add_times(struct sql *sql, const struct parent_group *group, const char *intro)
{
    const struct ar_model *model = group->key.model;
    const struct timespec now = ar_wall_clock();

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if ((column->flags & AR_COLUMN_UPDATED_AT) == 0)
            continue;
        ar_sql_add(sql, intro, column->sql, " = ", NULL);
        ar_sql_add_value(sql, column, ar_field_of_time(column, now));
        intro = ", ";
    }
    return intro;
}

/* Add the update of a single row. */
static void add_row_update(struct sql *sql, const struct parent_group *group, const struct parent_row *row)
{
    const char *intro = " SET ";

    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, group->key.model), NULL);
    for (size_t i = 0; i < group->counter_count; i++) {
        if (row->changes[i] == 0)
            continue;
        ar_sql_add(sql, intro, group->counters[i]->sql, " = ", NULL);
        ar_sql_add_column(sql, group->counters[i]);
        ar_sql_add_operator(sql, row->changes[i] > 0 ? "+" : "-");
        ar_sql_add_number(sql, (uint64_t)llabs(row->changes[i]));
        intro = ", ";
    }
    if (row->is_touched)
        (void)add_times(sql, group, intro);
    ar_sql_add(sql, " WHERE ", NULL);
    ar_sql_add_key(sql, group->key, row->values);
    ar_returned_add(sql, &group->returned);
}

/* The keys of rows, which may be followed by the changes of the counters, and the columns of both. */
struct row_keys {
    struct key_columns columns;
    const struct key_set *set; /* NULL if out of memory */
};

static struct row_keys rows_as_keys(const struct parent_group *group, const struct row_list *rows, bool with_changes)
{
    struct arena *memory = &group->parents->memory;
    const struct ar_model *model = group->key.model;
    size_t key_count = group->key.count, count = key_count + (with_changes ? group->counter_count : 0);
    struct key_set *set = ar_arena_allocate_zero(memory, sizeof *set);
    struct ar_value *values = ar_arena_allocate(memory, rows->count * count * sizeof *values);
    const struct ar_column **list = ar_arena_allocate(memory, count * sizeof *list);
    uint16_t *columns = ar_arena_allocate(memory, count * sizeof *columns);

    if (set == NULL || values == NULL || list == NULL || columns == NULL)
        return (struct row_keys){.set = NULL};
    for (size_t i = 0; i < count; i++) {
        bool is_key = i < key_count;
        columns[i] = is_key ? group->key.columns[i] : (uint16_t)(group->counters[i - key_count] - model->columns);
        list[i] = is_key ? &model->columns[columns[i]] : NULL;
        for (size_t row = 0; row < rows->count; row++)
            values[row * count + i] =
                is_key ? rows->items[row]->values[i] : ar_value_integer(rows->items[row]->changes[i - key_count]);
    }
    *set = (struct key_set){.count = rows->count, .column_count = count, .values = values, .columns = list};
    set->has_column_types = group->parents->s->link.db->driver->dialect.has_key_arrays && ar_key_has_text(group->key);
    return (struct row_keys){{.model = model, .columns = columns, .count = count}, set};
}

/* Add the update of many rows, whose keys and changes are a parameter. */
static void add_rows_update(struct sql *sql, const struct parent_group *group, const struct row_keys *keys)
{
    const char *intro = " SET ";

    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, group->key.model), NULL);
    for (size_t i = 0; i < group->counter_count; i++) {
        ar_sql_add(sql, intro, group->counters[i]->sql, " = ", NULL);
        ar_sql_add_column(sql, group->counters[i]);
        ar_sql_add_operator(sql, "+");
        ar_sql_add_key_name(sql, "armature_rows", group->key.count + i);
        intro = ", ";
    }
    if (group->is_touched)
        (void)add_times(sql, group, intro);
    ar_sql_add_from_keys(sql, group->key, keys->columns, keys->set);
    ar_returned_add(sql, &group->returned);
}

/* Return true if a server that shards would have to lock these rows on several servers, which it refuses. */
static bool are_apart(const struct parent_group *group, const struct row_list *rows)
{
    size_t routing = ar_key_routing(group->key);

    if (!ar_sql_start(&group->parents->s->link).engine->is_sharded)
        return false;
    for (size_t i = 1; i < rows->count; i++)
        if (!ar_key_parts_equal(&rows->items[0]->values[routing], &rows->items[i]->values[routing]))
            return true;
    return false;
}

/* Return true if one statement updates all these rows: they are several, and are touched all or none. */
static bool go_together(const struct parent_group *group, const struct row_list *rows)
{
    if (rows->count <= 2 || group->key.count + group->counter_count > AR_KEY_COLUMNS_MAX)
        return false;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i]->is_touched != group->is_touched)
            return false;
    return !are_apart(group, rows);
}

/* The statements of all groups, which run in one round trip. */
struct statements {
    struct statement *items;
    size_t count;
};

static enum ar_status add_statement(struct statements *statements, struct sql *sql, struct parent_group *group,
                                    bool returns)
{
    struct statement *statement = &statements->items[statements->count++];

    *statement = (struct statement){.on_row = returns ? ar_returned_take : NULL,
                                    .payload = &group->returned,
                                    .reason = AR_REASON_SAVE,
                                    .model = group->key.model};
    return ar_sql_finish(sql, statement);
}

/* Update all rows by one statement. */
static enum ar_status add_together(struct statements *statements, struct parent_group *group,
                                   const struct row_list *rows)
{
    const struct row_keys keys = rows_as_keys(group, rows, true), locked = rows_as_keys(group, rows, false);
    struct sql lock = ar_sql_start(&group->parents->s->link), update = lock;
    enum ar_status status = AR_OK;

    if (keys.set == NULL || locked.set == NULL)
        return ar_fail_no_memory(&group->parents->s->store.failure);
    if (ar_sql_needs_locks(&lock)) {
        ar_sql_add_lock_of_keys(&lock, group->key, locked.set);
        status = add_statement(statements, &lock, group, false);
    }
    if (status != AR_OK)
        return status;
    add_rows_update(&update, group, &keys);
    return add_statement(statements, &update, group, true);
}

static enum ar_status add_group(struct statements *statements, struct parent_group *group, const struct row_list *rows)
{
    enum ar_status status = AR_OK;

    if (go_together(group, rows))
        return add_together(statements, group, rows);
    for (size_t i = 0; i < rows->count && status == AR_OK; i++) {
        struct sql sql = ar_sql_start(&group->parents->s->link);
        add_row_update(&sql, group, rows->items[i]);
        status = add_statement(statements, &sql, group, true);
    }
    return status;
}

static enum ar_status run_all(struct parents *parents, const struct statements *statements)
{
    struct outcome *outcomes;

    if (statements->count == 0)
        return AR_OK;
    outcomes = ar_arena_allocate(&parents->memory, statements->count * sizeof *outcomes);
    if (outcomes == NULL)
        return ar_fail_no_memory(&parents->s->store.failure);
    return ar_run_all(&parents->s->link, statements->items, statements->count, outcomes);
}

enum ar_status ar_parents_write(struct parents *parents)
{
    struct arena *memory = &parents->memory;
    struct statements statements = {0};
    struct parent_group **groups;
    size_t group_count = 0, row_count = 0, next = 0;
    enum ar_status status = AR_OK;

    for (const struct parent_group *each = parents->groups; each != NULL; each = each->next) {
        group_count++;
        row_count += each->rows.count;
    }
    groups = ar_arena_allocate(memory, (group_count + 1) * sizeof(struct parent_group *));
    statements.items = ar_arena_allocate(memory, (row_count + 1) * sizeof *statements.items);
    if (groups == NULL || statements.items == NULL)
        return ar_fail_no_memory(&parents->s->store.failure);
    for (struct parent_group *each = parents->groups; each != NULL; each = each->next)
        groups[next++] = each;
    qsort(groups, group_count, sizeof(struct parent_group *), compare_groups);
    for (size_t i = 0; i < group_count && status == AR_OK; i++) {
        struct row_list rows;
        status = list_rows(groups[i], &rows);
        if (status == AR_OK)
            status = add_group(&statements, groups[i], &rows);
    }
    return status == AR_OK ? run_all(parents, &statements) : status;
}

void ar_parents_free(struct parents *parents)
{
    for (struct parent_group *each = parents->groups; each != NULL; each = each->next)
        ar_key_table_free(&each->rows);
    ar_arena_free(&parents->memory);
}
