/* Violated constraints, S-505: their statuses, fields and names are the same on ordinary and on distributed tables. */
#include "given.h"

#include <string.h>

enum { MANY = 3000 }; /* rows, for which COPY is used */

static void given_a_project(struct fixture *f)
{
    for (int64_t tenant = 1; tenant <= 2; tenant++)
        add_row(f, &project_model, &(struct project){.tenant_id = tenant, .id = 1, .name = "project"});
    reset_statements(f);
}

/* Assert that the last error has this SQLSTATE, is about this field, and names the text, and no number of a shard. */
static void assert_error(struct fixture *f, const char *sqlstate, const char *field, const char *text)
{
    const struct ar_error *error = ar_session_error(f->s);

    assert_error_names(f->s, text);
    assert_text(error->sqlstate, sqlstate);
    assert_text(error->column, field);
    assert_null(strstr(error->message, "_102"));
    assert_true(error->detail == NULL || strstr(error->detail, "_102") == NULL);
}

static void assert_detail(struct fixture *f, const char *text)
{
    assert_text(ar_session_error(f->s)->detail, text);
}

/* S-505: keys that exist. */
static void test_s505_duplicate_keys(void **state)
{
    struct fixture *f = *state;
    struct label one = {.tenant_id = 1, .id = 1, .name = "bug"}, same = {.tenant_id = 1, .id = 2, .name = "bug"};
    struct label many[] = {{.tenant_id = 2, .id = 7, .name = "wish"}, {.tenant_id = 1, .id = 1, .name = "x"}};
    struct label names[] = {{.tenant_id = 2, .id = 7, .name = "wish"}, {.tenant_id = 1, .id = 9, .name = "bug"}};
    static struct label copied[MANY];
    int64_t count;

    ok(f->s, label_insert(f->s, &one));
    fails(f->s, AR_CONSTRAINT, label_insert(f->s, &one));
    assert_error(f, "23505", "tenant_id", "\"labels_pkey\"");
    assert_detail(f, "Key (tenant_id, id)=(1, 1) already exists.");
    fails(f->s, AR_CONSTRAINT, label_insert(f->s, &same));
    assert_error(f, "23505", "tenant_id", "\"labels_tenant_id_name\"");
    fails(f->s, AR_CONSTRAINT, label_insert_many(f->s, many, 2));
    assert_error(f, "23505", "tenant_id", "\"labels_pkey\"");
    fails(f->s, AR_CONSTRAINT, label_insert_many(f->s, names, 2));
    assert_error(f, "23505", "tenant_id", "\"labels_tenant_id_name\"");
    assert_detail(f, "Key (tenant_id, name)=(1, bug) already exists.");
    for (int64_t i = 0; i < MANY; i++)
        copied[i] = (struct label){.tenant_id = 1 + i % 2, .id = MANY - i, .name = "bug"};
    fails(f->s, AR_CONSTRAINT, label_insert_many(f->s, copied, MANY));
    assert_error(f, "23505", "tenant_id", "\"labels_tenant_id_name\"");
    ok(f->s, label_count(label_query(f->s), &count));
    assert_int_equal(count, 1);
}

/* S-505: rows that break a rule of their columns. */
static void test_s505_columns(void **state)
{
    struct fixture *f = *state;
    struct issue issue = {.tenant_id = 1, .id = 1, .project_id = 1, .title = "issue", .points = -1};
    struct issue many[] = {{.tenant_id = 1, .id = 1, .project_id = 1, .title = "issue"},
                           {.tenant_id = 2, .id = 1, .project_id = 1, .title = "issue", .points = -1}};
    int64_t changed;

    given_a_project(f);
    fails(f->s, AR_CONSTRAINT, issue_insert(f->s, &issue));
    assert_error(f, "23514", "points", "points_are_positive");
    fails(f->s, AR_CONSTRAINT, issue_insert_many(f->s, many, 2));
    assert_error(f, "23514", "points", "points_are_positive");
    issue.points = 0;
    ok(f->s, issue_insert(f->s, &issue));
    fails(f->s, AR_CONSTRAINT, ar_execute(f->s, "UPDATE issues SET title = NULL WHERE tenant_id = 1"));
    assert_error_names(f->s, "\"title\" of relation \"issues\"");
    fails(f->s, AR_CONSTRAINT, ar_execute(f->s, "UPDATE issues SET title = NULL"));
    assert_error_names(f->s, "\"title\" of relation \"issues\"");
    fails(f->s, AR_CONSTRAINT, issue_update_all(issue_query(f->s), ar_set(issue_column.points, -5), &changed));
    assert_error(f, "23514", "points", "points_are_positive");
}

/* S-505: rows that do not exist are referred to; rows that are referred to are deleted. */
static void test_s505_foreign_keys(void **state)
{
    struct fixture *f = *state;
    struct issue_label stray = {.tenant_id = 1, .issue_id = 77, .label_id = 1};
    struct issue_label strays[] = {{.tenant_id = 1, .issue_id = 77, .label_id = 1},
                                   {.tenant_id = 2, .issue_id = 77, .label_id = 1}};
    int64_t changed;

    fails(f->s, AR_CONSTRAINT, issue_label_insert(f->s, &stray));
    assert_error(f, "23503", "tenant_id", "\"issue_labels\" violates foreign key constraint");
    fails(f->s, AR_CONSTRAINT, issue_label_insert_many(f->s, strays, 2));
    assert_error(f, "23503", "tenant_id", "\"issue_labels\" violates foreign key constraint");
    given_tenants(f);
    fails(f->s, AR_CONSTRAINT, label_delete_all(label_query(f->s), &changed));
    assert_error(f, "23503", NULL, "on table \"issue_labels\"");
}

/* S-505: a foreign key that is checked at the end of the transaction. */
static void test_s505_deferred_foreign_keys(void **state)
{
    struct fixture *f = *state;
    struct issue_label stray = {.tenant_id = 1, .issue_id = 77, .label_id = 1};

    run_sql(f, "ALTER TABLE issue_labels DROP CONSTRAINT issue_labels_tenant_id_issue_id_fkey");
    run_sql(f, "ALTER TABLE issue_labels DROP CONSTRAINT issue_labels_tenant_id_label_id_fkey");
    run_sql(f, "ALTER TABLE issue_labels ADD CONSTRAINT issue_labels_issue FOREIGN KEY (tenant_id, issue_id)"
               " REFERENCES issues (tenant_id, id) DEFERRABLE INITIALLY DEFERRED");
    ok(f->s, ar_begin(f->s));
    ok(f->s, issue_label_insert(f->s, &stray));
    fails(f->s, AR_CONSTRAINT, ar_commit(f->s));
    assert_error_names(f->s, "\"issue_labels\" violates foreign key constraint \"issue_labels_issue\"");
    assert_error(f, "23503", NULL, "issue_labels_issue");
    assert_detail(f, "Key (tenant_id, issue_id)=(1, 77) is not present in table \"issues\".");
    ok(f->s, ar_rollback(f->s));
    fails(f->s, AR_CONSTRAINT, issue_label_insert(f->s, &stray));
    assert_error(f, "23503", "tenant_id", "issue_labels_issue");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s505_duplicate_keys, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_columns, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_foreign_keys, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_s505_deferred_foreign_keys, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
