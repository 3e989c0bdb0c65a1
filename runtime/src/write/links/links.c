/* Writing through a relation: the calls. */
#include "write/links/links.h"

#include "link/run.h"
#include "model/field.h"
#include "session/session.h"
#include "session/transaction.h"
#include "session/use.h"
#include "store/identity.h"
#include "store/partial_row.h"

#include <string.h>

/* ---- Starting ---------------------------------------------------------------------------------------------------- */

static enum ar_status fail_unsaved(struct store *store, const struct ar_relation *relation,
                                   const struct ar_model *model)
{
    return ar_fail(&store->failure, AR_INVALID, model, &model->columns[model->key[0]],
                   "%s.%s: the %s has no key: save it first", relation->owner->name, relation->name, model->name);
}

/* Copy the fields that were loaded. */
static void copy_record(struct store *store, const struct ar_model *model, const void *record, void *copy)
{
    const struct record *partial = store->has_partials ? ar_partial_find(store, model, record) : NULL;

    if (partial == NULL) {
        memcpy(copy, record, model->size);
        return;
    }
    memset(copy, 0, model->size);
    for (size_t i = 0; i < model->column_count; i++)
        if (ar_columns_have(ar_partial_columns(model, partial), i))
            ar_field_copy(&model->columns[i], record, copy);
}

/* Return AR_MISUSE if a column was not loaded by which a call identifies the record. */
static enum ar_status check_loaded(struct store *store, const struct ar_relation *relation, struct key_columns columns,
                                   const void *record)
{
    const struct ar_column *column = ar_partial_lacks(store, columns, record);
    const char *model = columns.model->name;

    if (column == NULL)
        return AR_OK;
    return ar_fail(&store->failure, AR_MISUSE, columns.model, column,
                   "%s.%s needs %s.%s, which was not loaded: add it to %s_only, or call %s_reload",
                   relation->owner->name, relation->name, model, column->field, model, model);
}

/* Read the owner's columns of the relation. */
static enum ar_status read_owner(struct store *store, const struct ar_relation *relation, const void *owner,
                                 struct ar_value *values)
{
    struct key_columns columns = ar_owner_columns(relation);
    struct key key;
    enum key_state state = ar_identity_key(store, relation->owner, owner, &key);

    if (state == KEY_NO_MEMORY)
        return ar_fail_no_memory(&store->failure);
    if (check_loaded(store, relation, columns, owner) != AR_OK)
        return AR_MISUSE;
    ar_key_values(columns, owner, values);
    for (size_t i = 0; i < columns.count; i++)
        if (values[i].kind == AR_VALUE_NULL)
            state = KEY_NULL;
    return state == KEY_SET ? AR_OK : fail_unsaved(store, relation, relation->owner);
}

/* Return AR_MISUSE if the record has another shard key than the owner: related rows are in one shard. */
static enum ar_status check_shard(const struct links *links, const void *record)
{
    const struct ar_relation *relation = links->relation;
    const struct ar_column *own = relation->owner->shard_key, *other = relation->target->shard_key;
    struct store *store = &links->s->store;
    enum ar_status status;
    struct ar_value value;
    void *copy;

    if (own == NULL || other == NULL)
        return AR_OK;
    copy = ar_arena_allocate_zero(&store->scratch, relation->target->size);
    if (copy == NULL)
        return ar_fail_no_memory(&store->failure);
    value = ar_field_value(own, links->owner);
    status = ar_field_read(&store->field_reader, other, &value, copy);
    if (status != AR_OK || ar_field_equal(other, copy, record))
        return status;
    return ar_fail(&store->failure, AR_MISUSE, relation->target, other,
                   "%s.%s: the %s has another %s than the %s, but related rows have the same shard key",
                   relation->owner->name, relation->name, relation->target->name, other->field, relation->owner->name);
}

static enum ar_status name_records(struct links *links, size_t count)
{
    struct store *store = &links->s->store;
    const struct ar_model *model = links->relation->target;
    enum ar_status status = ar_chunk_start(links->s, model, NULL, count, &links->named);

    for (size_t i = 0; i < count && status == AR_OK; i++) {
        struct key key;
        enum key_state state = ar_identity_key(store, model, links->records[i], &key);
        copy_record(store, model, links->records[i], ar_chunk_copy(&links->named, i));
        if (state == KEY_NO_MEMORY)
            status = ar_fail_no_memory(&store->failure);
        else if (state != KEY_SET)
            status = fail_unsaved(store, links->relation, model);
        else
            status = check_shard(links, links->records[i]);
        if (status == AR_OK && ar_has_path(links->relation) && links->relation->path_count == 2)
            status =
                check_loaded(store, links->relation, ar_target_columns(links->relation->path[1]), links->records[i]);
    }
    return status;
}

static enum ar_status start(struct links *links, size_t count)
{
    enum ar_status status = ar_transaction_check_writable(links->s, links->relation->owner);

    if (status == AR_OK)
        status = read_owner(&links->s->store, links->relation, links->owner, links->values);
    return status == AR_OK ? name_records(links, count) : status;
}

enum ar_status ar_links_add_named(struct sql *sql, const struct links *links, bool is_named, struct key_columns columns,
                                  struct key_columns fields)
{
    struct arena *scratch = &links->s->store.scratch;
    struct column_list list = {.items = ar_arena_allocate(scratch, fields.count * sizeof *list.items),
                               .count = fields.count};
    enum ar_status status;
    size_t size = 0;

    if (list.items == NULL)
        return ar_fail_no_memory(&links->s->store.failure);
    if (links->named.count == 0)
        return AR_OK;
    for (size_t i = 0; i < fields.count; i++)
        list.items[i] = &fields.model->columns[fields.columns[i]];
    ar_sql_add(sql, is_named ? " AND " : " AND NOT ", "(", NULL);
    ar_sql_add_tuple(sql, columns);
    ar_sql_add_in(sql, columns);
    ar_sql_add(sql, "(", NULL);
    ar_chunk_add_input_columns(sql, &list);
    ar_sql_add(sql, " FROM ", NULL);
    status = ar_chunk_add_input(sql, &links->named, &list, &size);
    ar_sql_add(sql, "))", NULL);
    return status;
}

/* ---- Calls ------------------------------------------------------------------------------------------------------- */

static enum ar_status add(struct links *links)
{
    return ar_has_path(links->relation) ? ar_joins_add(links) : ar_children_add(links);
}

static enum ar_status remove_named(struct links *links)
{
    return ar_has_path(links->relation) ? ar_joins_remove(links, true) : ar_children_remove(links, true);
}

static enum ar_status replace(struct links *links)
{
    enum ar_status status = AR_OK;

    if (ar_has_path(links->relation)) {
        status = ar_joins_remove(links, false);
        return status == AR_OK && links->named.count > 0 ? ar_joins_add(links) : status;
    }
    if (links->named.count > 0)
        status = ar_children_add(links);
    return status == AR_OK ? ar_children_remove(links, false) : status;
}

static enum ar_status run_in_transaction(struct links *links, size_t count, enum ar_status (*run)(struct links *links))
{
    enum ar_status status = start(links, count);

    links->changes = (struct ar_link_changes){0};
    if (status == AR_OK)
        status = ar_begin(links->s);
    if (status != AR_OK)
        return status;
    status = run(links);
    if (status == AR_OK)
        status = ar_children_find_updates(links);
    status = ar_transaction_end(links->s, status);
    if (status == AR_OK)
        ar_children_update_structs(links);
    ar_key_table_free(&links->changed);
    links->changed = (struct key_table){0};
    return status;
}

static enum ar_status call(struct links *links, size_t count, enum ar_status (*run)(struct links *links),
                           struct ar_link_changes *changes)
{
    enum ar_status status = run_in_transaction(links, count, run);

    if (ar_run_may_repeat(&links->s->link, status))
        status = run_in_transaction(links, count, run);
    if (changes != NULL)
        *changes = status == AR_OK ? links->changes : (struct ar_link_changes){0};
    return ar_session_done(links->s, status);
}

static enum ar_status do_nothing(struct ar_link_changes *changes)
{
    if (changes != NULL)
        *changes = (struct ar_link_changes){0};
    return AR_OK;
}

enum ar_status ar_relation_add(struct ar_session *s, const struct ar_relation *relation, const void *owner,
                               void *const *records, size_t count, struct ar_link_changes *changes)
{
    AR_USE(s, (do_nothing(changes), AR_MISUSE));
    struct links links = {.s = s, .relation = relation, .owner = owner, .records = records};

    return count > 0 ? call(&links, count, add, changes) : do_nothing(changes);
}

enum ar_status ar_relation_remove(struct ar_session *s, const struct ar_relation *relation, const void *owner,
                                  void *const *records, size_t count, enum ar_removal removal,
                                  struct ar_link_changes *changes)
{
    AR_USE(s, (do_nothing(changes), AR_MISUSE));
    struct links links = {.s = s, .relation = relation, .owner = owner, .records = records, .removal = removal};

    return count > 0 ? call(&links, count, remove_named, changes) : do_nothing(changes);
}

enum ar_status ar_relation_replace(struct ar_session *s, const struct ar_relation *relation, const void *owner,
                                   void *const *records, size_t count, enum ar_removal removal,
                                   struct ar_link_changes *changes)
{
    AR_USE(s, (do_nothing(changes), AR_MISUSE));
    struct links links = {.s = s, .relation = relation, .owner = owner, .records = records, .removal = removal};

    return call(&links, count, replace, changes);
}

enum ar_status ar_relation_build(struct ar_session *s, const struct ar_relation *relation, const void *owner,
                                 void *record)
{
    AR_USE(s, AR_MISUSE);
    struct ar_value values[AR_KEY_COLUMNS_MAX];
    enum ar_status status = read_owner(&s->store, relation, owner, values);

    memset(record, 0, relation->target->size);
    if (status == AR_OK)
        status = ar_foreign_key_set(ar_target_columns(relation), values, &s->store.field_reader, record);
    return ar_session_done(s, status);
}
