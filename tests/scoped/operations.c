/* The operations of the property test. Each draws its arguments, calls functions of the runtime in the scoped session,
 * and checks what they return; the test checks the other tenants' rows after each one. entry_points checks that every
 * exported function is called here or is in entry_points.exempt. */
#include "property.h"

#include <string.h>

/* ---- Single records ---------------------------------------------------------------------------------------------- */

static void find(struct world *w, bool locks)
{
    const struct ar_model *model = draw_model(w);
    struct ar_value key[AR_KEY_COLUMNS_MAX];
    enum ar_status status;
    void *record;

    draw_key(w, model, key);
    status =
        locks ? ar_record_find_for_update(w->f->s, model, key, &record) : ar_record_find(w->f->s, model, key, &record);
    expect_refused(w, status);
    check_record(w, model, record);
    if (w->names_other && !locks)
        assert_int_equal(status, AR_MISUSE);
}

static void run_find(struct world *w)
{
    find(w, false);
}

static void run_find_for_update(struct world *w)
{
    find(w, true);
}

/* Call a function with a struct of any tenant, or with a record of the session whose tenant is changed. */
static void write_one(struct world *w, enum ar_status (*call)(struct ar_session *, const struct ar_model *, void *))
{
    const struct ar_model *model = draw_model(w);
    void *record = draw_record(w, model), *own = NULL;
    struct ar_value key[AR_KEY_COLUMNS_MAX];

    if (draw(w, 2) == 0) {
        w->names_other = false;
        for (size_t i = 0; i < model->key_count; i++)
            key[i] = ar_value_integer(&model->columns[model->key[i]] == model->shard_key ? w->tenant
                                                                                         : (int64_t)draw(w, IDS) + 1);
        if (ar_record_find(w->f->s, model, key, &own) == AR_OK && draw(w, 2) == 0) {
            int64_t other = draw_tenant(w);
            memcpy((char *)own + model->shard_key->offset, &other, sizeof other);
        }
        record = own != NULL ? own : record;
    }
    expect_refused(w, call(w->f->s, model, record));
    if (own != NULL) { /* a record that the program has spoiled */
        w->names_other = false;
        memcpy((char *)own + model->shard_key->offset, &w->tenant, sizeof w->tenant);
    }
}

static void run_insert(struct world *w)
{
    write_one(w, ar_record_insert);
}

static void run_save(struct world *w)
{
    write_one(w, ar_record_save);
}

static void run_update(struct world *w)
{
    write_one(w, ar_record_update);
}

static void run_reload(struct world *w)
{
    write_one(w, ar_record_reload);
}

static enum ar_status delete_record(struct ar_session *s, const struct ar_model *model, void *record)
{
    return ar_record_delete(s, model, record);
}

static void run_delete(struct world *w)
{
    write_one(w, delete_record);
}

static void run_erase(struct world *w)
{
    struct note *note = draw_record(w, &note_model);

    expect_refused(w, ar_record_erase(w->f->s, &note_model, note));
}

static void run_restore(struct world *w)
{
    struct note *note = draw_record(w, &note_model);

    expect_refused(w, ar_record_restore(w->f->s, &note_model, note));
}

static void run_assign(struct world *w)
{
    const struct ar_assignment set = ar_add(issue_column.points, 1);

    expect_refused(w, ar_record_assign(w->f->s, &issue_model, draw_record(w, &issue_model), &set));
}

static void run_upsert(struct world *w)
{
    const struct ar_model *model = draw_model(w);
    const struct ar_upsert ignore = {.ignore = true};

    expect_refused(w, ar_record_upsert(w->f->s, model, draw_record(w, model), draw(w, 2) == 0 ? &ignore : NULL, NULL));
}

/* ---- Many records ------------------------------------------------------------------------------------------------ */

enum { MANY = 20 };

/* Fill an array of issues with keys that are mostly new, mostly of the tenant. */
static size_t draw_issues(struct world *w, struct issue *issues)
{
    size_t count = 1 + draw(w, MANY);

    for (size_t i = 0; i < count; i++) {
        issues[i] = (struct issue){.tenant_id = draw(w, 2) == 0 ? 0 : w->tenant,
                                   .id = 100 + (int64_t)draw(w, 1000),
                                   .project_id = (int64_t)draw(w, IDS),
                                   .title = text_of(w, w->tenant),
                                   .points = (int32_t)(1000 * w->tenant)};
        if (draw(w, 60) == 0)
            issues[i].tenant_id = 1 + (int64_t)draw(w, TENANT_COUNT);
        w->names_other = w->names_other || (issues[i].tenant_id != 0 && issues[i].tenant_id != w->tenant);
    }
    return count;
}

static void run_insert_many(struct world *w)
{
    struct issue issues[MANY];
    size_t count = draw_issues(w, issues);

    expect_refused(w, ar_record_insert_many(w->f->s, &issue_model, issues, count));
}

static void run_upsert_many(struct world *w)
{
    struct issue issues[MANY];
    size_t count = draw_issues(w, issues);
    const struct ar_upsert ignore = {.ignore = true};

    expect_refused(w, ar_record_upsert_many(w->f->s, &issue_model, issues, count, &ignore, NULL, NULL));
}

static void run_graph(struct world *w)
{
    struct ar_graph graph = {.session = w->f->s};
    struct project *project = draw_record(w, &project_model);
    struct issue *issue = draw_record(w, &issue_model), *child = draw_record(w, &issue_model);
    struct comment *comment = draw_record(w, &comment_model);

    ar_graph_put(&graph, &issue_model, issue);
    if (draw(w, 2) == 0)
        ar_graph_put(&graph, &project_model, project);
    ar_graph_set(&graph, &issue_project_relation, issue, project);
    ar_graph_set(&graph, &issue_parent_relation, child, issue);
    ar_graph_set(&graph, &comment_issue_relation, comment, issue);
    expect_refused(w, ar_graph_save(&graph));
}

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* A query with random parts, and the same one for the other session, with the tenant as a condition. */
struct pair {
    const struct ar_model *model;
    struct ar_query *q, *expected;
};

static struct pair draw_query(struct world *w)
{
    struct pair pair = {.model = draw_model(w)};

    pair.q = ar_query_open(w->f->s, pair.model);
    pair.expected = ar_query_open(w->f->other, pair.model);
    for (uint64_t i = draw(w, 3); i > 0; i--) {
        const struct ar_condition condition = draw_condition(w, pair.model, 3);
        ar_query_where(pair.q, &condition);
        ar_query_where(pair.expected, &condition);
    }
    const struct ar_condition own = ar_condition_of(AR_OP_EQ, pair.model->shard_key, ar_value_integer(w->tenant));
    ar_query_where(pair.expected, &own);
    if (draw(w, 3) == 0) {
        ar_query_with_deleted(pair.q);
        ar_query_with_deleted(pair.expected);
    }
    return pair;
}

/* Add an order, a limit, columns, relations: whatever does not change which rows may be returned. */
static void draw_parts(struct world *w, const struct pair *pair)
{
    const struct ar_model *model = pair->model;
    const struct ar_column *columns[] = {&model->columns[model->column_count - 1]};

    if (draw(w, 2) == 0)
        ar_query_order_by(pair->q, ar_order_of(&model->columns[draw(w, model->column_count)], draw(w, 2) == 0));
    if (draw(w, 4) == 0)
        ar_query_limit(pair->q, draw(w, 5));
    if (draw(w, 6) == 0)
        ar_query_offset(pair->q, draw(w, 3));
    if (draw(w, 6) == 0)
        ar_query_only(pair->q, columns, 1);
    if (draw(w, 6) == 0)
        ar_query_strict(pair->q);
    ar_query_plan(pair->q, (enum ar_plan)draw(w, 3));
    if (draw(w, 8) == 0)
        ar_query_for_update(pair->q);
    if (draw(w, 8) == 0)
        ar_query_lock(pair->q, AR_LOCK_SHARE, AR_LOCK_NOWAIT);
    if (draw(w, 6) == 0)
        ar_query_after(pair->q, draw_record(w, model));
    else if (draw(w, 6) == 0)
        ar_query_before(pair->q, draw_record(w, model));
}

/* Eager-load a random tree below the query. */
static void draw_tree(struct world *w, struct ar_query *q, const struct ar_model *model, unsigned depth)
{
    for (uint64_t i = draw(w, 3); i > 0 && depth > 0 && model->relation_count > 0; i--) {
        const struct ar_relation *relation = model->relations[draw(w, model->relation_count)];
        struct ar_query *child = ar_query_with_relation(q, relation);
        if (draw(w, 4) == 0) {
            bool before = w->names_other;
            const struct ar_condition condition = draw_condition(w, relation->target, 2);
            ar_query_where(child, &condition);
            w->names_other = before; /* without rows above, it is not run */
        }
        if (draw(w, 6) == 0)
            ar_query_limit(child, 1 + draw(w, 2));
        if (draw(w, 4) == 0)
            (void)ar_query_with_aggregate(q, relation, ar_count());
        draw_tree(w, child, relation->target, depth - 1);
    }
    if (model == &remark_model && draw(w, 2) == 0)
        ar_query_with_union(q, &remark_subject_union);
}

/* Check every relation of a record that is loaded, or loads lazily. */
static void walk(struct world *w, const struct ar_model *model, const void *record, unsigned depth)
{
    for (size_t i = 0; i < model->relation_count && depth > 0 && record != NULL; i++) {
        const struct ar_relation *relation = model->relations[i];
        struct ar_list list = {0};
        void *one = NULL;
        bool is_list = relation->kind == AR_RELATION_HAS_MANY || relation->kind == AR_RELATION_HAS_MANY_THROUGH ||
                       relation->kind == AR_RELATION_MANY_TO_MANY;
        enum ar_status status = is_list ? ar_relation_list(w->f->s, relation, record, &list)
                                        : ar_relation_one(w->f->s, relation, record, &one);
        if (status != AR_OK)
            continue;
        check_list(w, relation->target, list);
        check_record(w, relation->target, one);
        if (list.count > 0)
            walk(w, relation->target, list.items[draw(w, list.count)], depth - 1);
        walk(w, relation->target, one, depth - 1);
    }
}

static void run_all(struct world *w)
{
    struct pair pair = draw_query(w);
    struct ar_list list;

    draw_parts(w, &pair);
    draw_tree(w, pair.q, pair.model, 3);
    expect_refused(w, ar_query_all(pair.q, &list));
    check_list(w, pair.model, list);
    if (list.count > 0)
        walk(w, pair.model, list.items[draw(w, list.count)], 2);
}

/* By name, as a program that knows its paths at run time only. */
static void run_with(struct world *w)
{
    static const char *const paths[] = {"issues.comments", "issues.labels.issues", "issues.parent", "comments.issue"};
    struct ar_query *q = ar_query_open(w->f->s, &project_model);
    struct ar_list list;

    expect_refused(w, ar_query_with(q, paths[draw(w, 4)]));
    expect_refused(w, ar_query_all(q, &list));
    check_list(w, &project_model, list);
    if (list.count > 0)
        walk(w, &project_model, list.items[0], 3);
}

static void run_first_and_one(struct world *w)
{
    struct pair pair = draw_query(w);
    void *record;
    enum ar_status status;

    draw_parts(w, &pair);
    status = draw(w, 2) == 0 ? ar_query_first(pair.q, &record) : ar_query_one(pair.q, &record);
    expect_refused(w, status);
    check_record(w, pair.model, record);
}

static void run_count(struct world *w)
{
    struct pair pair = draw_query(w);
    int64_t count, expected;
    bool exists;
    enum ar_status status = ar_query_count(pair.q, &count);

    expect_refused(w, status);
    expect_refused(w, ar_query_exists(pair.q, &exists));
    if (status != AR_OK) {
        assert_int_equal(count, 0);
        return;
    }
    ok(w->f->other, ar_query_count(pair.expected, &expected));
    assert_int_equal(count, expected);
    assert_int_equal(exists, expected > 0);
}

static void run_aggregate(struct world *w)
{
    struct ar_query *q = ar_query_open(w->f->s, &issue_model);
    const struct ar_condition condition = draw_condition(w, &issue_model, 2);
    enum ar_aggregate aggregate = draw(w, 2) == 0 ? AR_AGGREGATE_MIN : AR_AGGREGATE_MAX;
    struct ar_value value;

    ar_query_where(q, &condition);
    expect_refused(w, ar_query_aggregate(q, aggregate, issue_column.points.column, &value));
    if (value.kind == AR_VALUE_INTEGER && value.integer != 0 && value.integer / 1000 != w->tenant)
        fail_msg("tenant %d got points %d", (int)w->tenant, (int)value.integer);
}

static enum ar_status take_chunk(struct ar_session *s, const struct ar_list *list, void *payload)
{
    struct world *w = payload;
    struct ar_value key[2] = {ar_value_integer(draw_tenant(w)), ar_value_integer(1)};
    void *record;

    check_list(w, &issue_model, *list);
    if (draw(w, 3) == 0)
        ar_each_stop(s);
    expect_refused(w, ar_record_find(s, &issue_model, key, &record));
    check_record(w, &issue_model, record);
    w->names_other = false;
    return AR_OK;
}

static void run_each(struct world *w)
{
    struct ar_query *q = ar_query_open(w->f->s, &issue_model);

    expect_refused(w, ar_query_each(q, 1 + draw(w, 4), take_chunk, w));
}

static void run_explain(struct world *w)
{
    struct pair pair = draw_query(w);
    const char *text;

    draw_tree(w, pair.q, pair.model, 2);
    if (ar_explain(pair.q, &text) == AR_OK)
        assert_non_null(text);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* Owners may be of any tenant: then nothing may come back. */
static void run_relation(struct world *w)
{
    const struct ar_relation *relation = draw_relation(w);
    void *owner = draw_record(w, relation->owner), *one;
    struct ar_list list;
    struct ar_value value;
    int64_t count;
    bool exists;

    w->refused += ar_relation_list(w->f->s, relation, owner, &list) == AR_MISUSE;
    check_list(w, relation->target, list);
    w->refused += ar_relation_one(w->f->s, relation, owner, &one) == AR_MISUSE;
    check_record(w, relation->target, one);
    if (w->names_other && (list.count > 0 || one != NULL))
        fail_msg("%s: an owner of another tenant has related records", w->call);
    w->refused += ar_relation_count(w->f->s, relation, owner, &count) == AR_MISUSE;
    w->refused += ar_relation_exists(w->f->s, relation, owner, &exists) == AR_MISUSE;
    w->refused += ar_relation_aggregate(w->f->s, relation, owner, ar_count(), &value) == AR_MISUSE;
    if (w->names_other)
        assert_true(count == 0 && !exists && (value.kind == AR_VALUE_NULL || value.integer == 0));
}

static void run_load(struct world *w)
{
    const struct ar_relation *relation = draw_relation(w);
    const void *owners[3];
    struct ar_list list;

    for (size_t i = 0; i < 3; i++)
        owners[i] = draw_record(w, relation->owner);
    w->refused += ar_relation_load(w->f->s, relation, owners, 3) == AR_MISUSE;
    w->refused += ar_relation_load_aggregate(w->f->s, relation, owners, 3, ar_count()) == AR_MISUSE;
    if (ar_relation_list(w->f->s, relation, owners[0], &list) == AR_OK)
        check_list(w, relation->target, list);
    ar_relation_clear(w->f->s, relation, owners[0]);
    ar_relation_clear_all(w->f->s, relation->owner, owners[1]);
}

static void run_relation_query(struct world *w)
{
    const struct ar_relation *relation = draw_relation(w);
    struct ar_query *q = ar_query_relation(w->f->s, relation, draw_record(w, relation->owner));
    struct ar_list list;
    int64_t count, changed = 0;

    w->refused += ar_query_count(q, &count) == AR_MISUSE;
    w->refused += ar_query_all(q, &list) == AR_MISUSE;
    check_list(w, relation->target, list);
    if (w->names_other)
        assert_true(count == 0 && list.count == 0);
    if (draw(w, 8) == 0)
        w->refused += ar_query_delete_all(q, &changed) == AR_MISUSE;
    if (w->names_other)
        assert_int_equal(changed, 0);
}

static void run_follow(struct world *w)
{
    const struct ar_relation *relation = draw(w, 2) == 0 ? &issue_children_relation : &issue_parent_relation;
    const void *owner = draw_record(w, &issue_model);
    struct ar_list list;

    w->refused += ar_relation_follow(w->f->s, relation, &owner, 1, (unsigned)draw(w, 4), &list) == AR_MISUSE;
    check_list(w, &issue_model, list);
    if (w->names_other)
        assert_int_equal(list.count, 0);
}

static void run_link(struct world *w)
{
    const struct ar_relation *relation = &project_comments_relation;
    void *owner = draw_record(w, &project_model), *link;
    struct ar_list list;

    w->refused += ar_relation_links(w->f->s, relation, owner, &list) == AR_MISUSE;
    check_list(w, &issue_model, list);
    w->refused += ar_relation_link(w->f->s, relation, owner, &link) == AR_MISUSE;
    check_record(w, &issue_model, link);
    if (w->names_other)
        assert_true(list.count == 0 && link == NULL);
}

static void run_union(struct world *w)
{
    struct remark *remark = draw_record(w, &remark_model);
    const void *remarks[] = {remark};
    void *target;
    size_t kind;

    w->refused += ar_union_get(w->f->s, &remark_subject_union, remark, &kind, &target) == AR_MISUSE;
    if (kind > 0)
        check_record(w, kind == 1 ? &note_model : &comment_model, target);
    if (w->names_other)
        assert_null(target);
    w->refused += ar_union_load(w->f->s, &remark_subject_union, remarks, 1) == AR_MISUSE;
    ar_union_clear(w->f->s, &remark_subject_union, remark);
    if (ar_union_set(w->f->s, &remark_subject_union, remark, 1, draw_record(w, &note_model)) != AR_OK)
        return;
    w->names_other = remark->tenant_id != 0 && remark->tenant_id != w->tenant; /* that of the note */
    remark->text = text_of(w, w->tenant);
    expect_refused(w, ar_record_save(w->f->s, &remark_model, remark));
}

static void run_change_relation(struct world *w)
{
    static const struct ar_relation *const lists[] = {&issue_children_relation, &issue_labels_relation,
                                                      &label_issues_relation, &project_issues_relation};
    const struct ar_relation *relation = lists[draw(w, 4)];
    enum ar_removal removal = draw(w, 4) == 0 ? AR_REMOVE_DELETE : AR_REMOVE_UNLINK;
    const void *owner = draw_record(w, relation->owner);
    void *records[3], *built = draw_record(w, relation->target);
    enum ar_status status;

    for (size_t i = 0; i < 3; i++)
        records[i] = draw_record(w, relation->target);
    switch (draw(w, 4)) {
    case 0:
        status = ar_relation_add(w->f->s, relation, owner, records, 1 + draw(w, 3), NULL);
        break;
    case 1:
        status = ar_relation_remove(w->f->s, relation, owner, records, 1 + draw(w, 3), removal, NULL);
        break;
    case 2:
        status = ar_relation_replace(w->f->s, relation, owner, records, draw(w, 4), removal, NULL);
        break;
    default:
        status = relation != &issue_labels_relation && relation != &label_issues_relation
                     ? ar_relation_build(w->f->s, relation, owner, built)
                     : AR_MISUSE;
        if (status == AR_OK)
            status = ar_record_insert(w->f->s, relation->target, built);
    }
    w->refused += status == AR_MISUSE;
    w->allowed += status == AR_OK;
}

static void run_recount(struct world *w)
{
    const void *projects[] = {draw_record(w, &project_model)};
    bool all = draw(w, 2) == 0;
    enum ar_status status;

    w->names_other = w->names_other && !all;
    status = ar_relation_recount(w->f->s, &issue_project_relation, all ? NULL : projects, all ? 0 : 1);
    expect_refused(w, status);
}

/* ---- Changes of all rows ----------------------------------------------------------------------------------------- */

static void run_update_all(struct world *w)
{
    struct ar_query *q = ar_query_open(w->f->s, &issue_model);
    const struct ar_condition condition = draw_condition(w, &issue_model, 2);
    struct ar_assignment set = ar_set(issue_column.title, text_of(w, w->tenant));
    int64_t changed;

    ar_query_where(q, &condition);
    if (draw(w, 3) == 0)
        ar_query_limit(q, 2);
    if (draw(w, 4) == 0)
        set = ar_set(issue_column.tenant_id, draw_tenant(w));
    expect_refused(w, ar_query_update_all(q, &set, &changed));
}

static void run_delete_all(struct world *w)
{
    const struct ar_model *model = draw(w, 2) == 0 ? &note_model : &remark_model;
    struct ar_query *q = ar_query_open(w->f->s, model);
    const struct ar_condition condition = draw_condition(w, model, 2);
    int64_t changed;

    ar_query_where(q, &condition);
    if (draw(w, 3) == 0)
        ar_query_limit(q, 1);
    expect_refused(w, draw(w, 2) == 0 ? ar_query_delete_all(q, &changed) : ar_query_erase_all(q, &changed));
}

/* ---- User SQL ---------------------------------------------------------------------------------------------------- */

/* The arguments are passed as the generated functions pass them. */
static void run_statements(struct world *w)
{
    const struct {
        int32_t points;
    } above = {.points = 0};
    const struct {
        int64_t id;
    } numbered = {.id = 1 + (int64_t)draw(w, IDS)};
    const struct {
        int64_t id;
        const char *title;
    } retitle = {.id = 3, .title = text_of(w, w->tenant)};
    struct ar_query *q = ar_statement_query(w->f->s, &issues_above_statement, &above);
    struct ar_list list;
    const char *text;
    void *record;
    int64_t changed;

    expect_refused(w, ar_statement_all(w->f->s, &issues_above_statement, &above, &list));
    check_list(w, &issue_model, list);
    expect_refused(w, ar_statement_one(w->f->s, &issue_numbered_statement, &numbered, &record));
    check_record(w, &issue_model, record);
    expect_refused(w, ar_statement_run(w->f->s, &retitle_issues_statement, &retitle, &changed));
    draw_tree(w, q, &issue_model, 2);
    expect_refused(w, ar_query_all(q, &list));
    check_list(w, &issue_model, list);
    expect_refused(w, ar_statement_explain(w->f->s, &issues_above_statement, &above, &text));
}

/* Statements of all tenants, and one that forgets its own. */
static void run_careless_statements(struct world *w)
{
    struct ar_list list;
    int64_t changed;

    w->names_other = true;
    expect_refused(w, ar_statement_all(w->f->s, &issues_of_all_statement, NULL, &list));
    assert_int_equal(list.count, 0);
    expect_refused(w, ar_query_all(ar_statement_query(w->f->s, &issues_of_all_statement, NULL), &list));
    expect_refused(w, ar_statement_run(w->f->s, &clear_points_statement, NULL, &changed));
    expect_refused(w, ar_statement_all(w->f->s, &careless_issues_statement, NULL, &list));
    assert_int_equal(list.count, 0);
    expect_refused(w, ar_execute(w->f->s, "DELETE FROM remarks"));
    expect_refused(w, ar_execute_with(w->f->s, "DELETE FROM remarks -- :scope", NULL, 0, &changed));
    expect_refused(w, ar_sql_all(w->f->s, &issue_model, "SELECT * FROM issues", NULL, 0, &list));
    assert_int_equal(list.count, 0);
}

static void run_dynamic(struct world *w)
{
    const struct ar_value values[] = {ar_value_integer((int64_t)draw(w, IDS))};
    struct ar_list list;
    int64_t changed;

    expect_refused(w, ar_sql_all(w->f->s, &issue_model, "SELECT * FROM issues WHERE tenant_id = :scope AND id > $1",
                                 values, 1, &list));
    check_list(w, &issue_model, list);
    expect_refused(w, ar_execute_with(w->f->s, "UPDATE notes SET deleted_at = NULL WHERE tenant_id=:scope AND id = $1",
                                      values, 1, &changed));
}

/* ---- Transactions and sessions ----------------------------------------------------------------------------------- */

static enum ar_status change_and_fail(struct ar_session *s, void *payload)
{
    struct world *w = payload;
    void *record = draw_record(w, &issue_model);
    enum ar_status status = ar_record_save(s, &issue_model, record);

    expect_refused(w, status);
    if (status == AR_OK)
        (void)ar_record_is_loaded(s, &issue_model, record, issue_column.title.column);
    return draw(w, 2) == 0 ? AR_INVALID : status;
}

static void run_transaction(struct world *w)
{
    const struct ar_transaction_options options = {.isolation = AR_ISOLATION_REPEATABLE_READ};
    enum ar_status status = draw(w, 2) == 0 ? ar_transaction(w->f->s, change_and_fail, w)
                                            : ar_transaction_with(w->f->s, &options, change_and_fail, w);

    w->allowed += status == AR_OK;
}

/* Begin a transaction and do several things in it; what fails may end it. */
static void run_in_transaction(struct world *w)
{
    const struct ar_transaction_options options = {.isolation = AR_ISOLATION_SERIALIZABLE};
    enum ar_status status = draw(w, 2) == 0 ? ar_begin(w->f->s) : ar_begin_with(w->f->s, &options);

    for (uint64_t i = draw(w, 4); i > 0 && status == AR_OK; i--) {
        w->names_other = false;
        if (draw(w, 2) == 0)
            run_save(w);
        else
            run_find_for_update(w);
    }
    if (status != AR_OK)
        return;
    status = draw(w, 2) == 0 ? ar_commit(w->f->s) : ar_rollback(w->f->s);
    if (status != AR_OK)
        ok(w->f->s, ar_rollback(w->f->s));
}

static void run_clear(struct world *w)
{
    ar_session_clear(w->f->s);
}

/* Open the session of another tenant, with other options. */
static void run_reopen(struct world *w)
{
    w->tenant = 1 + (int64_t)draw(w, TENANT_COUNT);
    reopen_session(w->f, (struct ar_session_options){
                             .scope = ar_scope(w->tenant),
                             .one_shard = draw(w, 2) == 0,
                             .read_only = draw(w, 6) == 0,
                             .snapshot = draw(w, 6) == 0,
                             .strict = draw(w, 6) == 0,
                             .load_one = draw(w, 6) == 0,
                             .cache_off = draw(w, 6) == 0,
                             .delete_chunk = (unsigned)draw(w, 3),
                         });
    remember_others(w);
}

const struct operation operations[] = {
    {"find", run_find},
    {"find for update", run_find_for_update},
    {"insert", run_insert},
    {"save", run_save},
    {"update", run_update},
    {"reload", run_reload},
    {"delete", run_delete},
    {"erase", run_erase},
    {"restore", run_restore},
    {"assign", run_assign},
    {"upsert", run_upsert},
    {"insert many", run_insert_many},
    {"upsert many", run_upsert_many},
    {"graph", run_graph},
    {"all", run_all},
    {"relations by name", run_with},
    {"first and one", run_first_and_one},
    {"count", run_count},
    {"aggregate", run_aggregate},
    {"each", run_each},
    {"explain", run_explain},
    {"relation", run_relation},
    {"load", run_load},
    {"query of a relation", run_relation_query},
    {"hierarchy", run_follow},
    {"links", run_link},
    {"union", run_union},
    {"change of a relation", run_change_relation},
    {"recount", run_recount},
    {"update_all", run_update_all},
    {"delete_all", run_delete_all},
    {"statements", run_statements},
    {"careless statements", run_careless_statements},
    {"dynamic SQL", run_dynamic},
    {"transaction", run_transaction},
    {"in a transaction", run_in_transaction},
    {"clear", run_clear},
    {"reopen", run_reopen},
};

const size_t operation_count = sizeof operations / sizeof *operations;
