/* A pool of databases: one SQLite file per tenant in a temporary folder. */
#include "notes.ar.h"
#include "support.h"

#include <armature/databases.h>

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct given {
    char folder[64];
    char pattern[128];
    struct ar_databases *databases;
    atomic_uint opened; /* number of calls of on_open */
};

/* ---- Opening and closing ----------------------------------------------------------------------------------------- */

static enum ar_status create_tables(struct ar_db *db, const char *name, void *payload)
{
    struct given *given = payload;
    struct ar_session *s;
    enum ar_status status = ar_session_open(db, NULL, &s);
    (void)name;
    atomic_fetch_add(&given->opened, 1);
    if (status == AR_OK)
        status = ar_create_table_list(s, notes_models, notes_model_count);
    ar_session_close(s);
    return status;
}

static int make_folder(void **state)
{
    struct given *given = calloc(1, sizeof *given);
    assert_non_null(given);
    *state = given;
    snprintf(given->folder, sizeof given->folder, "armature-tenants-XXXXXX");
    assert_non_null(mkdtemp(given->folder));
    snprintf(given->pattern, sizeof given->pattern, "sqlite:%s/{name}.db", given->folder);
    return 0;
}

static int remove_folder(void **state)
{
    struct given *given = *state;
    char command[128];
    ar_databases_close(given->databases);
    snprintf(command, sizeof command, "rm -rf %s", given->folder);
    assert_int_equal(system(command), 0);
    free(given);
    return 0;
}

static void open_databases(struct given *given, struct ar_databases_options options)
{
    options.create = true;
    options.on_open = create_tables;
    options.payload = given;
    assert_int_equal(ar_databases_open(given->pattern, &options, &given->databases), AR_OK);
}

static struct ar_db *take(struct given *given, const char *name)
{
    struct ar_db *db;
    enum ar_status status = ar_databases_take(given->databases, name, &db);
    if (status != AR_OK)
        print_error("%s: %s\n", ar_status_name(status), ar_db_error(db)->message);
    assert_int_equal(status, AR_OK);
    return db;
}

static void give_back(struct given *given, struct ar_db *db)
{
    ar_databases_give_back(given->databases, db);
}

static void assert_refused(struct given *given, const char *name, enum ar_status expected, const char *text)
{
    struct ar_db *db;
    enum ar_status status = ar_databases_take(given->databases, name, &db);
    if (strstr(ar_db_error(db)->message, text) == NULL)
        print_error("%s\n", ar_db_error(db)->message);
    assert_int_equal(status, expected);
    assert_int_equal(ar_db_error(db)->status, expected);
    assert_non_null(strstr(ar_db_error(db)->message, text));
    give_back(given, db);
}

static enum ar_status add_note(struct ar_db *db, const char *text)
{
    struct ar_session *s;
    struct note note = {.text = text};
    enum ar_status status = ar_session_open(db, NULL, &s);
    if (status == AR_OK)
        status = note_insert(s, &note);
    ar_session_close(s);
    return status;
}

static int64_t count_notes(struct ar_db *db)
{
    struct ar_session *s;
    int64_t count;
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, note_count(note_query(s), &count));
    ar_session_close(s);
    return count;
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void test_s655_one_file_each(void **state)
{
    struct given *given = *state;
    open_databases(given, (struct ar_databases_options){0});
    struct ar_db *acme = take(given, "acme"), *again = take(given, "acme"), *other = take(given, "Other-1.b_2");
    assert_ptr_equal(acme, again);
    assert_ptr_not_equal(acme, other);
    assert_int_equal(add_note(acme, "one"), AR_OK);
    assert_int_equal(count_notes(again), 1);
    assert_int_equal(count_notes(other), 0);
    assert_int_equal(given->opened, 2);
    assert_int_equal(ar_databases_count(given->databases), 2);
    give_back(given, acme);
    give_back(given, again);
    give_back(given, other);
    give_back(given, NULL);
    acme = take(given, "acme"); /* still open */
    assert_int_equal(given->opened, 2);
    assert_int_equal(count_notes(acme), 1);
    give_back(given, acme);

    char path[128];
    snprintf(path, sizeof path, "%s/Other-1.b_2.db", given->folder);
    assert_int_equal(access(path, R_OK), 0);
}

static void test_s655_oldest_is_closed(void **state)
{
    struct given *given = *state;
    open_databases(given, (struct ar_databases_options){.open_max = 2});
    struct ar_db *a = take(given, "a"), *b = take(given, "b");
    assert_int_equal(add_note(a, "kept"), AR_OK);
    give_back(given, a);
    give_back(given, b);
    give_back(given, take(given, "a"));
    give_back(given, take(given, "c")); /* closes b */
    assert_int_equal(ar_databases_count(given->databases), 2);
    assert_int_equal(given->opened, 3);
    a = take(given, "a");
    assert_int_equal(given->opened, 3);
    give_back(given, take(given, "b")); /* closes c, because a is in use */
    assert_int_equal(given->opened, 4);
    assert_int_equal(count_notes(a), 1);
    give_back(given, a);
}

static void test_s656_names(void **state)
{
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"", "is empty"},
        {NULL, "is empty"},
        {".", "begins with a point"},
        {"..", "begins with a point"},
        {".hidden", "begins with a point"},
        {"../other", "begins with a point"},
        {"a/b", "has other characters"},
        {"/etc/passwd", "has other characters"},
        {"a\\b", "has other characters"},
        {"a?mode=memory", "has other characters"},
        {"a%2fb", "has other characters"},
        {"a#b", "has other characters"},
        {"a b", "has other characters"},
        {"a\nb", "has other characters"},
        {"caf\xc3\xa9", "has other characters"},
        {"acme.db-wal", "ends in -wal"},
        {"acme.db-shm", "ends in -shm"},
        {"-journal", "ends in -journal"},
    };
    struct given *given = *state;
    char longest[AR_DATABASE_NAME_MAX + 2];
    open_databases(given, (struct ar_databases_options){0});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(given, cases[i].name, AR_INVALID, cases[i].text);
    memset(longest, 'x', sizeof longest);
    longest[AR_DATABASE_NAME_MAX + 1] = '\0';
    assert_refused(given, longest, AR_INVALID, "more than 100 characters");
    longest[AR_DATABASE_NAME_MAX] = '\0';
    give_back(given, take(given, longest));
    give_back(given, take(given, "a..b")); /* within a name, points are harmless */
    assert_int_equal(ar_databases_count(given->databases), 2);
}

static void test_s657_all_in_use(void **state)
{
    struct given *given = *state;
    open_databases(given, (struct ar_databases_options){.open_max = 2, .wait_ms = 20});
    struct ar_db *a = take(given, "a"), *b = take(given, "b");
    assert_refused(given, "c", AR_BUSY, "all 2 databases were in use for 20 ms");
    give_back(given, take(given, "a"));
    assert_refused(given, "c", AR_BUSY, "all 2 databases");
    give_back(given, a);
    give_back(given, take(given, "c"));
    give_back(given, b);
    assert_int_equal(ar_databases_count(given->databases), 2);
}

/* Twice as many connections as databases do not overflow. */
static void test_s657_any_number(void **state)
{
    struct given *given = *state;
    open_databases(given, (struct ar_databases_options){.open_max = UINT32_MAX, .statement_memory = 1 << 20});
    struct ar_db *a = take(given, "a");
    assert_int_equal(add_note(a, "note"), AR_OK);
    give_back(given, a);
    assert_int_equal(ar_databases_count(given->databases), 1);
}

/* An idle connection of another database is closed for a new one, one in use is not. */
static void test_s657_connections(void **state)
{
    struct given *given = *state;
    open_databases(given, (struct ar_databases_options){.connections_max = 2, .db.pool_wait_ms = 20});
    struct ar_session *s, *t;
    struct ar_db *a = take(given, "a"), *b = take(given, "b");
    assert_int_equal(ar_session_open(a, NULL, &s), AR_OK);
    assert_int_equal(ar_session_open(b, NULL, &t), AR_OK);
    ok(s, ar_begin(s));
    ok(t, ar_begin(t));
    assert_refused(given, "c", AR_BUSY, "all 2 connections of the databases were in use for 20 ms");
    struct ar_session *second;
    int64_t count;
    assert_int_equal(ar_session_open(a, NULL, &second), AR_OK);
    fails(second, AR_BUSY, note_count(note_query(second), &count));
    ok(t, ar_rollback(t));
    ar_session_clear(t); /* b's connection is idle */
    ok(second, note_count(note_query(second), &count));
    ar_session_close(second);
    give_back(given, take(given, "c")); /* takes the place of the second connection to a */
    ok(s, ar_rollback(s));
    ok(t, note_count(note_query(t), &count));
    ar_session_close(s);
    ar_session_close(t);
    give_back(given, a);
    give_back(given, b);
    assert_int_equal(count, 0);
}

static enum ar_status refuse(struct ar_db *db, const char *name, void *payload)
{
    (void)db, (void)name;
    return *(const bool *)payload ? AR_CONFLICT : AR_OK;
}

static bool locate(const char *name, char *url, size_t size, void *payload)
{
    (void)payload;
    return strcmp(name, "unknown") != 0 && snprintf(url, size, "sqlite::memory:") > 0;
}

static void test_s658_failures(void **state)
{
    struct given *given = *state;
    struct ar_databases_options options = {.create = false};
    char path[128];
    assert_int_equal(ar_databases_open(given->pattern, &options, &given->databases), AR_OK);
    assert_refused(given, "missing", AR_NOT_FOUND, "missing.db: the file does not exist");
    snprintf(path, sizeof path, "%s/folder.db", given->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused(given, "folder", AR_UNAVAILABLE, "cannot open");
    snprintf(path, sizeof path, "%s/text.db", given->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 100; i++)
        fputs("this is not a database\n", file);
    assert_int_equal(fclose(file), 0);
    assert_refused(given, "text", AR_UNAVAILABLE, "file is not a database");
    assert_int_equal(ar_databases_count(given->databases), 0);
    ar_databases_close(given->databases);

    options.create = true; /* in a folder that does not exist */
    snprintf(path, sizeof path, "sqlite:%s/none/{name}.db", given->folder);
    assert_int_equal(ar_databases_open(path, &options, &given->databases), AR_OK);
    assert_refused(given, "acme", AR_UNAVAILABLE, "cannot open");
}

static void test_s658_patterns(void **state)
{
    struct given *given = *state;
    const struct ar_databases_options options = {.locate = locate, .create = true};
    struct ar_databases **databases = &given->databases;
    char pattern[4200];
    assert_int_equal(ar_databases_open("sqlite:tenants.db", NULL, databases), AR_MISUSE);
    assert_non_null(strstr(ar_databases_error(*databases)->message, "has no {name}"));
    ar_databases_close(*databases);
    assert_int_equal(ar_databases_open(NULL, NULL, databases), AR_MISUSE);
    assert_non_null(strstr(ar_databases_error(*databases)->message, "none is given"));
    ar_databases_close(*databases);
    assert_int_equal(ar_databases_open("sqlite:{name}", &options, databases), AR_MISUSE);
    assert_non_null(strstr(ar_databases_error(*databases)->message, "both are given"));
    ar_databases_close(*databases);
    assert_int_equal(ar_databases_open("mysql:{name}", NULL, databases), AR_OK);
    assert_refused(given, "acme", AR_MISUSE, "is not a database URL");
    ar_databases_close(*databases);
    memset(pattern, 'x', sizeof pattern);
    memcpy(pattern, "sqlite:{name}", strlen("sqlite:{name}"));
    pattern[sizeof pattern - 1] = '\0';
    assert_int_equal(ar_databases_open(pattern, NULL, databases), AR_OK);
    assert_refused(given, "acme", AR_MISUSE, "the URL of the database acme is too long");
    ar_databases_close(*databases);
    assert_int_equal(ar_databases_open(NULL, &options, databases), AR_OK);
    assert_refused(given, "unknown", AR_NOT_FOUND, "there is no database unknown");
    assert_refused(given, "un/known", AR_INVALID, "has other characters");
    give_back(given, take(given, "known"));
    assert_int_equal(ar_databases_error(NULL)->status, AR_NO_MEMORY);
    ar_databases_close(NULL);
}

static enum ar_status record_nowhere(struct ar_db *db, const char *name, void *payload)
{
    (void)name, (void)payload;
    return ar_trace_open(db, "missing/folder/trace");
}

/* A failure that on_open has left in the database is the one that is reported. */
static void test_s658_failure_of_on_open(void **state)
{
    struct given *given = *state;
    struct ar_databases_options options = {.create = true, .on_open = record_nowhere};
    assert_int_equal(ar_databases_open(given->pattern, &options, &given->databases), AR_OK);
    assert_refused(given, "acme", AR_UNAVAILABLE, "missing/folder/trace");
    assert_int_equal(ar_databases_count(given->databases), 0);
}

static void test_s658_on_open(void **state)
{
    struct given *given = *state;
    bool refuses = true;
    struct ar_databases_options options = {.create = true, .on_open = refuse, .payload = &refuses};
    assert_int_equal(ar_databases_open(given->pattern, &options, &given->databases), AR_OK);
    assert_refused(given, "acme", AR_CONFLICT, "on_open of the database acme returned AR_CONFLICT");
    assert_int_equal(ar_databases_count(given->databases), 0);
    refuses = false;
    give_back(given, take(given, "acme"));
    assert_int_equal(ar_databases_count(given->databases), 1);
}

/* The file system refuses files of more than 8 KB. */
static void test_s658_disk_full(void **state)
{
    struct given *given = *state;
    struct rlimit usual, small;
    open_databases(given, (struct ar_databases_options){0});
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = (struct rlimit){8 << 10, usual.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct ar_db *db;
    enum ar_status status = ar_databases_take(given->databases, "acme", &db);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_int_equal(status, AR_DATABASE);
    assert_int_equal(ar_db_error(db)->status, AR_DATABASE);
    give_back(given, db);
    assert_int_equal(ar_databases_count(given->databases), 0);
    db = take(given, "acme");
    assert_int_equal(add_note(db, "space again"), AR_OK);
    give_back(given, db);
}

enum { THREADS = 8, TENANTS = 20, ROUNDS = 60 };

struct worker {
    pthread_t thread;
    struct given *given;
    unsigned number;
    enum ar_status status; /* the first failure */
};

static void *work(void *payload)
{
    struct worker *worker = payload;
    unsigned next = worker->number;
    for (int i = 0; i < ROUNDS && worker->status == AR_OK; i++) {
        struct ar_db *db;
        char name[24];
        next = (next * 7 + 3) % TENANTS;
        snprintf(name, sizeof name, "tenant%u", next);
        worker->status = ar_databases_take(worker->given->databases, name, &db);
        if (worker->status == AR_OK)
            worker->status = add_note(db, name);
        ar_databases_give_back(worker->given->databases, db);
    }
    return NULL;
}

static void test_s659_threads(void **state)
{
    struct given *given = *state;
    struct worker workers[THREADS];
    int64_t total = 0;
    open_databases(given, (struct ar_databases_options){.open_max = 5,
                                                        .connections_max = 7,
                                                        .wait_ms = 120000,
                                                        .db = {.pool_wait_ms = 120000, .busy_timeout_ms = 120000}});
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.given = given, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (unsigned i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].status, AR_OK);
    assert_in_range(ar_databases_count(given->databases), 1, 5);
    for (unsigned i = 0; i < TENANTS; i++) {
        char name[24];
        snprintf(name, sizeof name, "tenant%u", i);
        struct ar_db *db = take(given, name);
        total += count_notes(db);
        give_back(given, db);
    }
    assert_int_equal(total, THREADS * ROUNDS);
}

static void *take_same(void *payload)
{
    struct worker *worker = payload;
    struct ar_db *db;
    worker->status = ar_databases_take(worker->given->databases, "same", &db);
    ar_databases_give_back(worker->given->databases, db);
    return NULL;
}

static void test_s659_opened_once(void **state)
{
    struct given *given = *state;
    struct worker workers[THREADS];
    open_databases(given, (struct ar_databases_options){.wait_ms = 120000});
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.given = given};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, take_same, &workers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (unsigned i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].status, AR_OK);
    assert_int_equal(given->opened, 1);
}

static sem_t is_opening, may_open;

static enum ar_status open_slowly(struct ar_db *db, const char *name, void *payload)
{
    (void)db;
    (void)name;
    (void)payload;
    return sem_post(&is_opening) == 0 && sem_wait(&may_open) == 0 ? AR_OK : AR_DATABASE;
}

/* Another thread opens the database, for longer than this one waits. */
static void test_s659_opened_slowly(void **state)
{
    struct given *given = *state;
    struct worker other = {.given = given};
    const struct ar_databases_options options = {.create = true, .wait_ms = 20, .on_open = open_slowly};

    assert_int_equal(sem_init(&is_opening, 0, 0), 0);
    assert_int_equal(sem_init(&may_open, 0, 0), 0);
    assert_int_equal(ar_databases_open(given->pattern, &options, &given->databases), AR_OK);
    assert_int_equal(pthread_create(&other.thread, NULL, take_same, &other), 0);
    assert_int_equal(sem_wait(&is_opening), 0);
    assert_refused(given, "same", AR_BUSY, "another thread has been opening the database same for 20 ms");
    assert_int_equal(sem_post(&may_open), 0);
    assert_int_equal(pthread_join(other.thread, NULL), 0);
    assert_int_equal(other.status, AR_OK);
    give_back(given, take(given, "same"));
    assert_int_equal(ar_databases_count(given->databases), 1);
}

/* The child exits with the number of its failed checks. */
static void use_in_child(struct given *given, struct ar_db *db)
{
    int failures = 0;
    struct ar_db *other;
    failures += ar_databases_take(given->databases, "acme", &other) != AR_MISUSE;
    failures += strstr(ar_db_error(other)->message, "before fork") == NULL;
    ar_databases_give_back(given->databases, other);
    ar_databases_give_back(given->databases, db);
    failures += ar_databases_count(given->databases) != 1;
    ar_databases_close(given->databases);
    exit_child(failures);
}

static void test_s660_fork(void **state)
{
    struct given *given = *state;
    int result;
    open_databases(given, (struct ar_databases_options){0});
    struct ar_db *db = take(given, "acme");
    assert_int_equal(add_note(db, "before"), AR_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        use_in_child(given, db);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    assert_int_equal(add_note(db, "after"), AR_OK);
    assert_int_equal(count_notes(db), 2);
    give_back(given, db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define story(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        story(test_s655_one_file_each), story(test_s655_oldest_is_closed), story(test_s656_names),
        story(test_s657_all_in_use),    story(test_s657_connections),      story(test_s657_any_number),
        story(test_s658_failures),      story(test_s658_patterns),         story(test_s658_failure_of_on_open),
        story(test_s658_on_open),       story(test_s658_disk_full),        story(test_s659_threads),
        story(test_s659_opened_once),   story(test_s659_opened_slowly),    story(test_s660_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
