/* The start of a write: the copy of the record, and what the session knows of its row. */
#include "write/write.h"

#include "model/field.h"
#include "session/session.h"
#include "store/identity.h"
#include "write/remember.h"
#include "write/shard.h"

#include <string.h>

/* Copy a record without a shard key, and fill it in, unless the database generates it. */
static enum ar_status copy_record(struct write *write)
{
    const struct ar_column *shard_key = write->model->shard_key;

    memcpy(write->copy, write->record, write->model->size);
    return shard_key == NULL || (shard_key->flags & AR_COLUMN_GENERATED) != 0
               ? AR_OK
               : ar_write_fill_shard(write->store, write->model, write->copy);
}

enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out)
{
    enum ar_status status;
    bool is_filled;

    *out = (struct write){
        .s = s,
        .store = &s->store,
        .link = &s->link,
        .model = model,
        .record = record,
        .identity = ar_identity(&s->store, model),
    };
    out->copy = ar_arena_allocate(&s->store.scratch, model->size);
    if (out->identity == NULL || out->copy == NULL)
        return ar_fail_no_memory(&s->store.failure);
    is_filled = out->identity->has_scope && ar_field_is_unset(model->shard_key, record);
    status = is_filled ? copy_record(out) : AR_OK;
    if (status != AR_OK)
        return status;
    status = ar_write_read_key(out, is_filled ? out->copy : record);
    if (status != AR_OK)
        return status;
    if (ar_write_is_partial(out)) {
        out->assigned = ar_partial_assigned(model, out->known);
        ar_partial_open(model, out->known);
    }
    if (!is_filled) /* of a partial record, only now */
        memcpy(out->copy, record, model->size);
    return model->shard_key != NULL ? ar_write_check_shard_key(&s->store, model, record) : AR_OK;
}
