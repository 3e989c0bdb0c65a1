/* Traces of which the n-th allocation, call or file operation fails, for n = 1, 2, … until none does, S-471; with
 * ARMATURE_TEST_STRIDE=s, for every s-th. Failures of the file are statuses of ar_trace_open and ar_trace_close, never
 * of statements. Afterwards, the next trace is complete. */
#include "blog.ar.h"
#include "fault.h"
#include "support.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const path = "fault-trace.db";

/* Return true if faults of this kind affect the trace only: the database is in memory, and has no file. */
static bool is_of_file(enum fault_kind kind)
{
    return kind == FAULT_FILE || kind == FAULT_FULL_DISK;
}

static void check_status(struct fixture *f, enum fault_kind kind, unsigned long n, enum ar_status status)
{
    if (status == AR_OK)
        return;
    if (ar_db_error(f->db)->status != status)
        fail_msg("fault %lu of kind %d gave %s, but the database reports %s", n, (int)kind, ar_status_name(status),
                 ar_status_name(ar_db_error(f->db)->status));
    if (!fault_happened() ||
        (status != AR_NO_MEMORY && status != AR_DATABASE && status != AR_UNAVAILABLE && status != AR_MISUSE))
        fail_msg("fault %lu of kind %d gave %s: %s", n, (int)kind, ar_status_name(status), ar_db_error(f->db)->message);
}

/* Load a relation and read it, four times. */
static enum ar_status use_blog(struct ar_session *s)
{
    enum ar_status status = AR_OK;

    for (int i = 0; i < 4 && status == AR_OK; i++) {
        struct user_query *q = user_query(s);
        struct user_list users;
        struct post_list posts;
        user_with_posts(q);
        status = user_all(q, &users);
        if (status == AR_OK)
            status = user_posts(s, users.items[0], &posts);
    }
    return status;
}

static void run_with_fault(struct fixture *f, enum fault_kind kind, unsigned long n, bool lasting)
{
    enum ar_status status;

    fault_arm(kind, n, lasting);
    check_status(f, kind, n, ar_trace_open(f->db, path));
    status = use_blog(f->s);
    if (status != AR_OK && is_of_file(kind))
        fail_msg("fault %lu of kind %d: a statement gave %s: %s", n, (int)kind, ar_status_name(status),
                 ar_session_error(f->s)->message);
    check_status(f, kind, n, ar_trace_close(f->db));
    fault_disarm();
    ar_session_clear(f->s);
}

/* The next trace has all statements: four queries, each with a relation. */
static void check_next(struct fixture *f, unsigned long n)
{
    static const char sql[] = "SELECT count(*), sum(is_read) FROM statement WHERE reason <> 'transaction'";
    sqlite3 *file;
    sqlite3_stmt *statement;

    if (ar_trace_open(f->db, path) != AR_OK)
        fail_msg("after fault %lu: %s", n, ar_db_error(f->db)->message);
    ok(f->s, use_blog(f->s));
    if (ar_trace_close(f->db) != AR_OK)
        fail_msg("after fault %lu: %s", n, ar_db_error(f->db)->message);
    ar_session_clear(f->s);
    assert_int_equal(sqlite3_open(path, &file), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(file, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 8);
    assert_int_equal(sqlite3_column_int(statement, 1), 4);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(file), SQLITE_OK);
}

static void remove_trace(void)
{
    (void)unlink(path);
    (void)unlink("fault-trace.db-journal");
}

static void run_until_it_succeeds(void **state, enum fault_kind kind, bool lasting)
{
    const char *stride_text = getenv("ARMATURE_TEST_STRIDE");
    unsigned long stride = stride_text != NULL && !is_of_file(kind) ? strtoul(stride_text, NULL, 10) : 1;
    unsigned long n = 1;
    bool happened = true;

    for (; happened; n += stride) {
        run_with_fault(*state, kind, n, lasting);
        happened = fault_happened();
        remove_trace();
        check_next(*state, n);
        remove_trace();
    }
    print_message("%lu faults\n", n / stride);
}

static int open_blog(void **state)
{
    struct user user = {.name = "user"};

    if (fixture_open_with(state, "sqlite::memory:", NULL, (const struct ar_model *const[]){&user_model, &post_model},
                          2) != 0)
        return -1;
    add_row(*state, &user_model, &user);
    add_row(*state, &post_model, &(struct post){.user_id = user.id, .title = "title"});
    return 0;
}

#define TEST(name, kind, lasting)                                                                                      \
    static void name(void **state)                                                                                     \
    {                                                                                                                  \
        run_until_it_succeeds(state, (kind), (lasting));                                                               \
    }

TEST(test_memory, FAULT_RUNTIME_MEMORY, false)
TEST(test_memory_is_gone, FAULT_RUNTIME_MEMORY, true)
TEST(test_memory_of_sqlite, FAULT_SQLITE_MEMORY, false)
TEST(test_calls, FAULT_SQLITE_CALL, false)
TEST(test_file, FAULT_FILE, false)
TEST(test_file_is_gone, FAULT_FILE, true)
TEST(test_full_disk, FAULT_FULL_DISK, true)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_memory, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_memory_is_gone, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_memory_of_sqlite, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_calls, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_file, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_file_is_gone, open_blog, fixture_close),
        cmocka_unit_test_setup_teardown(test_full_disk, open_blog, fixture_close),
    };

    fault_initialize();
    fault_register_files();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
