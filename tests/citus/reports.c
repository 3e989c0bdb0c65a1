/* The forms in which Citus reports violated constraints, S-505: a trigger raises what Citus 12 would report of a shard.
 * The other tests of violated constraints need Citus for that. */
#include "given.h"

#include <stdio.h>
#include <string.h>

/* Let every insert of a label fail: `fields` are those of RAISE. */
static void raise_on_insert(struct fixture *f, const char *fields)
{
    char sql[1024];

    (void)snprintf(sql, sizeof sql,
                   "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN RAISE EXCEPTION USING %s; END $$",
                   fields);
    run_sql(f, sql);
    run_sql(f, "CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON labels FOR EACH ROW EXECUTE FUNCTION refuse()");
}

static enum ar_status insert(struct fixture *f)
{
    return label_insert(f->s, &(struct label){.tenant_id = 1, .id = 1, .name = "bug"});
}

static void assert_report(struct fixture *f, const char *sqlstate, const char *field, const char *message)
{
    const struct ar_error *error = ar_session_error(f->s);

    assert_error_names(f->s, message);
    assert_text(error->sqlstate, sqlstate);
    assert_text(error->column, field);
}

/* S-505: many rows were written at once: only the message has the reason. */
static void test_s505_internal_errors(void **state)
{
    struct fixture *f = *state;

    raise_on_insert(f, "ERRCODE = 'XX000', DETAIL = 'Key (tenant_id, id)=(1, 1) already exists.',"
                       " MESSAGE = 'duplicate key value violates unique constraint \"labels_pkey_102008\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23505", "tenant_id", "unique constraint \"labels_pkey\"");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'null value in column \"name\" of relation \"labels_102012\""
                       " violates not-null constraint'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23502", "name", "of relation \"labels\" violates");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'new row for relation \"labels_102012\" violates check constraint"
                       " \"name_is_short\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23514", "name", "relation \"labels\" violates check");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'conflicting key value violates exclusion constraint"
                       " \"labels_excl_102012\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23P01", NULL, "exclusion constraint \"labels_excl\"");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'insert or update on table \"labels_102012\" violates foreign key"
                       " constraint \"labels_tenant_fkey_102012\"',"
                       " DETAIL = 'Key (tenant_id)=(1) is not present in table \"tenants_102009\".'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23503", "tenant_id", "table \"labels\" violates");
    assert_text(ar_session_error(f->s)->detail, "Key (tenant_id)=(1) is not present in table \"tenants\".");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'could not read relation \"labels_102012\"'");
    fails(f->s, AR_DATABASE, insert(f));
    assert_report(f, "XX000", NULL, "could not read relation \"labels\"");
}

/* S-505: a shard on the coordinator reports the fields of PostgreSQL, with its own names. */
static void test_s505_fields(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "ALTER TABLE issues DROP CONSTRAINT points_are_positive");
    run_sql(f, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING"
               " ERRCODE = '23514', TABLE = 'issues_102008', CONSTRAINT = 'points_are_positive', MESSAGE ="
               " 'new row for relation \"issues_102008\" violates check constraint \"points_are_positive\"'; END $$");
    run_sql(f, "CREATE TRIGGER refuse BEFORE INSERT ON issues FOR EACH ROW EXECUTE FUNCTION refuse()");
    fails(f->s, AR_CONSTRAINT, issue_insert(f->s, &(struct issue){.tenant_id = 1, .id = 1, .title = "a"}));
    assert_report(f, "23514", "points",
                  "does not meet AR_CHECK(\"points >= 0\") (new row for relation \"issues\" violates");
    raise_on_insert(f, "ERRCODE = '23505', TABLE = 'labels_102008', CONSTRAINT = 'labels_pkey_102008', MESSAGE ="
                       " 'duplicate key value violates unique constraint \"labels_pkey_102008\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23505", NULL, "\"labels_pkey\"");
}

/* S-505: names that end in numbers, but not in that of a shard. */
static void test_s505_numbers_in_names(void **state)
{
    struct fixture *f = *state;

    raise_on_insert(f, "ERRCODE = '23505', MESSAGE = 'table \"year_2024\", index \"labels_102007\", table \"102099\","
                       " relation \"labels102099\", column \"c_102099\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_error_names(f->s, "table \"year_2024\", index \"labels_102007\", table \"102099\","
                             " relation \"labels102099\", column \"c_102099\"");
    raise_on_insert(f, "ERRCODE = '23505', TABLE = 'labels', CONSTRAINT = 'labels_202601', MESSAGE = 'constraint"
                       " \"labels_202601\"'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23505", NULL, "constraint \"labels_202601\"");
}

/* S-505: a row without its shard key. */
static void test_s505_missing_shard_key(void **state)
{
    struct fixture *f = *state;

    raise_on_insert(f, "ERRCODE = '22004', MESSAGE ="
                       " 'cannot perform an INSERT with NULL in the partition column'");
    fails(f->s, AR_CONSTRAINT, insert(f));
    assert_report(f, "23502", "tenant_id",
                  "null value in column \"tenant_id\" of relation \"labels\" violates not-null constraint");
    raise_on_insert(f, "ERRCODE = '22004', MESSAGE = 'null value is not allowed'");
    fails(f->s, AR_INVALID, insert(f));
    assert_report(f, "22004", NULL, "null value is not allowed");
}

/* S-505: the reason precedes the error as a warning. It is not that of the next error. */
static void test_s505_warnings(void **state)
{
    struct fixture *f = *state;

    run_sql(f, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
               " RAISE WARNING USING ERRCODE = '23503', DETAIL = 'Key (tenant_id)=(1) is not present in table"
               " \"tenants_102009\".', MESSAGE = 'insert or update on table \"labels_102008\" violates foreign key"
               " constraint \"labels_tenant_fkey_102008\"';"
               " RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'failure on connection'; END $$");
    run_sql(f, "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON labels DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
               " EXECUTE FUNCTION refuse()");
    ok(f->s, ar_begin(f->s));
    ok(f->s, insert(f));
    fails(f->s, AR_CONSTRAINT, ar_commit(f->s));
    assert_report(f, "23503", NULL, "on table \"labels\" violates foreign key constraint \"labels_tenant_fkey\"");
    assert_text(ar_session_error(f->s)->detail, "Key (tenant_id)=(1) is not present in table \"tenants\".");
    ok(f->s, ar_rollback(f->s));
    run_sql(f, "DROP TRIGGER refuse ON labels");
    raise_on_insert(f, "ERRCODE = 'XX000', MESSAGE = 'failure on connection'");
    fails(f->s, AR_DATABASE, insert(f));
    assert_report(f, "XX000", NULL, "failure on connection");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s505_internal_errors, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_fields, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_numbers_in_names, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_missing_shard_key, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_warnings, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
