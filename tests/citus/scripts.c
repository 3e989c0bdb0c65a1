/* Several statements in one string, S-506: on Citus they are sent one by one, because it passes the whole string on. */
#include "given.h"

static int64_t count_labels(struct fixture *f)
{
    int64_t count;

    ok(f->s, label_count(label_query(f->s), &count));
    return count;
}

/* S-506: definitions of a distributed table, and statements with semicolons inside. */
static void test_s506_definitions(void **state)
{
    struct fixture *f = *state;

    ok(f->s,
       ar_execute(f->s, "ALTER TABLE labels ADD COLUMN color text; /* ; */ ALTER TABLE labels ADD COLUMN size int;"
                        "CREATE INDEX labels_size ON labels (size); -- ; the end\n"
                        "CREATE INDEX labels_color ON labels (color);\n ; "));
    ok(f->s,
       ar_execute(f->s,
                  "DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;"
                  "CREATE OR REPLACE FUNCTION label_size() RETURNS int IMMUTABLE BEGIN ATOMIC SELECT 1; SELECT 7; END;"
                  "INSERT INTO labels (tenant_id, id, name, color) VALUES (1, 1, 'a;b', ';')"));
    ok(f->s, ar_execute(f->s, "UPDATE labels SET size = label_size() WHERE tenant_id = 1"));
    assert_int_equal(count_labels(f), 1);
    ok(f->s, ar_execute(f->s, "ALTER TABLE labels DROP COLUMN color; ALTER TABLE labels DROP COLUMN size"));
    ok(f->s, ar_execute(f->s, "DROP FUNCTION label_size()"));
}

/* S-506: if one of them fails, none has an effect; in a transaction, the caller decides. */
static void test_s506_failures(void **state)
{
    struct fixture *f = *state;

    fails(f->s, AR_CONSTRAINT,
          ar_execute(f->s, "INSERT INTO labels (tenant_id, id, name) VALUES (1, 1, 'bug');"
                           "INSERT INTO labels (tenant_id, id, name) VALUES (1, 1, 'wish')"));
    assert_int_equal(count_labels(f), 0);
    fails(f->s, AR_DATABASE,
          ar_execute(f->s, "INSERT INTO labels (tenant_id, id, name) VALUES (1, 1, 'bug'); SELECT '"));
    assert_int_equal(count_labels(f), 0);
    ok(f->s, ar_begin(f->s));
    ok(f->s, ar_execute(f->s, "INSERT INTO labels (tenant_id, id, name) VALUES (1, 1, 'bug');"
                              "INSERT INTO labels (tenant_id, id, name) VALUES (2, 1, 'bug')"));
    assert_int_equal(count_labels(f), 2);
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(count_labels(f), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s506_definitions, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s506_failures, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
