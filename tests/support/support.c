/* The fixture of support.h: one database and two sessions per test, an observer that counts statements, and a clock set
 * by the test. Failures are reported with the line of the test, not of this file. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *default_url(void)
{
    const char *url = getenv("ARMATURE_TEST_URL");
    return url != NULL ? url : "sqlite::memory:";
}

bool fixture_is_sqlite(void)
{
    return strncmp(default_url(), "sqlite:", strlen("sqlite:")) == 0;
}

bool fixture_is_plain(void)
{
    return fixture_is_sqlite() && getenv("ARMATURE_TEST_SQLITE_PLAIN") != NULL;
}

static uint64_t read_clock(void *payload)
{
    const struct fixture *f = payload;
    return f->now;
}

static void count_statement(const struct ar_event *event, void *payload)
{
    struct fixture *f = payload;
    if (f->is_paused)
        return;
    f->reasons[event->reason]++;
    if (event->reason == AR_REASON_TRANSACTION || event->reason == AR_REASON_SCHEMA)
        return;
    f->rows += event->rows;
    char **entry = &f->log[f->statements++ % FIXTURE_LOG_SIZE];
    free(*entry);
    *entry = strdup(event->sql);
    f->last_sql = *entry;
    if (f->after_statement != NULL)
        f->after_statement(f, event);
}

void *by_key(void *query, const struct ar_model *model)
{
    for (size_t i = 0; i < model->key_count; i++)
        ar_query_order_by(query, ar_order_of(&model->columns[model->key[i]], false));
    return query;
}

void reset_statements(struct fixture *f)
{
    f->statements = 0;
    f->rows = 0;
    memset(f->reasons, 0, sizeof f->reasons);
    f->last_sql = NULL;
}

/* Drop the tables that an earlier run left in a persistent database. */
static void drop_table(struct fixture *f, const char *url, const struct ar_model *model)
{
    bool is_sqlite = strncmp(url, "sqlite:", strlen("sqlite:")) == 0;
    const char *table = is_sqlite || model->qualified == NULL ? model->sql : model->qualified;
    char sql[256];

    for (size_t i = 0; i < model->relation_count; i++)
        if (model->relations[i]->kind == AR_RELATION_MANY_TO_MANY)
            drop_table(f, url, model->relations[i]->path[0]->target);
    bool is_view = model->is_read_only && model->create.sqlite == NULL;
    snprintf(sql, sizeof sql, "DROP %s IF EXISTS %s%s", is_view ? "VIEW" : "TABLE", table, is_sqlite ? "" : " CASCADE");
    ok(f->other, ar_execute(f->other, sql));
}

static void drop_tables(struct fixture *f, const char *url, const struct ar_model *const *models, size_t count)
{
    for (size_t i = count; i-- > 0;)
        drop_table(f, url, models[i]);
}

/* On a loaded machine, the server may take long to answer. */
enum { LOADED_TIMEOUT_MS = 120000 };

int fixture_open_with(void **state, const char *url, const struct ar_db_options *options,
                      const struct ar_model *const *models, size_t count)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    *state = f;
    f->now = UINT64_C(1000000000);

    struct ar_db_options chosen = {
        .clock = read_clock,
        .clock_payload = f,
        .pooled = getenv("ARMATURE_TEST_POOLED") != NULL,
        .no_named_statements = getenv("ARMATURE_TEST_UNNAMED") != NULL,
    };
    if (options != NULL)
        chosen = *options;
    chosen.sqlite_plain = chosen.sqlite_plain || fixture_is_plain();
    if (chosen.connect_timeout_ms == 0)
        chosen.connect_timeout_ms = LOADED_TIMEOUT_MS;
    if (ar_db_open(url != NULL ? url : default_url(), &chosen, &f->db) != AR_OK) {
        print_error("%s\n", ar_db_error(f->db)->message);
        return -1;
    }
    ar_db_observe(f->db, count_statement, f);
    if (ar_session_open(f->db, NULL, &f->s) != AR_OK || ar_session_open(f->db, NULL, &f->other) != AR_OK)
        return -1;
    if (count > 0) {
        drop_tables(f, url != NULL ? url : default_url(), models, count);
        ok(f->other, ar_create_table_list(f->other, models, count));
        ar_session_clear(f->other);
    }
    reset_statements(f);
    return 0;
}

int fixture_open_file_with(void **state, const struct ar_db_options *options, const struct ar_model *const *models,
                           size_t count)
{
    if (strcmp(default_url(), "sqlite::memory:") != 0)
        return fixture_open_with(state, NULL, options, models, count);

    char file[] = "armature-test-XXXXXX"; /* in the working directory, a build folder */
    char url[sizeof "sqlite:" + sizeof file];
    int descriptor = mkstemp(file);
    if (descriptor < 0)
        return -1;
    close(descriptor);
    snprintf(url, sizeof url, "sqlite:%s", file);
    int result = fixture_open_with(state, url, options, models, count);
    struct fixture *f = *state;
    f->file = strdup(file);
    return result;
}

static void remove_file(const char *file)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", file, endings[i]);
        unlink(path);
    }
}

int fixture_close(void **state)
{
    struct fixture *f = *state;
    ar_session_close(f->s);
    ar_session_close(f->other);
    ar_db_close(f->db);
    for (size_t i = 0; i < FIXTURE_LOG_SIZE; i++)
        free(f->log[i]);
    if (f->file != NULL)
        remove_file(f->file);
    free(f->file);
    free(f);
    return 0;
}

void reopen_session(struct fixture *f, struct ar_session_options options)
{
    ar_session_close(f->s);
    f->s = NULL;
    assert_int_equal(ar_session_open(f->db, &options, &f->s), AR_OK);
}

void add_row(struct fixture *f, const struct ar_model *model, void *record)
{
    f->is_paused = true;
    ok(f->other, ar_record_insert(f->other, model, record));
    f->is_paused = false;
}

void run_sql(struct fixture *f, const char *sql)
{
    f->is_paused = true;
    ok(f->other, ar_execute(f->other, sql));
    f->is_paused = false;
}

void advance_clock(struct fixture *f, unsigned milliseconds)
{
    f->now += (uint64_t)milliseconds * 1000000;
}

static void print_session_error(const struct ar_session *s)
{
    const struct ar_error *error = ar_session_error(s);
    print_error("  %s: %s\n", ar_status_name(error->status), error->message);
    if (error->sql != NULL)
        print_error("  in: %s\n", error->sql);
}

void support_ok(const struct ar_session *s, enum ar_status status, const char *call, const char *file, int line)
{
    if (status == AR_OK)
        return;
    print_error("%s returned %s\n", call, ar_status_name(status));
    print_session_error(s);
    _fail(file, line);
}

void support_fails(const struct ar_session *s, enum ar_status expected, enum ar_status status, const char *call,
                   const char *file, int line)
{
    if (status == expected && ar_session_error(s)->status == expected)
        return;
    print_error("%s returned %s, expected %s\n", call, ar_status_name(status), ar_status_name(expected));
    print_session_error(s);
    _fail(file, line);
}

void support_error_names(const struct ar_session *s, const char *text, const char *file, int line)
{
    const char *message = ar_session_error(s)->message;
    if (strstr(message, text) != NULL)
        return;
    print_error("the message does not contain \"%s\": %s\n", text, message);
    _fail(file, line);
}

void support_statements(struct fixture *f, size_t expected, const char *file, int line)
{
    size_t actual = f->statements;
    if (actual == expected) {
        reset_statements(f);
        return;
    }
    print_error("%zu statements ran, expected %zu:\n", actual, expected);
    for (size_t i = actual > FIXTURE_LOG_SIZE ? actual - FIXTURE_LOG_SIZE : 0; i < actual; i++)
        print_error("  %s\n", f->log[i % FIXTURE_LOG_SIZE]);
    _fail(file, line);
}

void support_text(const char *actual, const char *expected, const char *file, int line)
{
    if (actual == expected || (actual != NULL && expected != NULL && strcmp(actual, expected) == 0))
        return;
    print_error("\"%s\" is not \"%s\"\n", actual != NULL ? actual : "(null)", expected != NULL ? expected : "(null)");
    _fail(file, line);
}

/* ---- Processes --------------------------------------------------------------------------------------------------- */

#ifdef ARMATURE_COVERAGE
void __gcov_dump(void);
#endif

void exit_child(int status)
{
#ifdef ARMATURE_COVERAGE
    __gcov_dump();
#endif
    _exit(status);
}
