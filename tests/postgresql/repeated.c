/* Every kind of write runs again if the types of its columns change after its statements were prepared: the transaction
 * that the runtime began is rolled back, and nothing is done twice. */
#include "depot.ar.h"
#include "server.h"

#include <stdio.h>

static const struct ar_model *const models[] = {&depot_model, &crate_model, &scale_model, &clerk_model};

/* The records of a test. */
struct rows {
    struct depot *depots[2];
    struct crate crate;
    bool is_deleted; /* the crate */
    struct scale scale;
    struct clerk clerk;
    int32_t number; /* of the next crate */
};

enum ar_status visit_clerk(struct ar_session *s, struct clerk *clerk)
{
    (void)s;
    clerk->visits++;
    return AR_OK;
}

static int open_depots(void **state)
{
    if (fixture_open_with(state, server_url(""), NULL, models, sizeof models / sizeof *models) != 0)
        return -1;
    return 0;
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

static enum ar_status insert_crate(struct ar_session *s, struct rows *rows)
{
    rows->crate = (struct crate){.depot_id = rows->depots[0]->id, .number = ++rows->number};
    return crate_insert(s, &rows->crate);
}

static enum ar_status move_crate(struct ar_session *s, struct rows *rows)
{
    bool is_first = rows->crate.depot_id == rows->depots[0]->id;
    rows->crate.depot_id = rows->depots[is_first ? 1 : 0]->id;
    return crate_update(s, &rows->crate);
}

static enum ar_status delete_and_restore_crate(struct ar_session *s, struct rows *rows)
{
    rows->is_deleted = !rows->is_deleted;
    return rows->is_deleted ? crate_delete(s, &rows->crate) : crate_restore(s, &rows->crate);
}

static enum ar_status insert_crates(struct ar_session *s, struct rows *rows)
{
    struct crate crates[2] = {{.depot_id = rows->depots[1]->id, .number = rows->number + 1},
                              {.depot_id = rows->depots[1]->id, .number = rows->number + 2}};
    rows->number += 2;
    return crate_insert_many(s, crates, 2);
}

static enum ar_status upsert_crates(struct ar_session *s, struct rows *rows)
{
    static const struct ar_column *const nothing[] = {NULL};
    const struct ar_upsert how = {.by = crate_column.number.column, .update = nothing};
    struct crate crates[2] = {{.depot_id = rows->depots[1]->id, .number = rows->number},
                              {.depot_id = rows->depots[1]->id, .number = rows->number + 1}};
    rows->number++;
    return crate_upsert_many(s, crates, 2, &how, NULL, NULL);
}

static enum ar_status save_graph(struct ar_session *s, struct rows *rows)
{
    struct ar_graph graph = ar_graph_start(s);
    struct depot depot = {0};
    struct crate crates[2] = {{.number = rows->number + 1}, {.number = rows->number + 2}};
    rows->number += 2;
    crate_set_depot(&graph, &crates[0], &depot);
    crate_set_depot(&graph, &crates[1], rows->depots[0]);
    return ar_graph_save(&graph);
}

static enum ar_status add_crate(struct ar_session *s, struct rows *rows)
{
    struct crate *crates[] = {&rows->crate};
    bool is_first = rows->crate.depot_id == rows->depots[0]->id;
    return depot_crates_add(s, rows->depots[is_first ? 1 : 0], crates, 1, NULL);
}

static enum ar_status insert_scale(struct ar_session *s, struct rows *rows)
{
    rows->scale = (struct scale){.grams = 5};
    return scale_insert(s, &rows->scale);
}

static enum ar_status update_scale(struct ar_session *s, struct rows *rows)
{
    rows->scale.grams++;
    enum ar_status status = scale_update(s, &rows->scale);
    return status == AR_OK && rows->scale.doubled != 2 * rows->scale.grams ? AR_MISUSE : status;
}

static enum ar_status assign_scale(struct ar_session *s, struct rows *rows)
{
    int32_t before = rows->scale.grams;
    enum ar_status status = scale_assign(s, &rows->scale, ar_add(scale_column.grams, 1));
    return status == AR_OK && rows->scale.grams != before + 1 ? AR_MISUSE : status;
}

static enum ar_status insert_clerk(struct ar_session *s, struct rows *rows)
{
    rows->clerk = (struct clerk){.name = "Ann"};
    return clerk_insert(s, &rows->clerk);
}

static enum ar_status update_clerk(struct ar_session *s, struct rows *rows)
{
    int32_t before = rows->clerk.visits;
    rows->clerk.name = rows->clerk.name[0] == 'A' ? "Bob" : "Ann";
    enum ar_status status = clerk_update(s, &rows->clerk);
    return status == AR_OK && rows->clerk.visits != before + 1 ? AR_MISUSE : status;
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum ar_status (*run)(struct ar_session *s, struct rows *rows);
} writes[] = {
    {"insert a crate", insert_crate},
    {"move a crate", move_crate},
    {"delete or restore a crate", delete_and_restore_crate},
    {"insert crates", insert_crates},
    {"upsert crates", upsert_crates},
    {"save a graph", save_graph},
    {"insert a crate", insert_crate},
    {"add a crate to a depot", add_crate},
    {"insert a scale", insert_scale},
    {"update a scale", update_scale},
    {"assign to a scale", assign_scale},
    {"insert a clerk", insert_clerk},
    {"update a clerk", update_clerk},
};

static struct administrator administrator;

static int open_administrator(void **state)
{
    (void)state;
    administrator_open(&administrator);
    return 0;
}

static int close_administrator(void **state)
{
    (void)state;
    administrator_close(&administrator);
    return 0;
}

/* Change the types of columns that the writes return, by a connection that is not one of the pool. */
static void alter_tables(bool to_wide)
{
    static const char *const columns[][2] = {{"crates", "id"},          {"crates", "depot_id"}, {"depots", "id"},
                                             {"depots", "crate_count"}, {"scales", "id"},       {"scales", "doubled"},
                                             {"clerks", "id"},          {"clerks", "doubled"}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "ALTER TABLE %s ALTER %s TYPE %s", columns[i][0], columns[i][1],
                 to_wide ? "bigint" : "integer");
        ok(administrator.s, ar_execute(administrator.s, sql));
    }
}

/* The counters are those of the rows. */
static void assert_counted(struct fixture *f)
{
    struct depot_list depots;
    ar_session_clear(f->other);
    ok(f->other, depot_all(depot_query(f->other), &depots));
    for (size_t i = 0; i < depots.count; i++) {
        int64_t count;
        ok(f->other, crate_count(depot_crates_query(f->other, depots.items[i]), &count));
        assert_int_equal(depots.items[i]->crate_count, count);
    }
}

static void test_writes(void **state)
{
    struct fixture *f = *state;
    struct rows rows = {.number = 0};
    for (int i = 0; i < 2; i++) {
        struct depot depot = {0};
        add_row(f, &depot_model, &depot);
        ok(f->s, depot_find(f->s, depot.id, &rows.depots[i]));
    }
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        for (int turn = 0; turn < 4; turn++) {
            const size_t usual = turn > 0 ? f->reasons[AR_REASON_TRANSACTION] : 0;
            if (turn == 2)
                alter_tables(i % 2 == 1);
            reset_statements(f);
            ok(f->s, writes[i].run(f->s, &rows));
            if (turn == 2 && f->reasons[AR_REASON_TRANSACTION] <= usual)
                fail_msg("%s: the transaction was not begun again", writes[i].name);
            assert_counted(f);
        }
    }
    int64_t count;
    ok(f->other, crate_count(crate_query(f->other), &count));
    assert_int_equal(count, rows.number);
    ok(f->other, clerk_count(clerk_query(f->other), &count));
    assert_int_equal(count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_writes, open_depots, fixture_close)};
    return cmocka_run_group_tests_name("repeated", tests, open_administrator, close_administrator);
}
