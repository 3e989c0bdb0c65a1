/* Opening and closing the trace of a database. */
#include "link/db.h"
#include "trace/trace.h"

#include <armature/trace.h>

static enum ar_status fail_inherited(struct ar_db *db)
{
    return ar_fail(&db->failure, AR_MISUSE, NULL, NULL,
                   "the database was opened before fork(): its trace belongs to the parent process");
}

/* Return the trace of the database, which is made when first needed. */
static struct trace *trace_of(struct ar_db *db)
{
    struct trace *trace = atomic_load(&db->trace), *expected = NULL;

    if (trace != NULL)
        return trace;
    trace = ar_trace_make();
    if (trace == NULL || atomic_compare_exchange_strong(&db->trace, &expected, trace))
        return trace;
    ar_trace_free(trace);
    return expected;
}

enum ar_status ar_trace_open(struct ar_db *db, const char *path)
{
    struct trace *trace;

    if (ar_db_is_inherited(db))
        return fail_inherited(db);
    trace = trace_of(db);
    return trace != NULL ? ar_trace_start(trace, path, db->driver->name, &db->failure)
                         : ar_fail_no_memory(&db->failure);
}

enum ar_status ar_trace_close(struct ar_db *db)
{
    struct trace *trace = atomic_load(&db->trace);

    if (trace == NULL)
        return AR_OK;
    return ar_db_is_inherited(db) ? fail_inherited(db) : ar_trace_stop(trace, &db->failure);
}
