/* The undo log of a store. */
#include "store/undo.h"

#include "store/partial.h"

#include <string.h>

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

enum ar_status ar_undo_reserve(struct store *store)
{
    struct undo_log *log = &store->undo;
    struct undo_level *level;

    if (log->last_serial == AR_SERIAL_MAX)
        return ar_fail(&store->failure, AR_MISUSE, NULL, NULL,
                       "the session has run %u transactions, the maximum: call ar_session_clear", AR_SERIAL_MAX);
    if (log->unused != NULL)
        return AR_OK;
    level = ar_arena_allocate(&store->objects, sizeof *level);
    if (level == NULL)
        return ar_fail_no_memory(&store->failure);
    level->outer = NULL;
    log->unused = level;
    return AR_OK;
}

void ar_undo_open(struct store *store)
{
    struct undo_log *log = &store->undo;
    struct undo_level *level = log->unused;

    log->unused = level->outer;
    *level = (struct undo_level){
        .outer = log->innermost,
        .serial = ++log->last_serial,
        .undo_before = log->newest,
        .log_before = log->memory.next,
    };
    log->innermost = level;
    log->open_serial = log->last_serial;
}

static void undo_one(const struct undo *undo)
{
    struct record *record = undo->record;
    struct result *result = record->result;

    if (record->is_partial)
        ar_partial_open(undo->model, record);
    *record = undo->before;
    record->result = result;
    if (undo->data == NULL)
        return;
    /* Column by column: members that are not columns belong to the caller. */
    for (size_t i = 0; i < undo->model->column_count; i++)
        ar_field_copy(&undo->model->columns[i], undo->data, ar_record_data(record));
    if (undo->image != NULL)
        memcpy(ar_record_image(undo->model, record), undo->image, undo->model->size);
    if (record->is_partial) {
        ar_partial_begin(undo->model, record, undo->columns);
        ar_partial_close(undo->model, record);
    }
}

static void undo_level(struct undo_log *log, const struct undo_level *level)
{
    for (; log->newest != level->undo_before; log->newest = log->newest->older)
        undo_one(log->newest);
    /* For the outermost level, ar_undo_close empties the log. */
    if (level->outer != NULL)
        ar_arena_release(&log->memory, level->log_before);
}

uint32_t ar_undo_close(struct store *store, bool undo)
{
    struct undo_log *log = &store->undo;
    struct undo_level *level = log->innermost;

    if (undo)
        undo_level(log, level);
    log->innermost = level->outer;
    log->open_serial = log->innermost != NULL ? log->last_serial : 0;
    level->outer = log->unused;
    log->unused = level;
    if (log->innermost == NULL) {
        log->newest = NULL;
        ar_arena_reset(&log->memory, AR_KEPT_BY_CALL);
    }
    return level->serial;
}

void ar_undo_reset(struct undo_log *log)
{
    ar_arena_reset(&log->memory, AR_KEPT_BY_CALL);
    *log = (struct undo_log){.memory = log->memory};
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* Return false if the caller may write into no string of the model's records. */
static bool may_have_writable_texts(const struct store *store, const struct ar_model *model)
{
    const struct identity *latest = store->identities.latest;

    return latest == NULL || latest->layout.model != model ||
           (latest->layout.column_flags & AR_COLUMN_WRITABLE_TEXT) != 0;
}

/* Keep the values that the database has. A string into which the caller may write belongs to the record alone, so that
 * it is restored as a copy; without such strings, record and image are restored from the same values. */
static enum ar_status keep_values(struct store *store, struct undo *undo)
{
    const struct ar_model *model = undo->model;
    const void *image = ar_record_image(model, undo->record);
    bool is_same = image == NULL || !may_have_writable_texts(store, model);

    undo->data = ar_arena_allocate(&store->undo.memory, model->size * (is_same ? 1 : 2));
    if (undo->data == NULL)
        return ar_fail_no_memory(&store->failure);
    memcpy(undo->data, image != NULL ? image : ar_record_data(undo->record), model->size);
    if (image == NULL)
        return AR_OK;
    undo->image = undo->data;
    if (is_same)
        return AR_OK;
    undo->image = memcpy((char *)undo->data + model->size, image, model->size);
    return ar_record_own_writable_texts(model, &store->text, &store->failure, undo->data);
}

enum ar_status ar_undo_keep(struct store *store, const struct ar_model *model, struct record *record)
{
    struct undo_log *log = &store->undo;
    uint32_t serial = ar_undo_serial(store);
    struct undo *undo;
    enum ar_status status = AR_OK;

    /* A record that the transaction inserted becomes absent: its values are not needed. */
    if (serial == 0 || (record->transaction == serial && (record->is_logged || record->is_new)))
        return AR_OK;
    undo = ar_arena_allocate(&log->memory, sizeof *undo);
    if (undo == NULL)
        return ar_fail_no_memory(&store->failure);
    *undo = (struct undo){.older = log->newest, .model = model, .record = record, .before = *record};
    if (record->is_partial) {
        undo->columns = ar_partial_columns(model, record);
        ar_partial_open(model, record);
    }
    if (!record->is_absent)
        status = keep_values(store, undo);
    if (status != AR_OK)
        return status;
    record->transaction = serial & AR_SERIAL_MAX;
    record->is_logged = true;
    record->is_new = false;
    log->newest = undo;
    return AR_OK;
}
