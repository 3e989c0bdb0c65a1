/* One write of one record: the statement, and what the session knows afterwards.
 *
 * Everything that can fail is done before the statement; what is left to remember afterwards may be forgotten instead,
 * so that a write that happened is never reported as one that did not. */
#ifndef AR_WRITE_H
#define AR_WRITE_H

#include "identity.h"

struct write {
    struct ar_session *s;
    const struct ar_model *model;
    void *record; /* the caller's */
    struct identity *identity;
    struct key key;
    bool has_key;
    bool or_update;       /* an insert that updates a row which exists already */
    struct record *known; /* the session's record of this key, if it is present */
    void *copy;           /* the record with timestamps and the like: it becomes the record once it is written */
};

/* Finds out what is known about the record. */
enum ar_status ar_write_start(struct ar_session *s, const struct ar_model *model, void *record, struct write *out);

/* AR_INVALID where the record has no key. */
enum ar_status ar_write_check_key(const struct write *write);

/* With `or_update`, a row that exists already is updated. */
enum ar_status ar_write_insert(struct write *write, bool or_update);
enum ar_status ar_write_update(struct write *write);
enum ar_status ar_write_delete(struct write *write);

/* Remembers that the row holds what `data` does. */
void ar_write_remember(struct write *write, void *data);

/* AR_NOT_FOUND, naming table and key. `key` has model->key_count values. */
enum ar_status ar_write_not_found(struct ar_session *s, const struct ar_model *model, const struct ar_value *key);

#endif
