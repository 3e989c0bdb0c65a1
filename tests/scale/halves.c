/* Does a tree see one state of the database, if its rows are on different servers? Parts of the reserves of
 * organisations become budgets of projects of other organisations, and back, while all are read as one tree. Their sum
 * never changes in the database. */
#include "scale.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READS = 700 };

static _Atomic bool is_read; /* all reads are done */

static int open_tenants(void **state)
{
    int result = fixture_open_file(state, &organisation_model, &person_model, &project_model, &transfer_model,
                                   &kind_model, &issue_model, &label_model, &issue_label_model, &comment_model);
    struct fixture *f = *state;

    for (int64_t tenant_id = 1; tenant_id <= TENANTS && result == 0; tenant_id++) {
        struct organisation organisation = {.tenant_id = tenant_id, .name = "An organisation", .reserve = BUDGET};
        struct project project = {.tenant_id = tenant_id, .id = 1, .name = "A project", .budget = BUDGET};
        add_row(f, &organisation_model, &organisation);
        add_row(f, &project_model, &project);
    }
    return result;
}

struct move {
    int64_t organisation, project;
    int64_t amount;
};

static enum ar_status move_amount(struct ar_session *s, void *payload)
{
    const struct move *move = payload;
    struct organisation *organisation;
    struct project *project;
    enum ar_status status = organisation_find_for_update(s, move->organisation, &organisation);

    if (status == AR_OK)
        status = project_find_for_update(s, move->project, 1, &project);
    if (status != AR_OK)
        return status;
    organisation->reserve -= move->amount;
    project->budget += move->amount;
    status = organisation_save(s, organisation);
    return status == AR_OK ? project_save(s, project) : status;
}

/* Move amounts until all trees were read. */
static void *move_amounts(void *payload)
{
    struct ar_session *s;
    enum ar_status status = ar_session_open(payload, NULL, &s);

    for (int64_t i = 0; !is_read && status == AR_OK; i++) {
        struct move move = {
            .organisation = 1 + i % TENANTS, .project = 1 + (i + 1) % TENANTS, .amount = i % 2 == 0 ? 1 : -1};
        status = ar_transaction(s, move_amount, &move);
        ar_session_clear(s);
    }
    if (status != AR_OK)
        printf("%s\n", ar_session_error(s)->message);
    ar_session_close(s);
    return NULL;
}

/* Return the sum of all reserves and budgets, read as a tree, or by two queries. */
static int64_t read_sum(struct ar_session *s, bool as_tree)
{
    struct organisation_query *q = organisation_query(s);
    struct organisation_list organisations;
    struct project_list projects;
    int64_t sum = 0;

    if (as_tree)
        (void)organisation_with_projects(q);
    ok(s, organisation_all(q, &organisations));
    assert_int_equal(organisations.count, TENANTS);
    for (size_t i = 0; i < organisations.count; i++) {
        ok(s, organisation_projects(s, organisations.items[i], &projects)); /* not as a tree: a lazy load */
        assert_int_equal(projects.count, 1);
        sum += organisations.items[i]->reserve + projects.items[0]->budget;
    }
    ar_session_clear(s);
    return sum;
}

static int count_halves(struct ar_session *s, bool as_tree)
{
    int halves = 0;

    for (int i = 0; i < READS; i++)
        halves += read_sum(s, as_tree) != (int64_t)2 * TENANTS * BUDGET;
    return halves;
}

static bool is_citus(void)
{
    const char *citus = getenv("ARMATURE_TEST_CITUS_URL"), *url = getenv("ARMATURE_TEST_URL");
    return citus != NULL && url != NULL && strcmp(citus, url) == 0;
}

static void test_s684_trees_see_whole_transfers(void **state)
{
    struct fixture *f = *state;
    pthread_t writer;
    int trees, queries;

    f->is_paused = true; /* its counts are for one thread */
    assert_int_equal(pthread_create(&writer, NULL, move_amounts, f->db), 0);
    trees = count_halves(f->s, true);
    queries = count_halves(f->s, false);
    is_read = true;
    assert_int_equal(pthread_join(writer, NULL), 0);
    printf("half of a transfer was seen by %d of %d trees, and %d of %d pairs of queries\n", trees, READS, queries,
           READS);
    if (!is_citus())
        assert_int_equal(trees, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s684_trees_see_whole_transfers, open_tenants, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
