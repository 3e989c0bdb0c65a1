/* ar_create_tables on a driver whose server is sharded: what it runs, in which order. */
#include "fake/driver.h"

#include "unit.h"

#include "fake/library.ar.h"
#include "fake/tenants.ar.h"

#include <armature/armature.h>
#include <string.h>

struct fixture {
    struct ar_db *db;
    struct ar_session *s;
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fake_reset();
    if (ar_db_open("fake:", NULL, &fixture.db) != AR_OK || ar_session_open(fixture.db, NULL, &fixture.s) != AR_OK)
        return -1;
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    ar_session_close(fixture->s);
    ar_db_close(fixture->db);
    return 0;
}

/* Assert that the schema statements begin with these texts: those that are not queries of the catalog. */
static void assert_scripts(const char *const *expected, size_t count)
{
    size_t found = 0;

    for (size_t i = 0; i < fake_count(); i++) {
        const char *sql = fake_statement(i);
        if (strcmp(sql, "BEGIN") == 0 || strcmp(sql, "COMMIT") == 0 || strstr(sql, "the catalog") != NULL)
            continue;
        assert_true(found < count);
        if (strncmp(sql, expected[found], strlen(expected[found])) != 0)
            fail_msg("statement %zu is `%s`, not `%s`", found, sql, expected[found]);
        found++;
    }
    assert_int_equal(found, count);
}

#define assert_sql(...)                                                                                                \
    assert_scripts((const char *const[]){__VA_ARGS__}, sizeof(const char *[]){__VA_ARGS__} / sizeof(const char *))

/* The order of the models does not matter: tables are distributed when all exist, the first sharded one before those
 * that are colocated with it, and all of them before foreign keys. */
static void test_s519_sharded(void **state)
{
    struct fixture *f = *state;

    fake_set_sharded();
    assert_int_equal(ar_create_tables(f->s, &issue_model, &tenant_model, &plan_model), AR_OK);
    assert_sql("PREPARE SCHEMA", "CREATE TABLE IF NOT EXISTS issues", "CREATE TABLE IF NOT EXISTS duplicates",
               "CREATE TABLE IF NOT EXISTS tenants", "CREATE TABLE IF NOT EXISTS plans",
               "SELECT pg_catalog.create_distributed_table('tenants', 'id', colocate_with => 'default')",
               "SELECT pg_catalog.create_reference_table('plans')",
               "SELECT pg_catalog.create_distributed_table('issues', 'tenant_id', colocate_with => 'tenants')",
               "SELECT pg_catalog.create_distributed_table('duplicates', 'tenant_id', colocate_with => 'tenants')");
}

static void test_s519_not_sharded(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(ar_create_tables(f->s, &plan_model, &tenant_model), AR_OK);
    assert_sql("CREATE TABLE IF NOT EXISTS plans", "CREATE TABLE IF NOT EXISTS tenants");
}

/* Models without shards are created as anywhere else. */
static void test_s519_plain_models(void **state)
{
    struct fixture *f = *state;

    fake_set_sharded();
    assert_int_equal(ar_create_tables(f->s, &author_model), AR_OK);
    assert_sql("CREATE TABLE IF NOT EXISTS authors");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s519_sharded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_s519_not_sharded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_s519_plain_models, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("distribution", tests, NULL, NULL);
}
