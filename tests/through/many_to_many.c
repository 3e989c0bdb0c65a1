/* Many-to-many relations, S-168 to S-170: without a struct for the join table. */
#include "support.h"

#include "skills.ar.h"

#include <string.h>

static int open_skills(void **state)
{
    return fixture_open(state, &worker_model, &skill_model, &document_model, &term_model);
}

/* Ann has C and SQL, Bob has SQL; Ann calls Bob a friend, Bob calls Cid one. */
static void given_skills(struct fixture *f)
{
    run_sql(f, "INSERT INTO workers (name) VALUES ('Ann'), ('Bob'), ('Cid')");
    run_sql(f, "INSERT INTO skills (name) VALUES ('C'), ('SQL'), ('Lisp')");
    run_sql(f, "INSERT INTO worker_skills (worker_id, skill_id) VALUES (1, 2), (1, 1), (2, 2)");
    run_sql(f, "INSERT INTO friendships (worker_id, friend_id) VALUES (1, 2), (2, 3)");
}

static struct worker_list all_workers(struct fixture *f)
{
    struct worker_list workers;
    struct worker_query *query = worker_query(f->s);
    worker_order_by(query, ar_asc(worker_column.id));
    ok(f->s, worker_all(query, &workers));
    reset_statements(f);
    return workers;
}

static const char *skill_names(const struct skill_list *list)
{
    static char names[256];
    names[0] = '\0';
    for (size_t i = 0; i < list->count; i++) {
        strcat(names, i > 0 ? " " : "");
        strcat(names, list->items[i]->name);
    }
    return names;
}

static const char *worker_names(const struct worker_list *list)
{
    static char names[256];
    names[0] = '\0';
    for (size_t i = 0; i < list->count; i++) {
        strcat(names, i > 0 ? " " : "");
        strcat(names, list->items[i]->name);
    }
    return names;
}

/* S-168: one statement loads the skills of all workers, another the workers of all skills. */
static void test_s168_both_sides(void **state)
{
    struct fixture *f = *state;
    given_skills(f);
    struct worker_list workers = all_workers(f), with_sql;
    struct skill_list skills;

    ok(f->s, worker_skills(f->s, workers.items[0], &skills));
    assert_text(skill_names(&skills), "C SQL");
    struct skill *sql = skills.items[1];
    ok(f->s, worker_skills(f->s, workers.items[1], &skills));
    assert_text(skill_names(&skills), "SQL");
    assert_ptr_equal(skills.items[0], sql);
    ok(f->s, worker_skills(f->s, workers.items[2], &skills));
    assert_int_equal(skills.count, 0);
    assert_statements(f, 1);
    ok(f->s, skill_workers(f->s, sql, &with_sql));
    assert_text(worker_names(&with_sql), "Ann Bob");
    assert_statements(f, 1);
}

/* S-168: eager, explicit, by query; a limit for each owner. */
static void test_s168_other_loads(void **state)
{
    struct fixture *f = *state;
    given_skills(f);
    for (size_t i = 0; i < 2; i++) {
        ar_session_clear(f->s);
        struct worker_query *query = worker_query(f->s);
        struct worker_list workers;
        struct skill_list skills;
        int64_t count;
        ar_query_plan(query, i == 0 ? AR_PLAN_WAVES : AR_PLAN_ONE_TRIP);
        worker_order_by(query, ar_asc(worker_column.id));
        (void)worker_with_skills(query);
        ok(f->s, worker_all(query, &workers));
        assert_statements(f, 2);
        ok(f->s, worker_skills(f->s, workers.items[0], &skills));
        assert_text(skill_names(&skills), "C SQL");
        assert_statements(f, 0);
        ok(f->s, worker_load_skills(f->s, workers.items, workers.count));
        ok(f->s, worker_skills(f->s, workers.items[1], &skills));
        assert_text(skill_names(&skills), "SQL");
        assert_statements(f, 1);
        ok(f->s, skill_count(worker_skills_query(f->s, workers.items[0]), &count));
        assert_int_equal(count, 2);
        assert_statements(f, 1);

        query = worker_query(f->s);
        worker_order_by(query, ar_asc(worker_column.id));
        struct skill_query *sub = worker_with_skills(query);
        skill_order_by(sub, ar_desc(skill_column.name));
        skill_limit(sub, 1);
        ok(f->s, worker_all(query, &workers));
        ok(f->s, worker_skills(f->s, workers.items[0], &skills));
        assert_text(skill_names(&skills), "SQL");
        assert_statements(f, 2);
    }
}

/* S-168: a model with itself, in both directions, and a relation that follows it. */
static void test_s168_itself(void **state)
{
    struct fixture *f = *state;
    given_skills(f);
    struct worker_list workers = all_workers(f), friends;
    struct skill_list skills;

    ok(f->s, worker_friends(f->s, workers.items[0], &friends));
    assert_text(worker_names(&friends), "Bob");
    assert_ptr_equal(friends.items[0], workers.items[1]);
    ok(f->s, worker_friends(f->s, workers.items[1], &friends));
    assert_text(worker_names(&friends), "Cid");
    ok(f->s, worker_friends(f->s, workers.items[2], &friends));
    assert_int_equal(friends.count, 0);
    ok(f->s, worker_admirers(f->s, workers.items[2], &friends));
    assert_text(worker_names(&friends), "Bob");
    ok(f->s, worker_friends_skills(f->s, workers.items[0], &skills));
    assert_text(skill_names(&skills), "SQL");
}

/* S-169: a composite key on one side, a string on the other. */
static void test_s169_keys(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "INSERT INTO documents (tenant, number, title) VALUES (1, 1, 'one'), (1, 2, 'two'), (2, 1, 'other')");
    run_sql(f, "INSERT INTO terms (code, meaning) VALUES ('b', 'bees'), ('a', 'ants'), ('c', 'cats')");
    run_sql(f, "INSERT INTO document_terms (tenant, document, term) VALUES"
               " (1, 1, 'b'), (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'b'), (2, 1, 'c')");
    struct document_query *query = document_query(f->s);
    struct document_list documents, related;
    struct term_list terms;
    document_order_by(query, ar_asc(document_column.title));
    ok(f->s, document_all(query, &documents));
    reset_statements(f);

    ok(f->s, document_terms(f->s, documents.items[0], &terms)); /* one */
    assert_int_equal(terms.count, 2);
    assert_text(terms.items[0]->meaning, "ants");
    assert_text(terms.items[1]->meaning, "bees");
    struct term *bees = terms.items[1];
    ok(f->s, document_terms(f->s, documents.items[1], &terms)); /* other */
    assert_int_equal(terms.count, 2);
    assert_ptr_equal(terms.items[0], bees);
    assert_text(terms.items[1]->meaning, "cats");
    assert_statements(f, 1);
    ok(f->s, term_documents(f->s, bees, &related));
    assert_int_equal(related.count, 3);
    assert_ptr_equal(related.items[0], documents.items[0]);
    assert_ptr_equal(related.items[1], documents.items[2]);
    assert_ptr_equal(related.items[2], documents.items[1]);
    assert_statements(f, 1);
    ok(f->s, document_related(f->s, documents.items[0], &related));
    assert_int_equal(related.count, 3);
    assert_statements(f, 1);
    int64_t count;
    ok(f->s, document_count(document_related_query(f->s, documents.items[2]), &count));
    assert_int_equal(count, 3);
}

/* S-169: with a limit for each owner, and in one trip. */
static void test_s169_limited(void **state)
{
    struct fixture *f = *state;
    run_sql(f, "INSERT INTO documents (tenant, number, title) VALUES (1, 1, 'one'), (2, 1, 'other')");
    run_sql(f, "INSERT INTO terms (code, meaning) VALUES ('b', 'bees'), ('a', 'ants')");
    run_sql(f, "INSERT INTO document_terms (tenant, document, term) VALUES (1, 1, 'b'), (1, 1, 'a'), (2, 1, 'b')");
    struct document_query *query = document_query(f->s);
    struct document_list documents;
    struct term_list terms;
    document_order_by(query, ar_asc(document_column.title));
    term_limit(document_with_terms(query), 1);
    ok(f->s, document_all(query, &documents));
    ok(f->s, document_terms(f->s, documents.items[0], &terms));
    assert_int_equal(terms.count, 1);
    assert_text(terms.items[0]->code, "a");
    ok(f->s, document_terms(f->s, documents.items[1], &terms));
    assert_int_equal(terms.count, 1);
    assert_text(terms.items[0]->code, "b");
    assert_statements(f, 2);

    ar_session_clear(f->s);
    struct term_query *by_term = term_query(f->s);
    struct term_list all;
    ar_query_plan(by_term, AR_PLAN_ONE_TRIP);
    term_order_by(by_term, ar_asc(term_column.code));
    (void)term_with_documents(by_term);
    ok(f->s, term_all(by_term, &all));
    ok(f->s, term_documents(f->s, all.items[1], &documents));
    assert_int_equal(documents.count, 2);
    assert_statements(f, 2);
}

/* S-170: ar_create_tables creates the join table, which refuses duplicates and unknown keys. */
static void test_s170_join_table(void **state)
{
    struct fixture *f = *state;
    given_skills(f);
    fails(f->s, AR_CONSTRAINT, ar_execute(f->s, "INSERT INTO worker_skills (worker_id, skill_id) VALUES (1, 1)"));
    fails(f->s, AR_CONSTRAINT, ar_execute(f->s, "INSERT INTO worker_skills (worker_id, skill_id) VALUES (1, 9)"));
    ok(f->s, ar_create_tables(f->s, &skill_model, &worker_model));
    struct worker *ann;
    struct skill_list skills;
    ok(f->s, worker_find(f->s, 1, &ann));
    ok(f->s, worker_skills(f->s, ann, &skills));
    assert_int_equal(skills.count, 2);
}

/* S-170: a deleted skill or worker is in no list. */
static void test_s170_deleted(void **state)
{
    struct fixture *f = *state;
    given_skills(f);
    struct worker_list workers = all_workers(f);
    struct skill_list skills;
    ok(f->s, worker_skills(f->s, workers.items[0], &skills));
    ok(f->s, skill_delete(f->s, skills.items[0]));
    ok(f->s, worker_skills(f->s, workers.items[0], &skills));
    assert_text(skill_names(&skills), "SQL");
    struct worker_list with_sql;
    struct skill *sql = skills.items[0];
    ok(f->s, skill_workers(f->s, sql, &with_sql));
    assert_text(worker_names(&with_sql), "Ann Bob");
    ok(f->s, worker_delete(f->s, workers.items[0]));
    ok(f->s, skill_workers(f->s, sql, &with_sql));
    assert_text(worker_names(&with_sql), "Bob");
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_skills, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s168_both_sides), story(test_s168_other_loads), story(test_s168_itself),  story(test_s169_keys),
        story(test_s169_limited),    story(test_s170_join_table),  story(test_s170_deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
