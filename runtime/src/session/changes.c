/* The log of changed rows, and the hooks at the end of transactions. */
#include "session/changes.h"

#include "model/array.h"
#include "model/field.h"
#include "session/hook.h"
#include "session/session.h"

#include <stdlib.h>
#include <string.h>

bool ar_changes_concern(const struct ar_model *model)
{
    return ar_hooks_any(model, ar_hook_bit(AR_HOOK_AFTER_COMMIT) | ar_hook_bit(AR_HOOK_AFTER_ROLLBACK));
}

/* ---- The hash table ---------------------------------------------------------------------------------------------- */

static struct change **slot_of(const struct change_log *log, const struct change *change)
{
    return &log->slots[ar_hash_integer(change->key.hash ^ (uintptr_t)change->model) & (log->capacity - 1)];
}

static bool is_same_row(const struct change *a, const struct change *b)
{
    if (a->model != b->model || a->key.size != b->key.size)
        return false;
    return a->key.size == 0 ? a->key.integer == b->key.integer : memcmp(a->key.bytes, b->key.bytes, a->key.size) == 0;
}

/* Find the newest entry of the same row, from `from` on. */
static struct change *find_from(struct change *from, const struct change *change)
{
    while (from != NULL && !is_same_row(from, change))
        from = from->next;
    return from;
}

static void put_into_slot(const struct change_log *log, struct change *change)
{
    struct change **slot = slot_of(log, change);

    change->next = *slot;
    *slot = change;
}

static void take_from_slot(const struct change_log *log, const struct change *change)
{
    struct change **link = slot_of(log, change);

    while (*link != change)
        link = &(*link)->next;
    *link = change->next;
}

/* Put the entries into larger slots, the oldest first. */
static void fill_slots(struct change_log *log)
{
    struct change *oldest = NULL;

    for (struct change *each = log->newest; each != NULL; each = each->older) {
        each->next = oldest; /* a list in reverse, until the slots use the link */
        oldest = each;
    }
    while (oldest != NULL) {
        struct change *next = oldest->next;
        put_into_slot(log, oldest);
        oldest = next;
    }
}

/* Make sure that there are slots, and that chains stay short. Return false if out of memory. */
static bool reserve(struct change_log *log)
{
    size_t capacity = log->capacity > 0 ? log->capacity * 2 : 16;
    struct change **slots;

    if (log->count < log->capacity)
        return true;
    slots = calloc(capacity, sizeof *slots);
    if (slots == NULL)
        return false;
    free(log->slots);
    log->slots = slots;
    log->capacity = capacity;
    fill_slots(log);
    return true;
}

static void free_if_idle(struct ar_session *s)
{
    if (s->changes.newest == NULL && s->changes.prepared == 0 && s->link.transaction.depth == 0)
        ar_changes_forget(&s->changes);
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* The string or blob of a field. */
struct reference {
    const void *data;
    size_t size; /* with the terminator of a string */
};

static bool is_reference(const struct ar_column *column)
{
    return column->type == AR_TYPE_TEXT || column->type == AR_TYPE_BLOB || ar_type_is_array(column->type);
}

static struct reference reference_of(const struct ar_column *column, const void *record)
{
    struct ar_value value = ar_field_value(column, record);

    if (!is_reference(column) || (value.kind != AR_VALUE_TEXT && value.kind != AR_VALUE_BLOB))
        return (struct reference){.data = NULL};
    return (struct reference){value.bytes.data, value.bytes.size + (column->type == AR_TYPE_TEXT)};
}

static size_t size_of_references(const struct ar_model *model, const void *record)
{
    size_t size = 0;

    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        size += ar_type_is_array(column->type)
                    ? ar_array_size(column->type, (const char *)record + column->offset) + AR_ARRAY_ALIGNMENT
                    : reference_of(column, record).size;
    }
    return size;
}

/* Make the field point to `to`. A blob begins with its pointer. */
static void set_reference(const struct ar_column *column, const void *to, void *record)
{
    memcpy((char *)record + column->offset, &to, sizeof to);
}

/* Copy an array to an aligned address, and return the address after it. */
static char *copy_array(const struct ar_column *column, void *record, char *to)
{
    void *field = (char *)record + column->offset;
    size_t size = ar_array_size(column->type, field);

    to += -(uintptr_t)to & (AR_ARRAY_ALIGNMENT - 1);
    ar_array_move(column->type, to, field);
    return to + size;
}

static char *copy_references(const struct ar_model *model, void *record, char *to)
{
    for (size_t i = 0; i < model->column_count; i++) {
        struct reference from = reference_of(&model->columns[i], record);
        if (ar_type_is_array(model->columns[i].type))
            to = copy_array(&model->columns[i], record, to);
        if (from.size == 0)
            continue;
        memcpy(to, from.data, from.size);
        set_reference(&model->columns[i], to, record);
        to += from.size;
    }
    return to;
}

enum ar_status ar_changes_prepare(struct ar_session *s, const struct ar_model *model, const void *record,
                                  const struct key *key, struct change **out)
{
    size_t key_size = key != NULL ? key->size : 0;
    size_t size = sizeof **out + model->alignment + model->size + size_of_references(model, record) + key_size;
    struct change *change = reserve(&s->changes) ? malloc(size) : NULL;
    char *rest;

    *out = change;
    if (change == NULL)
        return ar_fail_no_memory(&s->store.failure);
    *change = (struct change){.model = model};
    rest = (char *)(change + 1);
    rest += -(uintptr_t)rest & (model->alignment - 1);
    change->data = memcpy(rest, record, model->size);
    rest = copy_references(model, change->data, rest + model->size);
    if (key != NULL)
        change->key = *key;
    if (key_size > 0)
        change->key.bytes = memcpy(rest, key->bytes, key_size);
    s->changes.prepared++;
    return AR_OK;
}

static void free_change(struct change *change)
{
    free(change->made_key);
    free(change);
}

void ar_changes_discard(struct ar_session *s, struct change *change)
{
    if (change == NULL)
        return;
    free_change(change);
    s->changes.prepared--;
    free_if_idle(s);
}

/* Take what the write has set: all fields but the strings that it has written, of which there are copies. */
static void take_written(struct change *change, const void *before, const void *after)
{
    for (size_t i = 0; i < change->model->column_count; i++) {
        const struct ar_column *column = &change->model->columns[i];
        if (!is_reference(column) || !ar_field_identical(column, before, after))
            ar_field_copy(column, after, change->data);
    }
}

/* Take the key that the database made, now that it is known. If there is no memory for its bytes, the entry is that of
 * an unknown row. */
static void take_made_key(struct ar_session *s, struct change *change)
{
    struct key key;

    if (change->key.size != 0 || change->key.hash != 0)
        return;
    change->key = ar_key_of_integer((int64_t)(intptr_t)change);
    switch (ar_key_of_record(ar_primary_key(change->model), change->data, &s->store.scratch, &key)) {
    case KEY_SET:
    case KEY_ZERO:
        break;
    case KEY_NULL:
    case KEY_NO_MEMORY:
        return;
    }
    if (key.size > 0) {
        change->made_key = malloc(key.size);
        if (change->made_key == NULL)
            return;
        key.bytes = memcpy(change->made_key, key.bytes, key.size);
    }
    change->key = key;
}

static enum ar_change what_happened(const struct change *change)
{
    return change->is_gone ? AR_DELETED : change->is_new ? AR_INSERTED : AR_UPDATED;
}

/* Call the hooks for an entry that is no longer in the log, and free it. */
static void end(struct ar_session *s, struct change *change, enum ar_hook_event event)
{
    ar_hooks_end(s, change->model, event, change->data, what_happened(change));
    free_change(change);
}

/* ---- The list ---------------------------------------------------------------------------------------------------- */

static void add_to_list(struct change_log *log, struct change *change)
{
    change->older = log->newest;
    change->newer = NULL;
    if (change->older != NULL)
        change->older->newer = change;
    log->newest = change;
    log->count++;
}

static void take_from_list(struct change_log *log, struct change *change)
{
    if (change->newer != NULL)
        change->newer->older = change->older;
    else
        log->newest = change->older;
    if (change->older != NULL)
        change->older->newer = change->newer;
    log->count--;
}

/* Put a later entry in the place of one of the same row, and free that one. */
static void replace(struct change_log *log, struct change *known, struct change *later)
{
    later->is_new = known->is_new;
    later->depth = known->depth;
    later->older = known->older;
    later->newer = known->newer;
    if (later->newer != NULL)
        later->newer->older = later;
    else
        log->newest = later;
    if (later->older != NULL)
        later->older->newer = later;
    take_from_slot(log, known);
    free_change(known);
}

void ar_changes_add(struct ar_session *s, struct change *change, const void *before, const void *after,
                    enum ar_change what)
{
    struct change_log *log = &s->changes;
    struct change *known;

    take_written(change, before, after);
    take_made_key(s, change);
    change->is_new = what == AR_INSERTED;
    change->is_gone = what == AR_DELETED;
    change->depth = s->link.transaction.depth;
    log->prepared--;
    if (change->depth == 0) {
        end(s, change, AR_HOOK_AFTER_COMMIT);
        free_if_idle(s);
        return;
    }
    known = find_from(*slot_of(log, change), change);
    put_into_slot(log, change);
    if (known != NULL && known->depth == change->depth)
        replace(log, known, change);
    else
        add_to_list(log, change);
}

/* ---- The end of a transaction ------------------------------------------------------------------------------------ */

/* Take the entries that are deeper than `depth` out of the log, and call their hooks, the oldest first. Hooks may add
 * other entries. */
static void end_deeper(struct ar_session *s, unsigned depth, enum ar_hook_event event)
{
    struct change_log *log = &s->changes;
    struct change *first = NULL;

    for (struct change *each = log->newest; each != NULL && each->depth > depth; each = each->older) {
        take_from_slot(log, each);
        log->count--;
        first = each;
    }
    if (first == NULL)
        return;
    log->newest = first->older;
    if (log->newest != NULL)
        log->newest->newer = NULL;
    for (struct change *change = first, *next; change != NULL; change = next) {
        next = change->newer;
        end(s, change, event);
    }
}

/* Move the entries of an inner level to the outer one. */
static void move_outwards(struct change_log *log, unsigned depth)
{
    for (struct change *change = log->newest, *older; change != NULL && change->depth > depth; change = older) {
        struct change *known = find_from(change->next, change);
        older = change->older;
        change->depth = depth;
        if (known == NULL || known->depth != depth)
            continue;
        take_from_list(log, change); /* it replaces the older one, which is counted */
        replace(log, known, change);
        if (older == known) /* which is freed: all entries of the inner level are done */
            break;
    }
}

void ar_changes_committed(struct ar_session *s)
{
    unsigned depth = s->link.transaction.depth;

    if (depth > 0)
        move_outwards(&s->changes, depth);
    else
        end_deeper(s, 0, AR_HOOK_AFTER_COMMIT);
    free_if_idle(s);
}

void ar_changes_rolled_back(struct ar_session *s)
{
    end_deeper(s, s->link.transaction.depth, AR_HOOK_AFTER_ROLLBACK);
    free_if_idle(s);
}

void ar_changes_drop(struct ar_session *s)
{
    struct change_log *log = &s->changes;

    for (struct change *each = log->newest, *older; each != NULL; each = older) {
        older = each->older;
        take_from_slot(log, each);
        take_from_list(log, each);
        free_change(each);
    }
    free_if_idle(s);
}

void ar_changes_forget(struct change_log *log)
{
    for (struct change *each = log->newest, *older; each != NULL; each = older) {
        older = each->older;
        free_change(each);
    }
    free(log->slots);
    *log = (struct change_log){.newest = NULL};
}
