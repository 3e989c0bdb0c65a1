/* Measure one SQLite file per tenant: the time of a request that reads one row of a random tenant, and the memory and
 * descriptors of an open database. By hand, each request opens and closes its file, or a connection per file stays
 * open.
 *
 *   measure [FILES [REQUESTS]]      1,000 and 10,000 by default
 */
#include "notes.ar.h"

#include <armature/databases.h>

#include <dirent.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "armature-tenants-XXXXXX";
static unsigned files = 1000, requests = 10000;

static void fail(const char *what)
{
    fprintf(stderr, "measure: %s\n", what);
    exit(2);
}

static void check_db(enum ar_status status, const struct ar_db *db)
{
    if (status != AR_OK)
        fail(ar_db_error(db)->message);
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static unsigned next_tenant(unsigned *random)
{
    *random = *random * 1664525U + 1013904223U;
    return (*random >> 8) % files;
}

static size_t count_descriptors(void)
{
    size_t count = 0;
    DIR *list = opendir("/proc/self/fd");
    while (list != NULL && readdir(list) != NULL)
        count++;
    if (list != NULL)
        closedir(list);
    return count;
}

static size_t memory(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* ---- By hand ----------------------------------------------------------------------------------------------------- */

static sqlite3 *open_by_hand(unsigned tenant)
{
    sqlite3 *database;
    char path[64];
    snprintf(path, sizeof path, "%s/%u.db", folder, tenant);
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(database, "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL", NULL, NULL, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(database));
    (void)sqlite3_busy_timeout(database, 5000);
    return database;
}

static void read_by_hand(sqlite3 *database)
{
    sqlite3_stmt *handle;
    if (sqlite3_prepare_v2(database, "SELECT id, text FROM notes WHERE id = ?", -1, &handle, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(database));
    sqlite3_bind_int64(handle, 1, 1);
    if (sqlite3_step(handle) != SQLITE_ROW || sqlite3_column_int64(handle, 0) != 1)
        fail(sqlite3_errmsg(database));
    sqlite3_finalize(handle);
}

static void run_by_hand(void)
{
    unsigned random = 1;
    for (unsigned i = 0; i < requests; i++) {
        sqlite3 *database = open_by_hand(next_tenant(&random));
        read_by_hand(database);
        sqlite3_close(database);
    }
}

static sqlite3 **kept;

static void run_kept_by_hand(void)
{
    unsigned random = 1;
    for (unsigned i = 0; i < requests; i++) {
        sqlite3 **database = &kept[next_tenant(&random)];
        if (*database == NULL)
            *database = open_by_hand((unsigned)(database - kept));
        read_by_hand(*database);
    }
}

/* ---- Armature ---------------------------------------------------------------------------------------------------- */

static void read_note(struct ar_db *db)
{
    struct ar_session *s;
    struct note *note;
    check_db(ar_session_open(db, NULL, &s), db);
    if (note_find(s, 1, &note) != AR_OK || note->id != 1)
        fail(ar_session_error(s)->message);
    ar_session_close(s);
}

static void run_opened(void)
{
    unsigned random = 1;
    for (unsigned i = 0; i < requests; i++) {
        struct ar_db *db;
        char url[64];
        snprintf(url, sizeof url, "sqlite:%s/%u.db", folder, next_tenant(&random));
        check_db(ar_db_open(url, NULL, &db), db);
        read_note(db);
        ar_db_close(db);
    }
}

static struct ar_databases *databases;

static void run_taken(void)
{
    unsigned random = 1;
    for (unsigned i = 0; i < requests; i++) {
        struct ar_db *db;
        char name[24];
        snprintf(name, sizeof name, "%u", next_tenant(&random));
        check_db(ar_databases_take(databases, name, &db), db);
        read_note(db);
        ar_databases_give_back(databases, db);
    }
}

static void open_databases(unsigned open_max)
{
    char pattern[64];
    const struct ar_databases_options options = {.open_max = open_max};
    snprintf(pattern, sizeof pattern, "sqlite:%s/{name}.db", folder);
    if (ar_databases_open(pattern, &options, &databases) != AR_OK)
        fail(ar_databases_error(databases)->message);
}

/* ---- The program ------------------------------------------------------------------------------------------------- */

static void create_files(void)
{
    for (unsigned i = 0; i < files; i++) {
        sqlite3 *database = open_by_hand(i);
        if (sqlite3_exec(database,
                         "PRAGMA synchronous = OFF; CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);"
                         "INSERT INTO notes VALUES (1, 'one')",
                         NULL, NULL, NULL) != SQLITE_OK)
            fail(sqlite3_errmsg(database));
        sqlite3_close(database);
    }
}

/* Print the time of a request, and what is kept open after all of them. `warm` runs before the measurement. */
static void measure(const char *name, void (*warm)(void), void (*run)(void))
{
    size_t memory_before = memory(), descriptors = count_descriptors();
    if (warm != NULL)
        warm();
    double start = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    run();
    printf("| %s | %.1f µs | %.1f µs | %.0f KB | %.1f |\n", name, (seconds(CLOCK_MONOTONIC) - start) * 1e6 / requests,
           (seconds(CLOCK_PROCESS_CPUTIME_ID) - used) * 1e6 / requests,
           (double)(memory() - memory_before) / 1024.0 / files, (double)(count_descriptors() - descriptors) / files);
}

static void measure_databases(const char *name, unsigned open_max)
{
    open_databases(open_max);
    measure(name, run_taken, run_taken);
    ar_databases_close(databases);
}

int main(int argc, char **argv)
{
    struct rlimit limit;
    char command[64];
    if (argc > 1)
        files = (unsigned)strtoul(argv[1], NULL, 10);
    if (argc > 2)
        requests = (unsigned)strtoul(argv[2], NULL, 10);
    if (files == 0 || requests == 0 || mkdtemp(folder) == NULL)
        fail("usage: measure [FILES [REQUESTS]]");
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    create_files();
    kept = calloc(files, sizeof *kept);
    printf("%u files, %u requests that read a row of a random one\n\n", files, requests);
    printf("| | a request | of the processor | memory per file | descriptors per file |\n|---|---|---|---|---|\n");
    measure("by hand: open, read, close", NULL, run_by_hand);
    measure("ar_db_open, find, ar_db_close", NULL, run_opened);
    measure("by hand: all kept open", run_kept_by_hand, run_kept_by_hand);
    for (unsigned i = 0; i < files; i++)
        sqlite3_close(kept[i]);
    free(kept);
    measure_databases("ar_databases, all open", files);
    measure_databases("ar_databases, a tenth open", files / 10 > 0 ? files / 10 : 1);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : 2;
}
