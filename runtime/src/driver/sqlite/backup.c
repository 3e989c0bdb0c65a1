/* Copying a database file with SQLite's backup interface (https://sqlite.org/backup.html). */
#include "driver/sqlite/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum ar_status fail(struct failure *failure, int code, const char *path, const char *reason)
{
    enum ar_status status = code == SQLITE_BUSY || code == SQLITE_LOCKED ? AR_BUSY : AR_DATABASE;

    if (code == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
        return ar_fail_no_memory(failure);
    (void)ar_fail(failure, status, NULL, NULL, "the backup %s cannot be written: %s", path, reason);
    failure->error.code = code;
    return status;
}

static enum ar_status fail_existing(struct failure *failure, const char *path)
{
    return ar_fail(failure, AR_CONFLICT, NULL, NULL, "the backup %s exists already: move it, or choose another file",
                   path);
}

/* Record the error of a system call. */
static enum ar_status fail_errno(struct failure *failure, const char *path)
{
    int number = errno;
    char reason[128];

    if (number == EEXIST)
        return fail_existing(failure, path);
    if (number == ENOMEM)
        return ar_fail_no_memory(failure);
    if (strerror_r(number, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "error %d", number);
    return fail(failure, SQLITE_IOERR, path, reason);
}

/* Copy all pages in one step, which reads one state of the database. SQLite syncs the file when it commits them. */
static int copy_pages(sqlite3 *source, sqlite3 *target)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    int code;

    if (backup == NULL)
        return sqlite3_extended_errcode(target);
    code = sqlite3_backup_step(backup, -1);
    if (code == SQLITE_DONE)
        return sqlite3_backup_finish(backup);
    (void)sqlite3_backup_finish(backup);
    return code;
}

static enum ar_status copy_to(sqlite3 *source, const char *partial, const char *path, struct failure *failure)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    sqlite3 *target = NULL;
    enum ar_status status = AR_OK;
    int code = sqlite3_open_v2(partial, &target, flags, NULL);

    if (target == NULL)
        return ar_fail_no_memory(failure);
    (void)sqlite3_extended_result_codes(target, 1);
    if (code == SQLITE_OK)
        code = sqlite3_exec(target, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = copy_pages(source, target);
    if (code != SQLITE_OK)
        status = fail(failure, code, path, sqlite3_errstr(code));
    (void)sqlite3_close(target);
    return status;
}

/* Flush the folder, so that the name of the file is on the disk. On failure, errno has the reason. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash != NULL ? sqlite3_mprintf("%.*s/", (int)(slash - path), path) : sqlite3_mprintf(".");
    int file = folder != NULL ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
    /* Some file systems cannot flush a folder: EINVAL. */
    bool done = file >= 0 && (fsync(file) == 0 || errno == EINVAL);
    int reason = folder != NULL ? errno : ENOMEM;

    if (file >= 0)
        (void)close(file);
    sqlite3_free(folder);
    errno = reason;
    return done;
}

/* Name the complete file. A link fails if the name is taken; file systems without links need a test. */
static bool publish(const char *partial, const char *path)
{
    if (link(partial, path) == 0)
        return unlink(partial) == 0;
    if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
        return false;
    if (access(path, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(partial, path) == 0;
}

static void remove_partial(const char *partial)
{
    char *journal = sqlite3_mprintf("%s-journal", partial);

    (void)unlink(partial);
    if (journal != NULL)
        (void)unlink(journal);
    sqlite3_free(journal);
}

static enum ar_status make_backup(sqlite3 *source, const char *partial, const char *path, struct failure *failure)
{
    enum ar_status status;

    remove_partial(partial);
    status = copy_to(source, partial, path, failure);
    if (status == AR_OK && (!publish(partial, path) || !sync_folder(path)))
        status = fail_errno(failure, path);
    if (status != AR_OK)
        remove_partial(partial);
    return status;
}

enum ar_status ar_sqlite_backup(sqlite3 *source, const char *path, struct failure *failure)
{
    char *partial;
    enum ar_status status;

    if (access(path, F_OK) == 0)
        return fail_existing(failure, path);
    partial = sqlite3_mprintf("%s.partial", path);
    if (partial == NULL)
        return ar_fail_no_memory(failure);
    status = make_backup(source, partial, path, failure);
    sqlite3_free(partial);
    return status;
}
