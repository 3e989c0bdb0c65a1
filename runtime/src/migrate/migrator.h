/* The state of one call of ar_migrate or ar_migration_status.
 *
 * The database records each migration in a row of armature_migrations: its number, name and checksum, how many of its
 * steps are done, if the next step is running outside of a transaction, and when it was completed. The position, the
 * first migration and step that remain, is read from there before each transaction and again in it, because another
 * program may have got further meanwhile. */
#ifndef AR_MIGRATOR_H
#define AR_MIGRATOR_H

#include "migrate/script.h"
#include "session/session.h"

#include <armature/migrate.h>

/* Where a database is in the list of migrations. */
struct migration_position {
    size_t index;      /* of the first migration that is not complete; the count of the list if all are */
    unsigned step;     /* its steps that are done */
    bool is_running;   /* its next step runs outside of a transaction, or did so when the program ended */
    bool is_recorded;  /* the database has recorded at least one migration */
    bool has_baseline; /* the migration of the option is complete */
};

struct migrator {
    struct ar_session *s; /* of this call only: its connection holds the lock */
    struct failure *failure;
    const struct driver *driver;
    enum script_language language;
    const struct ar_migrations *migrations;
    struct ar_migrate_options options; /* with defaults */
    uint64_t deadline;                 /* until then it waits for other programs; in microseconds */
    uint64_t pause;                    /* the latest one, in microseconds: each is longer than the one before */
    struct migration_position at;
};

/* Open a migrator with its session. It is to be closed even after a failure. */
enum ar_status ar_migrator_open(struct migrator *m, struct ar_db *db, const struct ar_migrations *migrations,
                                const struct ar_migrate_options *options);

/* Close it, and make its failure that of the database if the status is one. Return the status. */
enum ar_status ar_migrator_close(struct migrator *m, struct ar_db *db, enum ar_status status);

/* Return the migration that is next. */
static inline const struct ar_migration *ar_migrator_next(const struct migrator *m)
{
    return &m->migrations->items[m->at.index];
}

/* Return its script for this database; NULL: there is none. */
static inline const char *ar_migrator_script(const struct migrator *m, const struct ar_migration *migration)
{
    return ar_link_sql(&m->s->link, &migration->sql);
}

/* Return true if all migrations are complete. */
static inline bool ar_migrator_is_done(const struct migrator *m)
{
    return m->at.index == m->migrations->count;
}

/* Return true if AR_BUSY may be tried again, after a pause. */
bool ar_migrator_may_wait(struct migrator *m, enum ar_status status);

#endif
