/** @file
 * Traces: the statements of a database, recorded in a SQLite file, for `armature report` and for queries by hand.
 *
 * @code
 * enum ar_status status = ar_trace_open(db, "trace.db");
 * …
 * if (status == AR_OK)
 *     status = ar_trace_close(db);
 * if (status != AR_OK)
 *     fprintf(stderr, "no trace: %s\n", ar_db_error(db)->message);
 * @endcode
 *
 * Each statement is recorded with its SQL, reason, model, relation, session, time, duration, rows and status;
 * docs/report.md has the tables of the file. The SQL has placeholders instead of values, so that a trace contains no
 * values, except those that the program itself writes into SQL. Statements that are not reported to an observer
 * (ar_db_observe) are not recorded either.
 *
 * Of relations that were loaded before they were needed, by `_with_<relation>` or `load_<relation>`, a trace also
 * records if the program has read them: any access to the relation, or to an aggregate of it, in the same session
 * counts.
 *
 * Recording costs about 1.5 microseconds per statement. Statements are collected in memory; the thread that adds the
 * 1,024th, or the first one after a second, writes them to the file. A program that ends without ar_trace_close or
 * ar_db_close loses those that are not written yet. */
#ifndef ARMATURE_TRACE_H
#define ARMATURE_TRACE_H

#include <armature/db.h>
#include <armature/status.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

/** Start to record the statements of a database in a file.
 *
 * It may be called at any time, also while other threads use sessions. Statements that are running are not recorded.
 * The observer of the database is called as before.
 *
 * The trace keeps the file locked. An existing file is replaced if it is a trace or empty.
 *
 * @param db    from ar_db_open; it may record one trace at a time
 * @param path  the file, which is created
 * @retval AR_UNAVAILABLE  the file cannot be created or written
 * @retval AR_BUSY         another program uses the file
 * @retval AR_MISUSE       the database is being recorded already, was opened before fork(), or the file exists and is
 *                         not a trace
 * @retval AR_NO_MEMORY    out of memory
 * @return  on failure, the message is in ar_db_error */
AR_MUST_CHECK enum ar_status ar_trace_open(struct ar_db *db, const char *path);

/** Write the rest of the trace and close its file. ar_db_close does the same, but does not return a status.
 *
 * Statements never fail because of a trace: if its file cannot be written, for example because the disk is full, the
 * trace stops, and this function returns why. The file then contains what was written before.
 *
 * It may be called at any time, also while other threads use sessions.
 *
 * @param db  whose trace is closed; if it has none, nothing happens
 * @retval AR_DATABASE   the file could not be written
 * @retval AR_NO_MEMORY  the trace stopped, out of memory
 * @retval AR_MISUSE     the database was opened before fork(): the trace belongs to the parent process
 * @return  on failure, the message is in ar_db_error */
AR_MUST_CHECK enum ar_status ar_trace_close(struct ar_db *db);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
