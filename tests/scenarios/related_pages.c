/* Pages and streams that are sorted by related rows, S-780 to S-783. */
#include "related_pages.ar.h"
#include "support.h"

#include <stdio.h>

enum { TASKS = 14, ORDERS_MAX = 3 };

/* Teams "a" and "B" of one town, "c" without a town, "d", which is deleted; people of each, and one without a team.
 * Tasks of each person, of nobody, and about people and skills. */
static int open_tasks(void **state)
{
    static const char *const codes[] = {"a", "B", "c", "d"}, *const towns[] = {"Rome", "Rome", NULL, "Oslo"};
    static const char *const names[] = {"Ann", NULL, "Eve", "Ann", "Joe", "it's"};

    if (fixture_open(state, &team_model, &person_model, &skill_model, &room_model, &task_model) != 0)
        return -1;
    struct fixture *f = *state;
    for (size_t i = 0; i < 4; i++)
        add_row(f, &team_model, &(struct team){.code = codes[i], .town = towns[i]});
    for (size_t i = 0; i < 6; i++)
        add_row(f, &person_model,
                &(struct person){.team_code = i < 4    ? codes[i]
                                              : i == 4 ? "a"
                                                       : NULL,
                                 .name = names[i],
                                 .weight = 0.1 * (double)(i % 3),
                                 .has_weight = i != 2});
    add_row(f, &skill_model, &(struct skill){.title = "C"});
    add_row(f, &skill_model, &(struct skill){.title = "Ann"});
    for (int64_t i = 0; i < 4; i++)
        add_row(
            f, &room_model,
            &(struct room){.building = 1 + i / 2, .number = 1 + (int32_t)(i % 2), .label = i < 3 ? names[i] : "Zed"});
    for (int64_t i = 0; i < TASKS; i++)
        add_row(f, &task_model,
                &(struct task){.worker_id = i % 7,
                               .about_type = i % 3 == 0   ? "person"
                                             : i % 3 == 1 ? "skill"
                                                          : NULL,
                               .about_id = i % 3 == 2 ? 0 : 1 + i % 2,
                               .building = i % 4 == 3 ? 0 : 1 + i % 2,
                               .room = i % 4 == 3 ? 0 : 1 + (int32_t)(i % 3 == 0),
                               .priority = (int32_t)(i % 2)});
    run_sql(f, "INSERT INTO person_skills (person_id, skill_id) SELECT p.id, s.id FROM people p, skills s"
               " WHERE p.id > s.id + 1");
    ok(f->other, team_delete(f->other, &(struct team){.code = "d"}));
    reset_statements(f);
    return 0;
}

static struct ar_query *open_query(struct fixture *f, const struct ar_model *model, const struct ar_order *orders,
                                   size_t count)
{
    struct ar_query *q = ar_query_open(f->s, model);

    for (size_t i = 0; i < count; i++)
        ar_query_order_by(q, orders[i]);
    return q;
}

static void assert_part(struct fixture *f, struct ar_query *q, const struct ar_list *all, size_t begin, size_t end)
{
    struct ar_list part;

    reset_statements(f);
    ok(f->s, ar_query_all(q, &part));
    assert_statements(f, 1);
    assert_int_equal(part.count, end - begin);
    for (size_t i = 0; i < part.count; i++)
        assert_ptr_equal(part.items[i], all->items[begin + i]);
}

/* The rows after and before each record are those of the whole list, with and without a limit. */
static void assert_pages(struct fixture *f, const struct ar_model *model, const struct ar_order *orders, size_t count)
{
    struct ar_list all;

    ok(f->s, ar_query_all(open_query(f, model, orders, count), &all));
    for (size_t i = 0; i < all.count; i++) {
        struct ar_query *q = open_query(f, model, orders, count);
        ar_query_after(q, all.items[i]);
        assert_part(f, q, &all, i + 1, all.count);
        ar_query_limit(q, 2);
        assert_part(f, q, &all, i + 1, i + 3 < all.count ? i + 3 : all.count);
        q = open_query(f, model, orders, count);
        ar_query_before(q, all.items[i]);
        assert_part(f, q, &all, 0, i);
        ar_query_limit(q, 2);
        assert_part(f, q, &all, i < 2 ? 0 : i - 2, i);
    }
}

/* S-780: by a column of a related row, of every kind of relation, in both directions, alone and with other orders. */
static void test_s780_columns(void **state)
{
    struct fixture *f = *state;
    const struct ar_order orders[][ORDERS_MAX] = {
        {task_by_worker(ar_asc(person_column.name))},
        {task_by_worker(ar_desc(person_column.name))},
        {task_by_worker(ar_asc(person_column.weight)), ar_desc(task_column.priority)},
        {ar_asc(task_column.priority), task_by_worker(ar_desc(person_column.weight)), ar_desc(task_column.id)},
        {task_by_worker(person_by_team(ar_asc(team_column.town))), task_by_worker(ar_desc(person_column.name))},
        {task_by_team(ar_desc(team_column.code))},
        {task_by_about_person(ar_asc(person_column.name)), task_by_about_skill(ar_desc(skill_column.title))},
        {ar_desc(task_column.about_type), task_by_about_skill(ar_asc(skill_column.title))},
        {task_by_place(ar_asc(room_column.label)), ar_desc(task_column.priority)},
        {task_by_place(ar_desc(room_column.label))},
    };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        size_t count = 0;
        while (count < ORDERS_MAX && (orders[i][count].column != NULL || orders[i][count].path_count > 0))
            count++;
        assert_pages(f, &task_model, orders[i], count);
    }
    assert_pages(f, &team_model, (const struct ar_order[]){team_by_newest(ar_asc(person_column.name))}, 1);
    assert_pages(f, &team_model, (const struct ar_order[]){team_by_newest(ar_desc(person_column.weight))}, 1);
}

/* S-781: by the number of related rows. */
static void test_s781_numbers(void **state)
{
    struct fixture *f = *state;
    const struct ar_order by_tasks[] = {person_by_tasks_count(AR_DESC), ar_asc(person_column.name)};
    const struct ar_order of_worker[] = {task_by_worker(person_by_tasks_count(AR_ASC)), ar_desc(task_column.priority)};

    assert_pages(f, &person_model, by_tasks, 2);
    assert_pages(f, &person_model, (const struct ar_order[]){person_by_skills_count(AR_ASC)}, 1);
    assert_pages(f, &team_model, (const struct ar_order[]){team_by_people_count(AR_DESC)}, 1);
    assert_pages(f, &task_model, of_worker, 2);
    assert_pages(f, &person_model, (const struct ar_order[]){person_by_mentions_count(AR_DESC)}, 1);
    assert_pages(f, &room_model, (const struct ar_order[]){room_by_tasks_count(AR_DESC)}, 1);
}

struct walk {
    const struct task_list *expected;
    size_t at;
};

static enum ar_status walk(struct ar_session *s, const struct task_list *tasks, void *payload)
{
    struct walk *walk = payload;

    (void)s;
    for (size_t i = 0; i < tasks->count; i++)
        assert_int_equal(tasks->items[i]->id, walk->expected->items[walk->at++]->id);
    return AR_OK;
}

static void order_tasks(struct task_query *q)
{
    task_order_by(q, task_by_worker(person_by_team(ar_desc(team_column.town))));
    task_order_by(q, task_by_worker(ar_asc(person_column.name)));
}

/* S-782: streams, a sub-query with a page for each parent, counts and update_all. */
static void test_s782_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct task_list all;
    struct task_query *q = task_query(f->s);
    order_tasks(q);
    ok(f->s, task_all(q, &all));
    for (size_t size = 1; size < 6; size++) {
        struct walk walked = {.expected = &all};
        q = task_query(f->s);
        order_tasks(q);
        ok(f->s, task_each(q, size, walk, &walked));
        assert_int_equal(walked.at, TASKS);
    }

    int64_t count;
    q = task_query(f->s);
    order_tasks(q);
    task_after(q, all.items[9]);
    ok(f->s, task_count(q, &count));
    assert_int_equal(count, 4);
    ok(f->s, task_update_all(q, ar_set(task_column.priority, 7), &count));
    assert_int_equal(count, 4);
    q = task_query(f->s);
    task_where(q, ar_eq(task_column.priority, 7));
    ok(f->s, task_count(q, &count));
    assert_int_equal(count, 4);

    struct person_query *people = person_query(f->s);
    struct person_list list;
    struct task_list tasks;
    order_tasks(q = person_with_tasks(people));
    task_after(q, all.items[9]);
    ok(f->s, person_all(people, &list));
    count = 0;
    for (size_t i = 0; i < list.count; i++) {
        ok(f->s, person_tasks(f->s, list.items[i], &tasks));
        count += (int64_t)tasks.count;
    }
    assert_int_equal(count, 4);
}

/* S-783: the position is the foreign key of the record, whose row may be gone; the related row is read as it is now. A
 * record that was loaded without its foreign key has no position. */
static void test_s783_positions(void **state)
{
    struct fixture *f = *state;
    struct task_list all;
    struct task_query *q = task_query(f->s);
    int64_t count;
    order_tasks(q);
    ok(f->s, task_all(q, &all));
    size_t place = 0;
    while (all.items[place]->id != TASKS)
        place++;
    const struct task gone = *all.items[place];
    run_sql(f, "DELETE FROM tasks WHERE id = (SELECT max(id) FROM tasks)");
    q = task_query(f->s);
    order_tasks(q);
    task_after(q, &gone);
    ok(f->s, task_count(q, &count));
    assert_int_equal(count, TASKS - 1 - place);

    ar_session_clear(f->s);
    q = task_query(f->s);
    task_only(q, task_column.priority);
    ok(f->s, task_all(q, &all));
    q = task_query(f->s);
    order_tasks(q);
    task_after(q, all.items[0]);
    fails(f->s, AR_MISUSE, task_count(q, &count));
    assert_error_names(f->s, "worker_id was not loaded");
}

#define scenario(function) cmocka_unit_test_setup_teardown(function, open_tasks, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s780_columns),
        scenario(test_s781_numbers),
        scenario(test_s782_elsewhere),
        scenario(test_s783_positions),
    };
    return cmocka_run_group_tests_name("related pages", tests, NULL, NULL);
}
