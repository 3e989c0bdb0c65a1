/* The backup of an SQLite database, while SQLite runs out of memory or the file cannot be written: an ordinary status,
 * and no partial file. */
#include "driver/sqlite/backup.h"

#include "unit.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH "unit.backup"

/* ---- Memory of SQLite -------------------------------------------------------------------------------------------- */

static sqlite3_mem_methods usual;
static unsigned long countdown; /* the n-th allocation from now fails; 0: none */

static bool is_due(void)
{
    return countdown > 0 && --countdown == 0;
}

static void *allocate(int size)
{
    return is_due() ? NULL : usual.xMalloc(size);
}

static void *reallocate(void *memory, int size)
{
    return is_due() ? NULL : usual.xRealloc(memory, size);
}

static void configure_memory(void)
{
    sqlite3_mem_methods methods;

    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
    methods = usual;
    methods.xMalloc = allocate;
    methods.xRealloc = reallocate;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static int link_error;       /* with which link() fails; 0: it does not */
static bool other_is_faster; /* another program writes the file just before */

int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);

int __wrap_link(const char *from, const char *to)
{
    if (other_is_faster)
        assert_int_equal(fclose(fopen(to, "w")), 0);
    if (link_error == 0)
        return __real_link(from, to);
    errno = link_error;
    return -1;
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static int set_up(void **state)
{
    static sqlite3 *source;

    (void)unlink(PATH);
    if (sqlite3_open(":memory:", &source) != SQLITE_OK ||
        sqlite3_exec(source, "CREATE TABLE notes (text)", NULL, NULL, NULL) != SQLITE_OK)
        return -1;
    *state = source;
    return 0;
}

static int tear_down(void **state)
{
    return sqlite3_close(*state) == SQLITE_OK && (unlink(PATH) == 0 || access(PATH, F_OK) != 0) ? 0 : -1;
}

static void test_without_memory(void **state)
{
    bool has_failed = true;

    for (unsigned long n = 1; has_failed; n++) {
        struct failure failure;
        enum ar_status status;
        (void)unlink(PATH);
        countdown = n;
        status = ar_sqlite_backup(*state, PATH, &failure);
        has_failed = countdown == 0;
        countdown = 0;
        /* SQLite can do without some allocations. */
        if (status != AR_OK && status != AR_NO_MEMORY)
            fail_msg("allocation %lu: %s", n, failure.message);
        assert_true(has_failed || status == AR_OK);
        assert_int_not_equal(access(PATH ".partial", F_OK), 0);
    }
    assert_int_equal(access(PATH, F_OK), 0);
}

static void test_existing_file(void **state)
{
    struct failure failure;

    assert_int_equal(ar_sqlite_backup(*state, PATH, &failure), AR_OK);
    assert_int_equal(ar_sqlite_backup(*state, PATH, &failure), AR_CONFLICT);
    assert_non_null(strstr(failure.message, "the backup " PATH " exists already"));
}

static void test_missing_folder(void **state)
{
    struct failure failure;

    assert_int_equal(ar_sqlite_backup(*state, "no_folder/" PATH, &failure), AR_DATABASE);
    assert_non_null(strstr(failure.message, "the backup no_folder/" PATH " cannot be written"));
}

/* Another program writes the file while the backup is made: it is not replaced. */
static void test_file_that_appears(void **state)
{
    static const int errors[] = {0, EPERM};
    struct failure failure;

    other_is_faster = true;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        link_error = errors[i];
        assert_int_equal(ar_sqlite_backup(*state, PATH, &failure), AR_CONFLICT);
        assert_non_null(strstr(failure.message, "the backup " PATH " exists already"));
        assert_int_not_equal(access(PATH ".partial", F_OK), 0);
        assert_int_equal(unlink(PATH), 0);
    }
    other_is_faster = false;
    link_error = 0;
}

/* File systems without links, and one that fails. */
static void test_no_links(void **state)
{
    static const int errors[] = {EPERM, ENOTSUP, ENOSYS};
    struct failure failure;

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        link_error = errors[i];
        assert_int_equal(ar_sqlite_backup(*state, PATH, &failure), AR_OK);
        assert_int_not_equal(access(PATH ".partial", F_OK), 0);
        assert_int_equal(unlink(PATH), 0);
    }
    link_error = ENOSPC;
    assert_int_equal(ar_sqlite_backup(*state, PATH, &failure), AR_DATABASE);
    assert_non_null(strstr(failure.message, "the backup " PATH " cannot be written: No space left on device"));
    assert_int_not_equal(access(PATH, F_OK), 0);
    assert_int_not_equal(access(PATH ".partial", F_OK), 0);
    link_error = 0;
}

#define test(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {test(test_without_memory), test(test_existing_file), test(test_missing_folder),
                                       test(test_file_that_appears), test(test_no_links)};

    configure_memory();
    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
