/* Relations with `.where` and `.order`: contents, order and the number of statements, however they are loaded, and what
 * a write of a row drops from the cache. */
#include "support.h"

#include "scope.ar.h"

#include <stdio.h>
#include <string.h>

static int open_scope(void **state)
{
    return fixture_open(state, &writer_model, &article_model, &remark_model, &room_model, &task_model);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_scope, fixture_close)

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static int64_t add_article(struct fixture *f, int64_t writer_id, const char *title, const char *status, int64_t views,
                           int64_t published_at)
{
    struct article article = {
        .writer_id = writer_id, .title = title, .status = status, .views = views, .published_at = published_at};
    add_row(f, &article_model, &article);
    return article.id;
}

static void add_remark(struct fixture *f, int64_t article_id, int64_t votes)
{
    add_row(f, &remark_model, &(struct remark){.article_id = article_id, .votes = votes});
}

/* ada: articles 1 (old, 5 views), 2 (draft, 99), 3 (new, 50), 4 (new as well, 20); bob: 5 (draft); cyd, who is not
 * active: 6. */
static void given_articles(struct fixture *f)
{
    add_row(f, &writer_model, &(struct writer){.name = "ada", .is_active = true});
    add_row(f, &writer_model, &(struct writer){.name = "bob", .is_active = true});
    add_row(f, &writer_model, &(struct writer){.name = "cyd"});
    add_article(f, 1, "old", "published", 5, 100);
    add_article(f, 1, "draft", "draft", 99, 0);
    add_article(f, 1, "new", "published", 50, 300);
    add_article(f, 1, "new too", "published", 20, 300);
    add_article(f, 2, "idea", "draft", 0, 0);
    add_article(f, 3, "last", "published", 10, 200);
    reset_statements(f);
}

static struct writer_list all_writers(struct fixture *f)
{
    struct writer_list writers;
    struct writer_query *query = writer_query(f->s);
    writer_order_by(query, ar_asc(writer_column.id));
    ok(f->s, writer_all(query, &writers));
    reset_statements(f);
    return writers;
}

static struct article *the_article(struct fixture *f, int64_t id)
{
    struct article *article;
    ok(f->s, article_find(f->s, id, &article));
    reset_statements(f);
    return article;
}

static void assert_ids(struct article_list list, const char *expected)
{
    char ids[64] = "";
    for (size_t i = 0; i < list.count; i++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%d", i > 0 ? " " : "", (int)list.items[i]->id);
    assert_text(ids, expected);
}

static void assert_published(struct fixture *f, const struct writer *writer, const char *expected)
{
    struct article_list list;
    ok(f->s, writer_published(f->s, writer, &list));
    assert_ids(list, expected);
}

static void assert_id(const struct article *article, int64_t expected)
{
    assert_int_equal(article != NULL ? article->id : 0, expected);
}

static void assert_latest(struct fixture *f, const struct writer *writer, int64_t expected)
{
    struct article *article;
    ok(f->s, writer_latest(f->s, writer, &article));
    assert_id(article, expected);
}

static void assert_best(struct fixture *f, const struct writer *writer, int64_t expected)
{
    struct article *article;
    ok(f->s, writer_best(f->s, writer, &article));
    assert_id(article, expected);
}

/* ---- Lazy -------------------------------------------------------------------------------------------------------- */

/* S-130: a scoped has_many has the rows of its condition in its order, for one owner or for all siblings. */
static void test_s130_siblings(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    assert_published(f, writers.items[0], "3 4 1");
    assert_published(f, writers.items[1], "");
    assert_published(f, writers.items[2], "6");
    assert_int_equal(f->rows, 4);
    assert_statements(f, 1);
}

static void test_s130_one_owner(void **state)
{
    struct fixture *f = *state;
    struct writer *writer;
    given_articles(f);
    ok(f->s, writer_find(f->s, 1, &writer));
    reset_statements(f);
    assert_published(f, writer, "3 4 1");
    assert_best(f, writer, 3);
    assert_latest(f, writer, 4);
    assert_statements(f, 3);
}

/* S-131: a has_one with an order is the first row of each owner, and no others are read. */
static void test_s131_latest(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    assert_latest(f, writers.items[0], 4);
    assert_latest(f, writers.items[1], 5);
    assert_latest(f, writers.items[2], 6);
    assert_int_equal(f->rows, 3);
    assert_statements(f, 1);
}

static void test_s131_limited_cache(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    assert_best(f, writers.items[0], 3);
    assert_best(f, writers.items[1], 0);
    assert_statements(f, 1);
    assert_best(f, writers.items[2], 6);
    assert_statements(f, 1);
}

/* S-132: the target of a belongs_to with a condition is NULL if it does not meet the condition, although the session
 * has the record. */
static void test_s132_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    struct article_list articles;
    ok(f->s, article_all(by_key(article_query(f->s), &article_model), &articles));
    reset_statements(f);
    for (size_t i = 0; i < articles.count; i++) {
        struct writer *writer;
        ok(f->s, article_active_writer(f->s, articles.items[i], &writer));
        assert_ptr_equal(writer,
                         articles.items[i]->writer_id == 3 ? NULL : writers.items[articles.items[i]->writer_id - 1]);
    }
    assert_statements(f, 1);
    struct writer *writer;
    ok(f->s, article_writer(f->s, articles.items[5], &writer));
    assert_ptr_equal(writer, writers.items[2]);
    assert_statements(f, 0);
}

static void test_s132_one_row(void **state)
{
    struct fixture *f = *state;
    struct writer *writer;
    given_articles(f);
    ok(f->s, article_active_writer(f->s, the_article(f, 6), &writer));
    assert_null(writer);
    ok(f->s, article_active_writer(f->s, the_article(f, 5), &writer));
    assert_text(writer->name, "bob");
    ok(f->s, article_writer(f->s, the_article(f, 6), &writer));
    assert_text(writer->name, "cyd");
}

static void test_composite_keys(void **state)
{
    struct fixture *f = *state;
    for (int number = 1; number <= 3; number++)
        add_row(f, &room_model, &(struct room){.house_id = 7, .number = number});
    for (int i = 0; i < 6; i++)
        add_row(f, &task_model, &(struct task){.house_id = 7, .room_number = 1 + i % 2, .done = i == 0, .due = 10 - i});
    struct room_list rooms;
    struct task_list tasks;
    struct task *next;
    ok(f->s, room_all(by_key(room_query(f->s), &room_model), &rooms));
    reset_statements(f);
    static const int64_t expected[] = {5, 6, 0};
    for (size_t i = 0; i < 3; i++) {
        ok(f->s, room_next_task(f->s, rooms.items[i], &next));
        assert_int_equal(next != NULL ? next->id : 0, expected[i]);
    }
    assert_int_equal(f->rows, 2);
    assert_statements(f, 1);
    ok(f->s, room_open_tasks(f->s, rooms.items[0], &tasks));
    assert_int_equal(tasks.count, 2);
    assert_int_equal(tasks.items[0]->id, 5);
    ok(f->s, room_open_tasks(f->s, rooms.items[1], &tasks));
    assert_int_equal(tasks.count, 3);
    assert_statements(f, 1);
}

/* ---- Eager, explicit, strict, by query --------------------------------------------------------------------------- */

static void assert_graph(struct fixture *f, struct writer_list writers)
{
    struct remark *remark;
    struct article_list articles;
    reset_statements(f);
    assert_published(f, writers.items[0], "3 4 1");
    assert_published(f, writers.items[1], "");
    assert_latest(f, writers.items[0], 4);
    assert_latest(f, writers.items[1], 5);
    ok(f->s, writer_published(f->s, writers.items[0], &articles));
    ok(f->s, article_top_remark(f->s, articles.items[0], &remark));
    assert_int_equal(remark->votes, 7);
    assert_int_equal(remark->id, 2);
    ok(f->s, article_top_remark(f->s, articles.items[1], &remark));
    assert_null(remark);
    assert_statements(f, 0);
}

/* S-133: eager loads return the same rows level by level and in one trip. */
static void test_s133_eager(void **state)
{
    struct fixture *f = *state;
    static const enum ar_plan plans[] = {AR_PLAN_AUTO, AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_articles(f);
    add_remark(f, 3, 2);
    add_remark(f, 3, 7);
    add_remark(f, 1, 3);
    for (size_t i = 0; i < 3; i++) {
        struct writer_list writers;
        ar_session_clear(f->s);
        struct writer_query *query = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(query, plans[i]);
        writer_where(query, ar_le(writer_column.id, 2));
        article_with_top_remark(writer_with_published(query));
        writer_with_latest(query);
        reset_statements(f);
        ok(f->s, writer_all(query, &writers));
        assert_int_equal(writers.count, 2);
        assert_int_equal(f->rows, 2 + 3 + 2 + 2);
        assert_statements(f, 4);
        assert_graph(f, writers);
    }
}

static void test_s133_whole_tables(void **state)
{
    struct fixture *f = *state;
    struct writer_list writers;
    given_articles(f);
    add_remark(f, 3, 2);
    add_remark(f, 3, 7);
    struct writer_query *query = by_key(writer_query(f->s), &writer_model);
    article_with_top_remark(writer_with_published(query));
    writer_with_latest(query);
    ok(f->s, writer_all(query, &writers));
    assert_statements(f, 4);
    assert_graph(f, writers);
}

/* Conditions and an order of the sub-query: the order replaces that of the relation. */
static void test_refined(void **state)
{
    struct fixture *f = *state;
    struct writer_list writers;
    static const enum ar_plan plans[] = {AR_PLAN_WAVES, AR_PLAN_ONE_TRIP};
    given_articles(f);
    for (size_t i = 0; i < 2; i++) {
        struct writer_query *query = by_key(writer_query(f->s), &writer_model);
        ar_query_plan(query, plans[i]);
        struct article_query *published = writer_with_published(query), *latest = writer_with_latest(query);
        article_order_by(published, ar_asc(article_column.views));
        article_where(latest, ar_ne(article_column.id, 4));
        ok(f->s, writer_all(query, &writers));
        assert_published(f, writers.items[0], "1 4 3");
        assert_latest(f, writers.items[0], 3);
        assert_latest(f, writers.items[1], 5);
        assert_statements(f, 3);
    }
}

static void test_limits_per_owner(void **state)
{
    struct fixture *f = *state;
    struct writer_list writers;
    given_articles(f);
    struct writer_query *query = by_key(writer_query(f->s), &writer_model);
    article_limit(writer_with_published(query), 2);
    article_offset(writer_with_latest(query), 1);
    ok(f->s, writer_all(query, &writers));
    assert_statements(f, 3);
    assert_published(f, writers.items[0], "3 4");
    assert_latest(f, writers.items[0], 3);
    assert_latest(f, writers.items[1], 0);
    assert_statements(f, 0);
}

static void test_explicit(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    ok(f->s, writer_load_latest(f->s, writers.items, writers.count));
    ok(f->s, writer_load_published(f->s, writers.items, writers.count));
    assert_statements(f, 2);
    assert_published(f, writers.items[0], "3 4 1");
    assert_latest(f, writers.items[0], 4);
    assert_statements(f, 0);
}

static void test_query(void **state)
{
    struct fixture *f = *state;
    struct article_list list;
    struct article *first;
    int64_t count;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    ok(f->s, article_all(writer_published_query(f->s, writers.items[0]), &list));
    assert_ids(list, "3 4 1");
    ok(f->s, article_count(writer_published_query(f->s, writers.items[0]), &count));
    assert_int_equal(count, 3);
    ok(f->s, article_first(writer_latest_query(f->s, writers.items[0]), &first));
    assert_id(first, 4);
    assert_statements(f, 3);
}

static void test_strict(void **state)
{
    struct fixture *f = *state;
    struct article *article;
    struct writer_list writers;
    given_articles(f);
    struct writer_query *query = by_key(writer_query(f->s), &writer_model);
    writer_strict(query);
    ok(f->s, writer_all(query, &writers));
    fails(f->s, AR_MISUSE, writer_latest(f->s, writers.items[0], &article));
    assert_error_names(f->s, "writer.latest");
}

/* A full table scan and a whole table, which SQLite chooses for many owners. */
static void test_many_owners(void **state)
{
    struct fixture *f = *state;
    enum { WRITERS = 600 };
    static struct writer writers[WRITERS];
    static struct article articles[WRITERS * 2];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.name = "w"};
        for (int j = 0; j < 2; j++)
            articles[i * 2 + j] = (struct article){
                .writer_id = i + 1, .title = "t", .status = j == 0 ? "published" : "draft", .published_at = 1 + i};
    }
    ok(f->other, writer_insert_many(f->other, writers, WRITERS));
    ok(f->other, article_insert_many(f->other, articles, WRITERS * 2));
    for (int limit = WRITERS / 2; limit <= WRITERS; limit += WRITERS / 2) {
        struct writer_list list;
        struct article_list published;
        struct writer_query *query = by_key(writer_query(f->s), &writer_model);
        writer_where(query, ar_le(writer_column.id, limit));
        ok(f->s, writer_all(query, &list));
        reset_statements(f);
        for (size_t i = 0; i < list.count; i++) {
            ok(f->s, writer_published(f->s, list.items[i], &published));
            assert_int_equal(published.count, 1);
            assert_latest(f, list.items[i], (int64_t)i * 2 + 2);
        }
        assert_statements(f, 2);
        ar_session_clear(f->s);
    }
}

/* ---- Writes ------------------------------------------------------------------------------------------------------ */

/* S-134: a write that changes a column of `.where` or `.order` drops the lists of the owner, not those of others. */
static void test_s134_update(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    struct article *draft = the_article(f, 2);
    assert_published(f, writers.items[0], "3 4 1");
    assert_latest(f, writers.items[0], 4);
    reset_statements(f);

    draft->title = "unfinished"; /* is not named by a scope */
    ok(f->s, article_save(f->s, draft));
    assert_published(f, writers.items[0], "3 4 1");
    assert_statements(f, 1);

    draft->status = "published";
    draft->published_at = 400;
    ok(f->s, article_save(f->s, draft));
    assert_published(f, writers.items[0], "2 3 4 1");
    assert_latest(f, writers.items[0], 2);
    assert_statements(f, 3);
    assert_published(f, writers.items[2], "6");
    assert_statements(f, 0);
}

static void test_s134_insert_and_delete(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    assert_latest(f, writers.items[0], 4);
    struct article fresh = {.writer_id = 1, .title = "fresh", .status = "published", .views = 1, .published_at = 900};
    ok(f->s, article_insert(f->s, &fresh));
    reset_statements(f);
    assert_latest(f, writers.items[0], fresh.id);
    assert_statements(f, 1);
    ok(f->s, article_delete(f->s, &fresh));
    reset_statements(f);
    assert_latest(f, writers.items[0], 4);
    assert_statements(f, 1);
}

static void test_s134_update_all(void **state)
{
    struct fixture *f = *state;
    int64_t changed;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    assert_published(f, writers.items[0], "3 4 1");
    ok(f->s, article_update_all(writer_published_query(f->s, writers.items[0]), ar_set(article_column.status, "hidden"),
                                &changed));
    assert_int_equal(changed, 3);
    reset_statements(f);
    assert_published(f, writers.items[0], "");
    assert_published(f, writers.items[2], "6");
    assert_statements(f, 1);
}

static void test_s134_target_of_belongs_to(void **state)
{
    struct fixture *f = *state;
    struct writer *writer;
    given_articles(f);
    struct article *article = the_article(f, 6);
    struct writer_list writers = all_writers(f);
    ok(f->s, article_active_writer(f->s, article, &writer));
    assert_null(writer);
    writers.items[2]->is_active = true;
    ok(f->s, writer_save(f->s, writers.items[2]));
    ok(f->s, article_active_writer(f->s, article, &writer));
    assert_ptr_equal(writer, writers.items[2]);
    writers.items[2]->is_active = false;
    ok(f->s, writer_save(f->s, writers.items[2]));
    ok(f->s, article_active_writer(f->s, article, &writer));
    assert_null(writer);
}

static void test_s134_rollback(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_list writers = all_writers(f);
    struct article *article = the_article(f, 3);
    assert_published(f, writers.items[0], "3 4 1");
    ok(f->s, ar_begin(f->s));
    article->published_at = 1;
    ok(f->s, article_save(f->s, article));
    assert_published(f, writers.items[0], "4 1 3");
    ok(f->s, ar_rollback(f->s));
    assert_published(f, writers.items[0], "3 4 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s130_siblings),
        story(test_s130_one_owner),
        story(test_s131_latest),
        story(test_s131_limited_cache),
        story(test_s132_belongs_to),
        story(test_s132_one_row),
        story(test_composite_keys),
        story(test_s133_eager),
        story(test_s133_whole_tables),
        story(test_refined),
        story(test_limits_per_owner),
        story(test_explicit),
        story(test_query),
        story(test_strict),
        story(test_many_owners),
        story(test_s134_update),
        story(test_s134_insert_and_delete),
        story(test_s134_update_all),
        story(test_s134_target_of_belongs_to),
        story(test_s134_rollback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
