/* Writing through a has_many: the foreign keys of the related rows.
 *
 * An UPDATE returns the keys of the rows that it changed and the columns that it set. The session's records of these
 * rows take the columns, and so do caller-owned structs among the named records; other changes of the caller stay.
 *
 * If a parent counts or notes such rows (.counter, .touch), its row must change for every child that leaves or joins
 * it: then the rows are looked up and updated one by one. */
#include "base/clock.h"
#include "model/arc.h"
#include "model/field.h"
#include "model/row.h"
#include "session/session.h"
#include "sql/join.h"
#include "sql/run.h"
#include "store/cache.h"
#include "store/identity.h"
#include "store/identity_row.h"
#include "store/partial_row.h"
#include "store/undo.h"
#include "write/links/links.h"

#include <string.h>

/* An UPDATE of foreign keys. */
struct update {
    struct links *links;
    struct sql sql;
    size_t count; /* of the rows that it changed */
    bool unlinks;
};

struct changed_row {
    struct stored_key key; /* must be first */
    void *data;            /* a struct with the key and the columns that were set */
};

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static bool contains(struct key_columns columns, const struct ar_column *column)
{
    for (size_t i = 0; i < columns.count; i++)
        if (&columns.model->columns[columns.columns[i]] == column)
            return true;
    return false;
}

/* Return true if the column is part of the foreign key, or its type. */
static bool is_foreign_key(const struct ar_relation *relation, const struct ar_column *column)
{
    struct key_columns columns = ar_target_columns(relation);

    return contains(columns, column) ||
           (columns.guard != NULL && column == &columns.model->columns[columns.guard->column]);
}

/* Return true if the column is part of another foreign key of the arc to which that of the relation belongs: it must be
 * NULL if that one is set. */
static bool is_excluded(const struct ar_relation *relation, const struct ar_column *column)
{
    struct key_columns columns = ar_target_columns(relation);
    const struct ar_union *arc = ar_arc_of(columns);

    for (size_t i = 0; arc != NULL && i < arc->variant_count; i++)
        if (contains(ar_foreign_key(arc->variants[i]), column))
            return !contains(columns, column) && ar_column_can_be_null(column);
    return false;
}

/* Return true if the update may change the column, or if it identifies the row. */
static bool is_returned(void *payload, const struct ar_column *column)
{
    const struct links *links = payload;

    if ((column->flags & (AR_COLUMN_KEY | AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION | AR_COLUMN_COMPUTED)) != 0)
        return true;
    return is_foreign_key(links->relation, column) || is_excluded(links->relation, column);
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

static void add_assignment(struct sql *sql, const char **intro, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add(sql, *intro, column->sql, " = ", NULL);
    ar_sql_add_value(sql, column, value);
    *intro = ", ";
}

static void add_maintained_columns(struct sql *sql, const char **intro, const struct ar_model *model)
{
    const struct timespec now = ar_wall_clock();

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if ((column->flags & AR_COLUMN_UPDATED_AT) != 0)
            add_assignment(sql, intro, column, ar_field_of_time(column, now));
        if ((column->flags & AR_COLUMN_VERSION) == 0)
            continue;
        ar_sql_add(sql, *intro, column->sql, " = ", NULL);
        ar_sql_add_next_version(sql, column);
        *intro = ", ";
    }
}

/* Return true if the column of the foreign key is never set: the shard key, or a part of the row's primary key, such as
 * the tenant. It is that of the owner in all rows that can be related. */
static bool is_fixed(struct key_columns columns, const struct ar_column *column)
{
    return columns.count > 1 && (column == columns.model->shard_key || (column->flags & AR_COLUMN_KEY) != 0);
}

/* Add UPDATE … SET of the foreign key, to the owner's or to NULL. */
static void add_update(struct update *update)
{
    const struct links *links = update->links;
    struct key_columns columns = ar_target_columns(links->relation);
    const char *intro = " SET ";

    ar_sql_add(&update->sql, "UPDATE ", ar_sql_table(&update->sql, columns.model), NULL);
    for (size_t i = 0; i < columns.count; i++) {
        const struct ar_column *column = &columns.model->columns[columns.columns[i]];
        if (is_fixed(columns, column))
            continue;
        if (!update->unlinks)
            add_assignment(&update->sql, &intro, column, links->values[i]);
        else if (ar_column_can_be_null(column))
            add_assignment(&update->sql, &intro, column, ar_value_null());
    }
    if (columns.guard != NULL) {
        const struct ar_column *type = &columns.model->columns[columns.guard->column];
        if (!update->unlinks)
            add_assignment(&update->sql, &intro, type, ar_guard_value(columns.guard));
        else if (ar_column_can_be_null(type))
            add_assignment(&update->sql, &intro, type, ar_value_null());
    }
    for (size_t i = 0; i < columns.model->column_count; i++)
        if (is_excluded(links->relation, &columns.model->columns[i]))
            add_assignment(&update->sql, &intro, &columns.model->columns[i], ar_value_null());
    add_maintained_columns(&update->sql, &intro, columns.model);
}

/* Add the condition of rows that belong to the owner. */
static void add_related(struct sql *sql, const struct links *links)
{
    ar_sql_add_key(sql, ar_target_columns(links->relation), links->values);
    ar_sql_add_scope(sql, links->relation, links->relation->target->sql);
}

static void add_differs(struct sql *sql, const char *intro, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add(sql, intro, NULL);
    ar_sql_add_column(sql, column);
    ar_sql_add_operator_of(sql, column, "<>");
    ar_sql_add_value(sql, column, value);
    ar_sql_add(sql, " OR ", NULL);
    ar_sql_add_column(sql, column);
    ar_sql_add(sql, " IS NULL", NULL);
}

static void add_equals(struct sql *sql, const struct ar_column *column, struct ar_value value)
{
    ar_sql_add_column(sql, column);
    ar_sql_add_operator_of(sql, column, "=");
    ar_sql_add_value(sql, column, value);
    ar_sql_add(sql, " AND ", NULL);
}

/* Add the condition of rows that do not, but can: they may have another type, which the update sets. */
static void add_unrelated(struct sql *sql, const struct links *links)
{
    struct key_columns columns = ar_target_columns(links->relation);
    struct ar_relation of_any_type = *links->relation;
    const char *intro = "(";

    of_any_type.guard = NULL;
    for (size_t i = 0; i < columns.count; i++)
        if (is_fixed(columns, &columns.model->columns[columns.columns[i]]))
            add_equals(sql, &columns.model->columns[columns.columns[i]], links->values[i]);
    for (size_t i = 0; i < columns.count; i++) {
        if (is_fixed(columns, &columns.model->columns[columns.columns[i]]))
            continue;
        add_differs(sql, intro, &columns.model->columns[columns.columns[i]], links->values[i]);
        intro = " OR ";
    }
    if (columns.guard != NULL)
        add_differs(sql, intro, &columns.model->columns[columns.guard->column], ar_guard_value(columns.guard));
    ar_sql_add(sql, ")", NULL);
    ar_sql_add_scope(sql, &of_any_type, links->relation->target->sql);
}

/* ---- Running an update ------------------------------------------------------------------------------------------- */

/* Copy the columns that were set.
 *   loaded   the columns that `to` has; NULL: all */
static void copy_columns(const struct links *links, const uint64_t *loaded, const void *from, void *to)
{
    for (size_t i = 0; i < links->set.columns.count; i++) {
        const struct ar_column *column = links->set.columns.items[i];
        if ((column->flags & AR_COLUMN_KEY) == 0 &&
            (loaded == NULL || ar_columns_have(loaded, (size_t)(column - column->model->columns))))
            ar_field_copy(column, from, to);
    }
}

/* Return the columns that a record has, or NULL if it has all. */
static const uint64_t *loaded_columns(const struct ar_model *model, const struct record *record)
{
    return record != NULL && record->is_partial ? ar_partial_columns(model, record) : NULL;
}

/* Give the session's record of the row the columns that were set, in the struct and in the image. */
static enum ar_status update_record(const struct update *update, const struct key *key, const void *data)
{
    const struct chunk *named = &update->links->named;
    struct record *known = ar_identity_find_present(named->identity, key);
    void *image;
    enum ar_status status;

    if (known == NULL)
        return AR_OK;
    status = ar_undo_keep(named->store, named->model, known);
    if (status != AR_OK)
        return status;
    copy_columns(update->links, loaded_columns(named->model, known), data, ar_record_data(known));
    image = ar_record_image(named->model, known);
    copy_columns(update->links, loaded_columns(named->model, known), data, image);
    return ar_record_own_writable_texts(named->model, &named->store->text, &named->store->failure, image);
}

/* Note a row that was changed. `data` has its key and the columns that were set. */
static enum ar_status note_changed(struct update *update, void *data)
{
    const struct chunk *named = &update->links->named;
    struct arena *scratch = &named->store->scratch;
    struct changed_row *changed = ar_arena_allocate(scratch, sizeof *changed);
    struct key_table *rows = &update->links->changed;
    struct key key;

    if (changed == NULL || ar_key_of_record(ar_primary_key(named->model), data, scratch, &key) == KEY_NO_MEMORY ||
        !ar_key_store(&changed->key, &key, scratch) || !ar_key_table_reserve(rows))
        return ar_fail_no_memory(&named->store->failure);
    changed->data = data;
    ar_key_table_insert(rows, &key, &changed->key);
    update->count++;
    return update_record(update, &key, data);
}

static enum ar_status take_changed(void *payload, const struct row *row)
{
    struct update *update = payload;
    const struct chunk *named = &update->links->named;
    void *data = ar_arena_allocate_zero(&named->store->scratch, named->model->size);
    enum ar_status status;

    if (data == NULL)
        return ar_fail_no_memory(&named->store->failure);
    status = ar_read_back_columns(&update->links->set, row, 0, data);
    return status == AR_OK ? note_changed(update, data) : status;
}

enum ar_status ar_children_find_updates(struct links *links)
{
    const struct chunk *named = &links->named;

    links->updates = ar_arena_allocate_zero(&named->store->scratch, (named->count + 1) * sizeof *links->updates);
    if (links->updates == NULL)
        return ar_fail_no_memory(&named->store->failure);
    for (size_t i = 0; i < named->count && links->changed.count > 0; i++) {
        const struct changed_row *changed;
        struct key key;
        if (ar_key_of_record(ar_primary_key(named->model), ar_chunk_copy(named, i), &named->store->scratch, &key) ==
            KEY_NO_MEMORY)
            return ar_fail_no_memory(&named->store->failure);
        changed = ar_key_table_find(&links->changed, &key);
        links->updates[i] = changed != NULL ? changed->data : NULL;
    }
    return AR_OK;
}

void ar_children_update_structs(const struct links *links)
{
    for (size_t i = 0; i < links->named.count; i++) {
        const struct chunk *named = &links->named;
        if (links->updates[i] != NULL)
            copy_columns(links,
                         loaded_columns(named->model, ar_partial_find(named->store, named->model, links->records[i])),
                         links->updates[i], links->records[i]);
    }
}

static enum ar_status run_update(struct update *update)
{
    const struct chunk *named = &update->links->named;
    const struct statement statement = {.on_row = take_changed,
                                        .payload = update,
                                        .reason = AR_REASON_SAVE,
                                        .model = named->model,
                                        .relation = update->links->relation};
    enum ar_status status;

    for (size_t i = 0; i < update->links->set.columns.count; i++) {
        ar_sql_add(&update->sql, i > 0 ? ", " : " RETURNING ", NULL);
        ar_sql_add_result(&update->sql, NULL, update->links->set.columns.items[i]);
    }
    status = ar_sql_run(named->link, &update->sql, statement, NULL);
    if (status == AR_OK && update->count > 0)
        ar_caches_lists_changed(named->store, named->model);
    if (status == AR_OK)
        ar_caches_siblings_changed(named->store, named->model);
    return status;
}

static enum ar_status start(struct links *links, bool unlinks, struct update *out)
{
    enum ar_status status = ar_read_back_start(&links->named, is_returned, links, &links->set);

    *out = (struct update){.links = links, .sql = ar_sql_start(&links->s->link), .unlinks = unlinks};
    add_update(out);
    ar_sql_add(&out->sql, " WHERE ", NULL);
    return status;
}

/* ---- Row by row -------------------------------------------------------------------------------------------------- */

/* Records of rows that were looked up. */
struct found {
    struct store *store;
    struct identity *identity;
    void **items;
    size_t count, capacity;
};

static enum ar_status take_found(void *payload, const struct row *row)
{
    struct found *found = payload;
    struct record *record;
    enum ar_status status = ar_identity_take_row(found->store, found->identity, row, NULL, &record);
    void **grown = found->items;

    if (status != AR_OK)
        return status;
    if (found->count == found->capacity)
        grown = ar_arena_grow(&found->store->scratch, found->items, found->count, &found->capacity, found->count + 1,
                              sizeof *found->items);
    if (grown == NULL)
        return ar_fail_no_memory(&found->store->failure);
    found->items = grown;
    found->items[found->count++] = ar_record_data(record);
    return AR_OK;
}

/* Look up the related rows, or those that can be related. */
static enum ar_status find_rows(struct links *links, bool are_related, bool is_named, struct found *out)
{
    const struct ar_model *model = links->relation->target;
    struct key_columns key = ar_primary_key(model);
    struct sql sql = ar_sql_start_with(&links->s->link, &model->select);
    const struct statement statement = {
        .on_row = take_found, .payload = out, .reason = AR_REASON_SAVE, .model = model, .relation = links->relation};
    enum ar_status status;

    *out = (struct found){.store = &links->s->store, .identity = links->named.identity};
    ar_sql_add(&sql, " WHERE ", NULL);
    if (are_related)
        add_related(&sql, links);
    else
        add_unrelated(&sql, links);
    status = ar_links_add_named(&sql, links, is_named, key, key);
    return status == AR_OK ? ar_sql_run(&links->s->link, &sql, statement, NULL) : status;
}

/* Set the foreign key and its type, and clear the others of its arc. */
static enum ar_status set_fields(const struct links *links, void *row)
{
    const struct ar_model *model = links->relation->target;
    enum ar_status status =
        ar_foreign_key_set(ar_target_columns(links->relation), links->values, &links->s->store.field_reader, row);

    for (size_t i = 0; i < model->column_count; i++)
        if (is_excluded(links->relation, &model->columns[i]))
            ar_field_set_null(&model->columns[i], row);
    return status;
}

static void clear_fields(const struct links *links, void *row)
{
    const struct ar_model *model = links->relation->target;

    for (size_t i = 0; i < model->column_count; i++)
        if (is_foreign_key(links->relation, &model->columns[i]) && ar_column_can_be_null(&model->columns[i]))
            ar_field_set_null(&model->columns[i], row);
}

/* Set the foreign key, in a copy of what the row contains: other changes of the record are not written. */
static enum ar_status update_one(struct update *update, void *record)
{
    const struct links *links = update->links;
    const struct ar_model *model = links->relation->target;
    void *row = ar_arena_allocate(&links->s->store.scratch, model->size);
    struct write write;
    enum ar_status status = AR_OK;

    if (row == NULL)
        return ar_fail_no_memory(&links->s->store.failure);
    memcpy(row, ar_record_image(model, ar_record_of(record)), model->size);
    if (update->unlinks)
        clear_fields(links, row);
    else
        status = set_fields(links, row);
    if (status == AR_OK)
        status = ar_write_start(links->s, model, row, &write);
    if (status == AR_OK)
        status = ar_write_update(&write);
    return status == AR_OK ? note_changed(update, row) : status;
}

/* Rows that others count are updated one by one, so that their former and new parents are counted right. */
static enum ar_status update_each(struct update *update, bool is_named)
{
    struct found found;
    enum ar_status status = find_rows(update->links, update->unlinks, is_named, &found);

    for (size_t i = 0; i < found.count && status == AR_OK; i++)
        status = update_one(update, found.items[i]);
    return status;
}

/* Run the update, in one statement if that is possible. */
static enum ar_status update_rows(struct update *update, bool is_named)
{
    struct links *links = update->links;
    struct key_columns key = ar_primary_key(links->relation->target);
    enum ar_status status;

    if (links->named.identity->layout.has_parents)
        return update_each(update, is_named);
    if (update->unlinks)
        add_related(&update->sql, links);
    else
        add_unrelated(&update->sql, links);
    status = ar_links_add_named(&update->sql, links, is_named, key, key);
    return status == AR_OK ? run_update(update) : status;
}

/* ---- Adding ------------------------------------------------------------------------------------------------------ */

static enum ar_status count_ordinal(void *payload, const struct row *row)
{
    (void)row;
    ++*(size_t *)payload;
    return AR_OK;
}

/* Find out if all named records are related now: if not, one has no row, or does not meet the relation's conditions. */
static enum ar_status check_added(struct links *links)
{
    const struct chunk *named = &links->named;
    struct column_list columns = ar_chunk_key_columns(named);
    struct sql sql = ar_sql_start(named->link);
    size_t related = 0, size = 0;
    const struct statement statement = {
        .on_row = count_ordinal, .payload = &related, .reason = AR_REASON_SAVE, .model = named->model};
    enum ar_status status;

    if (columns.items == NULL)
        return AR_NO_MEMORY;
    ar_sql_add(&sql, "SELECT armature_input.ordinal FROM ", NULL);
    status = ar_chunk_add_input(&sql, named, &columns, &size);
    ar_sql_add(&sql, " JOIN ", ar_sql_table(&sql, named->model), " ON ", NULL);
    ar_chunk_add_match(&sql, named->model->sql, ar_primary_key(named->model), &columns);
    ar_sql_add(&sql, " WHERE ", NULL);
    add_related(&sql, links);
    if (status == AR_OK)
        status = ar_sql_run(named->link, &sql, statement, NULL);
    if (status != AR_OK || related == named->count)
        return status;
    return ar_fail(&named->store->failure, AR_NOT_FOUND, named->model, NULL,
                   "%zu of %zu records cannot be added to %s.%s: they have no row, or do not meet its conditions",
                   named->count - related, named->count, links->relation->owner->name, links->relation->name);
}

/* The row of another key would be another row. */
static enum ar_status check_key(const struct links *links)
{
    struct key_columns columns = ar_target_columns(links->relation);
    const struct ar_column *column = &columns.model->columns[columns.columns[0]];

    for (size_t i = 0; i < columns.count; i++) {
        const struct ar_column *each = &columns.model->columns[columns.columns[i]];
        if (!is_fixed(columns, each) && (each->flags & AR_COLUMN_KEY) == 0)
            return AR_OK;
    }
    return ar_fail(&links->s->store.failure, AR_MISUSE, columns.model, column,
                   "no %s can be added to %s.%s: its foreign key is part of its primary key, %s. Insert a new row "
                   "instead",
                   columns.model->name, links->relation->owner->name, links->relation->name, column->field);
}

enum ar_status ar_children_add(struct links *links)
{
    struct update update;
    enum ar_status status = check_key(links);

    if (status == AR_OK)
        status = start(links, false, &update);
    if (status != AR_OK)
        return status;
    status = update_rows(&update, true);
    if (status == AR_OK && update.count < links->named.count)
        status = check_added(links);
    links->changes.added += update.count;
    return status;
}

/* ---- Removing ---------------------------------------------------------------------------------------------------- */

static enum ar_status check_unlink(const struct links *links)
{
    struct key_columns columns = ar_target_columns(links->relation);
    const struct ar_column *column = &columns.model->columns[columns.columns[0]];
    const struct ar_union *arc = ar_arc_of(columns);

    if (arc != NULL)
        return ar_fail(&links->s->store.failure, AR_MISUSE, columns.model, column,
                       "no %s can be removed from %s.%s: %s.%s always refers to a record. Pass AR_REMOVE_DELETE to "
                       "delete the row, or add it to another record",
                       columns.model->name, links->relation->owner->name, links->relation->name, columns.model->name,
                       arc->name);
    for (size_t i = 0; i < columns.count; i++)
        if (ar_column_can_be_null(&columns.model->columns[columns.columns[i]]))
            return AR_OK;
    return ar_fail(&links->s->store.failure, AR_MISUSE, columns.model, column,
                   "no %s can be removed from %s.%s: its %s cannot be NULL. Pass AR_REMOVE_DELETE to delete the row",
                   columns.model->name, links->relation->owner->name, links->relation->name, column->field);
}

static enum ar_status unlink_rows(struct links *links, bool is_named)
{
    struct update update;
    enum ar_status status = check_unlink(links);

    if (status == AR_OK)
        status = start(links, true, &update);
    if (status != AR_OK)
        return status;
    status = update_rows(&update, is_named);
    links->changes.removed += update.count;
    return status;
}

/* Delete each of the related rows, as the program would. */
static enum ar_status delete_rows(struct links *links, bool is_named)
{
    struct found found;
    enum ar_status status = find_rows(links, true, is_named, &found);

    for (size_t i = 0; i < found.count && status == AR_OK; i++) {
        struct write write;
        status = ar_write_start(links->s, links->relation->target, found.items[i], &write);
        if (status == AR_OK)
            status = ar_write_delete(&write);
    }
    links->changes.removed += found.count;
    return status;
}

enum ar_status ar_children_remove(struct links *links, bool is_named)
{
    switch (links->removal) {
    case AR_REMOVE_UNLINK:
        return unlink_rows(links, is_named);
    case AR_REMOVE_DELETE:
        break;
    }
    return delete_rows(links, is_named);
}
