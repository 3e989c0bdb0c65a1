/* Queries of some columns, S-240 to S-249: which columns are read, what a record knows of the others, what completes
 * it, and what a save writes. */
#include "articles.ar.h"
#include "support.h"

#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define REPORTS_ACCESS
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define REPORTS_ACCESS
#endif
#if defined(REPORTS_ACCESS)
#include <sanitizer/asan_interface.h>
#endif

static int open_articles(void **state)
{
    return fixture_open(state, &writer_model, &article_model, &note_model, &tag_model);
}

/* Two writers with three articles, of which the first has two notes. */
static void given_articles(struct fixture *f)
{
    add_row(f, &writer_model, &(struct writer){.name = "Ada", .biography = "long"});
    add_row(f, &writer_model, &(struct writer){.name = "Bob", .biography = "short"});
    for (int i = 1; i <= 3; i++) {
        struct article article = {.writer_id = i < 3 ? 1 : 2,
                                  .title = i == 1   ? "one"
                                           : i == 2 ? "two"
                                                    : "three",
                                  .body = (char[]){"a long body"},
                                  .code = "code",
                                  .views = i * 10,
                                  .has_rank = true,
                                  .rank = (int16_t)i,
                                  .is_draft = true,
                                  .weight = i / 2.0};
        add_row(f, &article_model, &article);
    }
    add_row(f, &note_model, &(struct note){.article_id = 1, .number = 1, .text = "first", .author = "x"});
    add_row(f, &note_model, &(struct note){.article_id = 1, .number = 2, .text = "second", .author = "y"});
}

/* Return the articles, of which only title and views are loaded. */
static struct article_list some_articles(struct fixture *f)
{
    struct article_query *q = article_query(f->s);
    struct article_list articles;
    article_only(q, article_column.title, article_column.views);
    article_order_by(q, ar_asc(article_column.id));
    ok(f->s, article_all(q, &articles));
    return articles;
}

/* S-240: the statement names the wanted columns, the key, the version and AR_UPDATED_AT; records know what they have.
 */
static void test_s240_columns(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article_list articles = some_articles(f);
    struct article *first = articles.items[0];
    assert_int_equal(articles.count, 3);
    assert_text(first->title, "one");
    assert_int_equal(first->views, 10);
    assert_int_equal(first->id, 1);
    assert_true(article_is_loaded(f->s, first, article_column.id));
    assert_true(article_is_loaded(f->s, first, article_column.title));
    assert_true(article_is_loaded(f->s, first, article_column.version));
    assert_false(article_is_loaded(f->s, first, article_column.body));
    assert_false(article_is_loaded(f->s, first, article_column.rank));
    assert_false(article_is_loaded(f->s, first, article_column.writer_id));
    assert_true(article_is_loaded(f->s, &(struct article){.id = 1}, article_column.body));
    assert_null(strstr(f->last_sql, "body"));
    assert_null(strstr(f->last_sql, "writer_id"));
    assert_non_null(strstr(f->last_sql, "version"));
    assert_non_null(strstr(f->last_sql, "changed_at"));
    assert_statements(f, 1);
    struct article *again;
    struct article_query *q = article_query(f->s);
    article_only(q, article_column.title);
    article_only(q, article_column.code);
    article_where(q, ar_eq(article_column.id, 3));
    ok(f->s, article_one(q, &again));
    assert_ptr_equal(again, articles.items[2]);
    assert_text(again->code, "code");
    assert_true(article_is_loaded(f->s, again, article_column.code));
    assert_true(article_is_loaded(f->s, again, article_column.views));
    assert_false(article_is_loaded(f->s, again, article_column.body));
}

/* In a build that protects them, the fields of a record that were not loaded are recognizable. */
static void assert_protected(const struct article *article)
{
#if defined(REPORTS_ACCESS)
    assert_true(__asan_address_is_poisoned(&article->weight));
    assert_true(__asan_address_is_poisoned(&article->body));
#elif !defined(NDEBUG)
    unsigned char bytes[sizeof article->weight];
    memcpy(bytes, &article->weight, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        assert_int_equal(bytes[i], 0xA5);
#else
    (void)article;
#endif
}

#if defined(REPORTS_ACCESS)
/* S-241: AddressSanitizer reports accesses to fields that were not loaded, until they are. */
static void test_s241_reported(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0];
    assert_protected(first);
    assert_false(__asan_address_is_poisoned(&first->title));
    ok(f->s, article_reload(f->s, first));
    assert_false(__asan_address_is_poisoned(&first->weight));
}
#endif

#if !defined(NDEBUG) && !defined(REPORTS_ACCESS)
/* S-241: without NDEBUG, fields that were not loaded have recognizable contents. */
static void test_s241_contents(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    assert_protected(some_articles(f).items[0]);
}
#endif

/* S-242: a find, a reload, a full query and an eager relation complete a record; changes of the program are kept. */
static void test_s242_completion(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    for (int way = 0; way < 3; way++) {
        ar_session_clear(f->s);
        struct article *first = some_articles(f).items[0], *found = first;
        struct article_list articles;
        first->title = way != 1 ? "changed" : first->title;
        if (way == 0)
            ok(f->s, article_find(f->s, 1, &found));
        else if (way == 1)
            ok(f->s, article_reload(f->s, first));
        else
            ok(f->s, article_all(by_key(article_query(f->s), &article_model), &articles));
        assert_ptr_equal(found, first);
        assert_text(first->title, way != 1 ? "changed" : "one");
        assert_text(first->body, "a long body");
        assert_text(first->code, "code");
        assert_true(first->has_rank && first->rank == 1 && first->is_draft && first->weight == 0.5);
        assert_int_equal(first->writer_id, 1);
        assert_true(article_is_loaded(f->s, first, article_column.body));
        reset_statements(f);
        ok(f->s, article_save(f->s, first));
        assert_statements(f, way != 1 ? 1 : 0);
        run_sql(f, "UPDATE articles SET title = 'one' WHERE id = 1");
    }
}

/* S-243: a complete record stays complete, and its loaded columns are refreshed. */
static void test_s243_complete_records(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first;
    ok(f->s, article_find(f->s, 1, &first));
    run_sql(f, "UPDATE articles SET title = 'new', body = 'new', views = 77 WHERE id = 1");
    struct article_list articles = some_articles(f);
    assert_ptr_equal(articles.items[0], first);
    assert_text(first->title, "new");
    assert_int_equal(first->views, 77);
    assert_text(first->body, "a long body"); /* not read */
    assert_true(article_is_loaded(f->s, first, article_column.body));
    assert_false(article_is_loaded(f->s, articles.items[1], article_column.body));
}

/* S-244: a save writes only loaded columns that differ; assigning another one is refused. */
static void test_s244_save(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0];
    reset_statements(f);
    ok(f->s, article_save(f->s, first));
    assert_statements(f, 0);
    first->views = 11;
    ok(f->s, article_save(f->s, first));
    assert_null(strstr(f->last_sql, "body"));
    assert_null(strstr(f->last_sql, "title ="));
    assert_statements(f, 1);
    assert_false(article_is_loaded(f->s, first, article_column.body));
    struct article *other;
    ok(f->other, article_find(f->other, 1, &other));
    assert_int_equal(other->views, 11);
    assert_text(other->body, "a long body");
    assert_int_equal(other->writer_id, 1);
    assert_true(other->has_rank && other->rank == 1);
#if !defined(REPORTS_ACCESS)
    struct article *last = some_articles(f).items[2];
    last->is_draft = true;
    last->views = 5;
    reset_statements(f);
    fails(f->s, AR_MISUSE, article_save(f->s, last));
    assert_error_names(f->s, "article.is_draft was assigned, but not loaded");
    assert_statements(f, 0);
    first->views = 12;
    first->weight = 7;
    reset_statements(f);
    fails(f->s, AR_MISUSE, article_save(f->s, first));
    assert_error_names(f->s, "article.weight was assigned, but not loaded");
    assert_statements(f, 0);
#endif
    ok(f->s, article_reload(f->s, first));
    assert_int_equal(first->views, 11);
    first->weight = 9;
    ok(f->s, article_save(f->s, first));
    /* A stale version is a conflict, as for complete records. */
    struct article *second = some_articles(f).items[1];
    run_sql(f, "UPDATE articles SET version = version + 1 WHERE id = 2");
    second->views = 1;
    fails(f->s, AR_CONFLICT, article_save(f->s, second));
}

/* S-244: a caller-owned struct with the key of a partial record is written completely. */
static void test_s244_caller_owned(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0], *other;
    struct article own = {.id = 1, .writer_id = 2, .title = "own", .body = (char[]){"own"}, .version = first->version};
    ok(f->s, article_save(f->s, &own));
    ok(f->other, article_find(f->other, 1, &other));
    assert_text(other->body, "own");
    assert_int_equal(other->writer_id, 2);
    assert_text(first->body, "own");
    assert_true(article_is_loaded(f->s, first, article_column.body));
}

/* S-245: a lazy belongs_to without its foreign key is AR_MISUSE; an eager one loads it. */
static void test_s245_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article_list articles = some_articles(f);
    struct writer *writer;
    struct note_list notes;
    reset_statements(f);
    fails(f->s, AR_MISUSE, article_writer(f->s, articles.items[0], &writer));
    assert_error_names(f->s, "article.writer needs article.writer_id, which was not loaded");
    fails(f->s, AR_MISUSE, article_load_writer(f->s, articles.items, 1));
    fails(f->s, AR_MISUSE, writer_one(article_writer_query(f->s, articles.items[0]), &writer));
    assert_statements(f, 0);
    ok(f->s, article_notes(f->s, articles.items[0], &notes));
    assert_int_equal(notes.count, 2);
    assert_statements(f, 1);
    /* A complete record loads for itself; its partial siblings are left out. */
    ok(f->s, article_reload(f->s, articles.items[0]));
    ok(f->s, article_writer(f->s, articles.items[0], &writer));
    assert_text(writer->name, "Ada");

    ar_session_clear(f->s);
    struct article_query *q = by_key(article_query(f->s), &article_model);
    article_only(q, article_column.title);
    writer_only(article_with_writer(q), writer_column.name);
    ok(f->s, article_all(q, &articles));
    reset_statements(f);
    ok(f->s, article_writer(f->s, articles.items[2], &writer));
    assert_text(writer->name, "Bob");
    assert_false(writer_is_loaded(f->s, writer, writer_column.biography));
    assert_true(article_is_loaded(f->s, articles.items[2], article_column.writer_id));
    assert_statements(f, 0);
}

/* S-246: columns of an eager relation, with limits, orders and composite keys, in every plan. */
static void test_s246_eager(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    for (int plan = AR_PLAN_AUTO; plan <= AR_PLAN_ONE_TRIP; plan++)
        for (int limited = 0; limited < 2; limited++) {
            ar_session_clear(f->s);
            struct writer_query *q = by_key(writer_query(f->s), &writer_model);
            struct writer_list writers;
            struct article_list articles;
            struct note_list notes;
            ar_query_plan(q, (enum ar_plan)plan);
            writer_only(q, writer_column.name);
            struct article_query *some = writer_with_articles(q);
            article_only(some, article_column.views);
            if (limited) {
                article_order_by(some, ar_desc(article_column.title));
                article_limit(some, 1);
            }
            note_only(article_with_notes(some), note_column.text);
            ok(f->s, writer_all(q, &writers));
            reset_statements(f);
            ok(f->s, writer_articles(f->s, writers.items[0], &articles));
            assert_int_equal(articles.count, limited ? 1 : 2);
            assert_int_equal(articles.items[0]->views, limited ? 20 : 10);
            assert_int_equal(articles.items[0]->writer_id, 1);
            assert_false(article_is_loaded(f->s, articles.items[0], article_column.title));
            ok(f->s, article_notes(f->s, articles.items[0], &notes));
            assert_int_equal(notes.count, limited ? 0 : 2);
            if (!limited) {
                assert_text(notes.items[1]->text, "second");
                assert_false(note_is_loaded(f->s, notes.items[1], note_column.author));
            }
            assert_statements(f, 0);
        }
}

/* S-246: columns of relations that follow others, and their counts. */
static void test_s246_paths(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    add_row(f, &tag_model, &(struct tag){.name = "c", .about = "a language"});
    add_row(f, &tag_model, &(struct tag){.name = "sql", .about = "another"});
    run_sql(f, "INSERT INTO article_tags (article_id, tag_id) VALUES (1, 1), (1, 2), (3, 2)");
    struct article_query *q = article_query(f->s);
    struct article_list articles;
    struct tag_list tags;
    int64_t count;
    article_order_by(q, ar_asc(article_column.id));
    article_only(q, article_column.title);
    tag_only(article_with_tags(q), tag_column.name);
    ok(f->s, article_all(q, &articles));
    assert_statements(f, 2);
    ok(f->s, article_tags(f->s, articles.items[0], &tags));
    assert_int_equal(tags.count, 2);
    assert_text(tags.items[1]->name, "sql");
    assert_false(tag_is_loaded(f->s, tags.items[1], tag_column.about));
    ok(f->s, article_tags(f->s, articles.items[1], &tags));
    assert_int_equal(tags.count, 0);
    ok(f->s, article_tags_count(f->s, articles.items[2], &count));
    assert_int_equal(count, 1);
    assert_statements(f, 0);

    /* With a limit for each article, which numbers the rows, the statement may read more. */
    q = article_query(f->s);
    article_order_by(q, ar_asc(article_column.id));
    struct tag_query *limited = article_with_tags(q);
    tag_only(limited, tag_column.name);
    tag_order_by(limited, ar_desc(tag_column.name));
    tag_limit(limited, 1);
    ok(f->s, article_all(q, &articles));
    assert_statements(f, 2);
    ok(f->s, article_tags(f->s, articles.items[0], &tags));
    assert_int_equal(tags.count, 1);
    assert_text(tags.items[0]->name, "sql");
    if (tag_is_loaded(f->s, tags.items[0], tag_column.about))
        assert_text(tags.items[0]->about, "another");
    assert_statements(f, 0);

    struct writer_query *writers = writer_query(f->s);
    struct writer_list list;
    struct note_list notes;
    writer_order_by(writers, ar_asc(writer_column.id));
    note_only(writer_with_notes(writers), note_column.text);
    writer_with_notes_count(writers);
    ok(f->s, writer_all(writers, &list));
    assert_statements(f, 3);
    ok(f->s, writer_notes(f->s, list.items[0], &notes));
    assert_int_equal(notes.count, 2);
    assert_text(notes.items[1]->text, "second");
    ok(f->s, writer_notes_count(f->s, list.items[1], &count));
    assert_int_equal(count, 0);
    assert_statements(f, 0);
}

/* S-247: rollbacks give back what was loaded before. */
static void test_s247_rollback(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0], *found;
    ok(f->s, ar_begin(f->s));
    first->views = 99;
    ok(f->s, article_save(f->s, first));
    ok(f->s, article_find(f->s, 1, &found));
    assert_text(first->body, "a long body");
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(first->views, 10);
    assert_false(article_is_loaded(f->s, first, article_column.body));
    assert_protected(first);
    ok(f->s, article_find(f->s, 1, &found));
    assert_text(first->body, "a long body");
    assert_true(article_is_loaded(f->s, first, article_column.body));
}

/* S-247: so is a record of which the transaction has loaded nothing more. */
static void test_s247_rollback_of_parts(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0];
    ok(f->s, ar_begin(f->s));
    first->views = 99;
    ok(f->s, article_save(f->s, first));
    ok(f->s, ar_rollback(f->s));
    assert_int_equal(first->views, 10);
    assert_text(first->title, "one");
    assert_false(article_is_loaded(f->s, first, article_column.body));
    assert_protected(first);
    first->views = 11;
    ok(f->s, article_save(f->s, first));
    ok(f->other, article_find(f->other, 1, &first));
    assert_int_equal(first->views, 11);
    assert_text(first->body, "a long body");
}

struct tries {
    struct article *article;
    int count;
};

/* Change a record that was not loaded completely, and fail at first. */
static enum ar_status change_and_fail(struct ar_session *s, void *payload)
{
    struct tries *tries = payload;
    (void)s;
    assert_text(tries->article->title, "one");
    assert_int_equal(tries->article->views, 10);
    if (tries->count++ > 0)
        return AR_OK;
    tries->article->title = "changed";
    tries->article->views = 99;
    return AR_BUSY;
}

/* S-247: a transaction that is tried again begins with the loaded columns as the database has them. */
static void test_s247_tried_again(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article_list articles = some_articles(f);
    struct tries tries = {.article = articles.items[0]};
    ok(f->s, article_delete(f->s, articles.items[2])); /* its record has no row now */
    ok(f->s, ar_transaction(f->s, change_and_fail, &tries));
    assert_int_equal(tries.count, 2);
    assert_false(article_is_loaded(f->s, tries.article, article_column.body));
    assert_protected(tries.article);
    ok(f->s, article_reload(f->s, tries.article));
    assert_text(tries.article->body, "a long body");
}

/* S-247: a record whose row was deleted and is there again is that of the new row. */
static void test_s247_row_is_back(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *third = some_articles(f).items[2], *found;
    ok(f->s, article_delete(f->s, third));
    fails(f->s, AR_NOT_FOUND, article_find(f->s, 3, &found));
    run_sql(f, "INSERT INTO articles (id, title, body, code, views, is_draft, weight, version, changed_at)"
               " SELECT 3, 'new', 'another body', code, 7, is_draft, weight, 1, changed_at FROM articles WHERE id = 1");
    ok(f->s, ar_execute(f->s, "UPDATE articles SET views = 8 WHERE id = 3")); /* expires what the session knows */
    ok(f->s, article_find(f->s, 3, &found));
    assert_text(found->title, "new");
    assert_int_equal(found->views, 8);
    assert_text(found->body, "another body");
    assert_true(article_is_loaded(f->s, found, article_column.body));
    found->views = 9;
    ok(f->s, article_save(f->s, found));
    assert_ptr_equal(some_articles(f).items[2], found);
    /* Of a new row that was read in part, nothing else is known. */
    ok(f->s, article_delete(f->s, found));
    run_sql(f, "INSERT INTO articles (id, title, body, code, views, is_draft, weight, version, changed_at)"
               " SELECT 3, 'newer', 'last', code, 6, is_draft, weight, 1, changed_at FROM articles WHERE id = 1");
    found = some_articles(f).items[2];
    assert_text(found->title, "newer");
    assert_false(article_is_loaded(f->s, found, article_column.body));
    assert_protected(found);
}

/* S-247: a partial record is deleted, and lists that it was in are right afterwards. */
static void test_s247_delete(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer *writer;
    struct article_list articles;
    ok(f->s, writer_find(f->s, 2, &writer));
    struct article *third = some_articles(f).items[2];
    ok(f->s, writer_articles(f->s, writer, &articles));
    assert_int_equal(articles.count, 1);
    ar_session_clear(f->s);
    ok(f->s, writer_find(f->s, 2, &writer));
    third = some_articles(f).items[2];
    int64_t count;
    ok(f->s, writer_articles_count(f->s, writer, &count));
    assert_int_equal(count, 1);
    ok(f->s, article_delete(f->s, third));
    ok(f->s, writer_articles(f->s, writer, &articles));
    assert_int_equal(articles.count, 0);
    ok(f->s, writer_articles_count(f->s, writer, &count));
    assert_int_equal(count, 0);
}

/* S-247: a partial record is not inserted, and not brought back if its row is gone: the rest of it would be lost. */
static void test_s247_row_is_gone(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article *first = some_articles(f).items[0];
    fails(f->s, AR_MISUSE, article_insert(f->s, first));
    assert_error_names(f->s, "some columns were not loaded cannot be inserted: call article_reload");
    struct note_query *q = note_query(f->s);
    struct note *note;
    note_only(q, note_column.text);
    note_where(q, ar_eq(note_column.number, 2));
    ok(f->s, note_one(q, &note));
    run_sql(f, "DELETE FROM notes WHERE number = 2");
    ok(f->s, ar_execute(f->s, "UPDATE notes SET text = 'new' WHERE number = 1")); /* expires what the session knows */
    note->text = "changed";
    fails(f->s, AR_NOT_FOUND, note_save(f->s, note));
    int64_t count;
    ok(f->s, note_count(note_query(f->s), &count));
    assert_int_equal(count, 1);
}

/* S-248: read-only sessions, which have no images. */
static void test_s248_read_only(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    reopen_session(f, (struct ar_session_options){.read_only = true});
    struct article *first = some_articles(f).items[0], *found;
    assert_false(article_is_loaded(f->s, first, article_column.body));
    struct article_query *q = article_query(f->s);
    article_only(q, article_column.code);
    ok(f->s, article_first(q, &found));
    assert_ptr_equal(found, first);
    assert_text(first->code, "code");
    assert_text(first->title, "one");
    ok(f->s, article_find(f->s, 1, &found));
    assert_text(first->body, "a long body");
    assert_true(article_is_loaded(f->s, first, article_column.body));
    run_sql(f, "UPDATE articles SET title = 'new' WHERE id = 1");
    assert_ptr_equal(some_articles(f).items[0], first);
    assert_text(first->title, "new");
    assert_text(first->body, "a long body");
    assert_true(article_is_loaded(f->s, first, article_column.body));
}

/* S-249: wrong columns; a page from a partial record; update_all and counts are not affected. */
static void test_s249_edges(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct article_query *q = article_query(f->s);
    struct article_list articles;
    int64_t count;
    ar_query_only_columns((struct ar_query *)q, writer_column.name);
    fails(f->s, AR_MISUSE, article_all(q, &articles));
    q = article_query(f->s);
    article_only(q, article_column.title);
    ok(f->s, article_count(q, &count));
    assert_int_equal(count, 3);
    articles = some_articles(f);
    q = article_query(f->s);
    article_order_by(q, ar_asc(article_column.views));
    article_after(q, articles.items[0]);
    ok(f->s, article_count(q, &count));
    assert_int_equal(count, 2);
    q = article_query(f->s);
    article_order_by(q, ar_asc(article_column.weight));
    article_after(q, articles.items[0]);
    fails(f->s, AR_MISUSE, article_all(q, &articles));
    assert_error_names(f->s, "weight");
    struct writer_query *writers = by_key(writer_query(f->s), &writer_model);
    struct writer_list list;
    article_only(writer_with_articles_count(writers), article_column.title);
    fails(f->s, AR_MISUSE, writer_all(writers, &list));
}

static enum ar_status count_articles(struct ar_session *s, const struct article_list *articles, void *payload)
{
    int64_t *last = payload;
    assert_int_equal(articles->count, 1);
    assert_true(article_is_loaded(s, articles->items[0], article_column.code));
    assert_false(article_is_loaded(s, articles->items[0], article_column.body));
    *last = *last * 10 + articles->items[0]->id;
    return AR_OK;
}

/* S-249: an aggregate of a list of partial records is computed by the database unless they have its column. */
static void test_s249_aggregates(void **state)
{
    struct fixture *f = *state;
    given_articles(f);
    struct writer_query *q = writer_query(f->s);
    struct writer_list writers;
    struct ar_value value;
    int64_t count;
    writer_order_by(q, ar_asc(writer_column.id));
    article_only(writer_with_articles(q), article_column.views);
    ok(f->s, writer_all(q, &writers));
    assert_statements(f, 2);
    ok(f->s, writer_articles_aggregate(f->s, writers.items[0], ar_sum(article_column.views), &value));
    assert_int_equal(value.integer, 30);
    ok(f->s, writer_articles_count(f->s, writers.items[0], &count));
    assert_int_equal(count, 2);
    assert_statements(f, 0);
    ok(f->s, writer_articles_aggregate(f->s, writers.items[0], ar_max(article_column.weight), &value));
    assert_true(value.real == 1);
    ok(f->s, writer_articles_aggregate(f->s, writers.items[1], ar_max(article_column.weight), &value));
    assert_true(value.real == 1.5);
    assert_statements(f, 1);
}

/* S-249: a stream loads the columns of its order as well, because its chunks begin at their values. */
static void test_s249_streams(void **state)
{
    struct fixture *f = *state;
    int64_t ids = 0;
    given_articles(f);
    struct article_query *q = article_query(f->s);
    article_only(q, article_column.title);
    article_order_by(q, ar_asc(article_column.code));
    article_order_by(q, ar_desc(article_column.weight));
    ok(f->s, article_each(q, 1, count_articles, &ids));
    assert_int_equal(ids, 321);
    ids = 0;
    q = article_query(f->s);
    article_only(q, article_column.code);
    article_order_by(q, article_by_writer(ar_desc(writer_column.name)));
    article_order_by(q, ar_desc(article_column.weight));
    ok(f->s, article_each(q, 1, count_articles, &ids));
    assert_int_equal(ids, 321);
}

#define story(test) cmocka_unit_test_setup_teardown(test, open_articles, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        story(test_s240_columns),
#if defined(REPORTS_ACCESS)
        story(test_s241_reported),
#endif
#if !defined(NDEBUG) && !defined(REPORTS_ACCESS)
        story(test_s241_contents),
#endif
        story(test_s242_completion),
        story(test_s243_complete_records),
        story(test_s244_save),
        story(test_s244_caller_owned),
        story(test_s245_belongs_to),
        story(test_s246_eager),
        story(test_s246_paths),
        story(test_s247_rollback),
        story(test_s247_rollback_of_parts),
        story(test_s247_tried_again),
        story(test_s247_row_is_back),
        story(test_s247_delete),
        story(test_s247_row_is_gone),
        story(test_s248_read_only),
        story(test_s249_edges),
        story(test_s249_aggregates),
        story(test_s249_streams),
    };
    return cmocka_run_group_tests_name("only", tests, NULL, NULL);
}
