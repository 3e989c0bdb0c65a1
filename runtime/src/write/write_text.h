/* The SQL of the statements that write single records: one text for each set of columns, because loops write the same
 * columns again and again. The texts are shared by all sessions of a database. */
#ifndef AR_WRITE_TEXT_H
#define AR_WRITE_TEXT_H

#include "driver/driver.h"
#include "write/write_plan.h"

enum write_kind {
    WRITE_INSERT,
    WRITE_INSERT_OR_UPDATE,
    WRITE_UPDATE,
    WRITE_MARK,    /* the update that deletes by a time */
    WRITE_RESTORE, /* the update of a row that is deleted by a time */
    WRITE_DELETE
};

/* Everything that the SQL depends on, besides the model. */
struct write_shape {
    enum write_kind kind;
    bool reports_key;        /* the database reports the key of an insert without RETURNING */
    bool has_version;        /* the row's version must equal the record's */
    const uint64_t *columns; /* the set of columns that are written (store/partial.h); NULL: none */
};

/* If the write certainly has the shape of the last one of its model, as inserts in a loop have, set the SQL of the
 * statement and return the shape. Otherwise return NULL. */
const struct write_shape *ar_write_text_again(const struct write *write, struct statement *out);

/* Set the SQL of the statement. */
enum ar_status ar_write_text(const struct write *write, const struct write_shape *shape, struct statement *out);

#endif
