/* S-570 to S-575: a part of a composite key that the database numbers. */
#include "numbers.ar.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_numbers(void **state)
{
    return fixture_open(state, &tenant_model, &document_model, &page_model, &seat_model, &notice_model, &badge_model,
                        &memo_model);
}

static void add_tenants(struct fixture *f)
{
    struct tenant tenants[] = {{.id = 1, .name = "one"}, {.id = 2, .name = "two"}};
    for (size_t i = 0; i < 2; i++)
        add_row(f, &tenant_model, &tenants[i]);
    reset_statements(f);
}

/* The row as another session reads it. */
static struct document *stored(struct fixture *f, int64_t tenant_id, int64_t id)
{
    struct document *document;
    f->is_paused = true;
    ok(f->other, document_find(f->other, tenant_id, id, &document));
    f->is_paused = false;
    return document;
}

/* ---- Single records ---------------------------------------------------------------------------------------------- */

/* S-570 */
static void test_an_insert_receives_the_number(void **state)
{
    struct fixture *f = *state;
    struct page first = {.tenant_id = 1, .number = 1}, second = {.tenant_id = 2, .number = 2}, *read;
    ok(f->s, page_insert(f->s, &first));
    ok(f->s, page_save(f->s, &second));
    assert_statements(f, 2);
    assert_true(first.id > 0 && second.id > first.id);
    ok(f->other, page_find(f->other, second.id, 2, &read));
    assert_int_equal(read->number, 2);
    fails(f->other, AR_NOT_FOUND, page_find(f->other, second.id, 1, &read));
    /* A record with its number is updated, and belongs to the session. */
    second.number = 3;
    reset_statements(f);
    ok(f->s, page_save(f->s, &second));
    assert_statements(f, 1);
    ok(f->s, page_find(f->s, second.id, 2, &read));
    assert_int_equal(read->number, 3);
    struct page missing = {.id = 9999, .tenant_id = 1};
    fails(f->s, AR_NOT_FOUND, page_save(f->s, &missing));
    ok(f->s, page_insert(f->s, &missing)); /* the caller's number */
    ok(f->other, page_find(f->other, 9999, 1, &read));
    ok(f->s, page_delete(f->s, &second));
    fails(f->other, AR_NOT_FOUND, page_find(f->other, second.id, 2, &read));
}

/* S-570 */
static void test_defaults_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    struct document document = {.tenant_id = 1, .title = "a"};
    struct seat seats[2] = {{.house = "opera"}, {.house = "opera"}}, unset = {.id = 0};
    add_tenants(f);
    ok(f->s, document_insert(f->s, &document));
    assert_true(document.id > 0);
    assert_int_equal(document.size, 7);
    assert_text(stored(f, 1, document.id)->title, "a");
    ok(f->s, seat_insert(f->s, &seats[0]));
    ok(f->s, seat_insert_many(f->s, seats + 1, 1));
    assert_true(seats[1].id > seats[0].id);
    fails(f->s, AR_INVALID, seat_insert(f->s, &unset));
    assert_error_names(f->s, "seat.house is not set");
    assert_int_equal(unset.id, 0);
}

/* S-570: a failed insert changes nothing. */
static void test_a_failed_insert(void **state)
{
    struct fixture *f = *state;
    struct document first = {.tenant_id = 1, .title = "same"}, second = {.tenant_id = 1, .title = "same"};
    add_tenants(f);
    ok(f->s, document_insert(f->s, &first));
    fails(f->s, AR_CONSTRAINT, document_insert(f->s, &second));
    assert_int_equal(second.id, 0);
    second.tenant_id = 2;
    ok(f->s, document_insert(f->s, &second));
    ok(f->s, ar_begin(f->s));
    struct document third = {.tenant_id = 2, .title = "third"};
    ok(f->s, document_insert(f->s, &third));
    ok(f->s, ar_rollback(f->s));
    struct document *read;
    fails(f->s, AR_NOT_FOUND, document_find(f->s, 2, third.id, &read));
}

/* ---- Many records ------------------------------------------------------------------------------------------------ */

static int compare_numbers(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Insert alternating tenants, and compare each row with its record. */
static void check_many(struct fixture *f, size_t count, size_t statements)
{
    struct page *pages = calloc(count, sizeof *pages);
    int64_t *numbers = calloc(count, sizeof *numbers);
    struct page_list list;
    for (size_t i = 0; i < count; i++)
        pages[i] = (struct page){.tenant_id = 1 + (int64_t)i % 2, .number = (int32_t)i};
    reset_statements(f);
    ok(f->s, page_insert_many(f->s, pages, count));
    assert_statements(f, statements);
    ok(f->other, page_all(page_query(f->other), &list));
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        const struct page *page = list.items[i];
        assert_int_equal(pages[page->number].id, page->id);
        assert_int_equal(pages[page->number].tenant_id, page->tenant_id);
        numbers[i] = page->id;
    }
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 1; i < count; i++)
        assert_true(numbers[i - 1] < numbers[i]);
    reset_statements(f);
    pages[count - 1].number = -1; /* the records are the session's */
    ok(f->s, page_save(f->s, &pages[count - 1]));
    assert_statements(f, 1);
    free(numbers);
    free(pages);
}

/* S-571 */
static void test_a_few(void **state)
{
    check_many(*state, 3, fixture_is_sqlite() ? 3 : 1);
}

/* S-571: arrays, or the table of rows. */
static void test_many(void **state)
{
    check_many(*state, 300, 1);
}

/* S-571: COPY. */
static void test_very_many(void **state)
{
    check_many(*state, 2500, 1);
}

/* S-571: some records have the numbers of the caller, some have defaults to read back. */
static void test_many_of_all_kinds(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 120 };
    struct document documents[COUNT] = {0};
    char titles[COUNT][8];
    add_tenants(f);
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(titles[i], sizeof titles[i], "t%zu", i);
        documents[i] = (struct document){.tenant_id = 1 + (int64_t)i % 2, .title = titles[i]};
        if (i >= 50 && i < 60)
            documents[i].id = 100000 - 10 * (int64_t)i;
        if (i % 40 >= 30)
            documents[i].size = 5;
    }
    ok(f->s, document_insert_many(f->s, documents, COUNT));
    for (size_t i = 0; i < COUNT; i++) {
        struct document *read = stored(f, documents[i].tenant_id, documents[i].id);
        assert_text(read->title, titles[i]);
        assert_int_equal(documents[i].size, i % 40 >= 30 ? 5 : 7);
        assert_int_equal(read->size, documents[i].size);
        assert_int_equal(documents[i].id == 100000 - 10 * (int64_t)i, i >= 50 && i < 60);
    }
    struct tenant *tenant;
    ok(f->other, tenant_find(f->other, 1, &tenant));
    assert_int_equal(tenant->documents_count, COUNT / 2);
}

/* S-572 */
static void test_upsert(void **state)
{
    struct fixture *f = *state;
    struct document first = {.tenant_id = 1, .title = "a", .size = 1};
    const struct ar_column *title[] = {document_column.tenant_id.column, document_column.title.column, NULL};
    const struct ar_column *size[] = {document_column.size.column, NULL};
    const struct ar_upsert by_title = {.by_columns = title, .update = size};
    struct ar_upsert_totals totals;
    enum ar_upsert_effect effect;
    add_tenants(f);
    ok(f->s, document_upsert(f->s, &first, &(struct ar_upsert){.update = size}, &effect));
    assert_int_equal(effect, AR_UPSERT_INSERTED);
    assert_true(first.id > 0);
    first.size = 2;
    ok(f->s, document_upsert(f->s, &first, &(struct ar_upsert){.update = size}, &effect));
    assert_int_equal(effect, AR_UPSERT_UPDATED);
    assert_int_equal(stored(f, 1, first.id)->size, 2);
    /* Rows that conflict by another key get the number of the row. */
    struct document both[3] = {{.tenant_id = 1, .title = "a", .size = 3},
                               {.tenant_id = 2, .title = "a", .size = 4},
                               {.tenant_id = 1, .title = "b", .size = 5}};
    ok(f->s, document_upsert_many(f->s, both, 3, &by_title, NULL, &totals));
    assert_int_equal(totals.updated, 1);
    assert_int_equal(totals.inserted, 2);
    assert_int_equal(both[0].id, first.id);
    ar_session_clear(f->other);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(stored(f, both[i].tenant_id, both[i].id)->size, 3 + (int)i);
    /* By the key: those without a number are new. */
    struct document more[2] = {{.tenant_id = 1, .title = "c", .size = 6}, both[1]};
    more[1].size = 7;
    ok(f->s, document_upsert_many(f->s, more, 2, &(struct ar_upsert){.update = size}, NULL, &totals));
    assert_int_equal(totals.updated, 1);
    assert_int_equal(totals.inserted, 1);
    ar_session_clear(f->other);
    assert_int_equal(stored(f, 1, more[0].id)->size, 6);
    assert_int_equal(stored(f, 2, both[1].id)->size, 7);
    /* The number of another tenant's row: SQLite has it once. */
    struct document other = {.tenant_id = 2, .id = first.id, .title = "d"};
    enum ar_status expected = fixture_is_sqlite() ? AR_CONSTRAINT : AR_OK;
    assert_int_equal(document_upsert(f->s, &other, NULL, NULL), expected);
    other.title = "e";
    other.tenant_id = fixture_is_sqlite() ? 2 : 3;
    fails(f->s, AR_CONSTRAINT, document_upsert(f->s, &other, &(struct ar_upsert){.ignore = true}, NULL));
    assert_int_equal(stored(f, 1, first.id)->size, 3);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

/* S-573 */
static void test_graph(void **state)
{
    struct fixture *f = *state;
    struct document documents[2] = {{.tenant_id = 1, .title = "a"}, {.tenant_id = 2, .title = "b"}};
    struct page pages[4] = {{.number = 1}, {.number = 2}, {.number = 3}, {.number = 4}}, *read;
    struct ar_graph graph = ar_graph_start(f->s);
    add_tenants(f);
    for (size_t i = 0; i < 4; i++)
        page_set_document(&graph, &pages[i], &documents[i / 2]);
    ok(f->s, ar_graph_save(&graph));
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pages[i].tenant_id, documents[i / 2].tenant_id);
        assert_int_equal(pages[i].document_id, documents[i / 2].id);
        ok(f->other, page_find(f->other, pages[i].id, pages[i].tenant_id, &read));
        assert_int_equal(read->number, i + 1);
        assert_int_equal(read->document_id, documents[i / 2].id);
    }
    assert_text(stored(f, 2, documents[1].id)->title, "b");
    struct tenant *tenant;
    ok(f->other, tenant_find(f->other, 1, &tenant));
    assert_int_equal(tenant->documents_count, 1);
}

/* S-573: rows of one model that refer to each other. */
static void test_graph_of_one_model(void **state)
{
    struct fixture *f = *state;
    struct document first = {.tenant_id = 1, .title = "a"}, second = {.tenant_id = 1, .title = "b"};
    struct ar_graph graph = ar_graph_start(f->s);
    add_tenants(f);
    document_set_previous(&graph, &second, &first);
    ok(f->s, ar_graph_save(&graph));
    assert_int_equal(stored(f, 1, second.id)->previous_id, first.id);
}

/* S-574 */
static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct document documents[3] = {
        {.tenant_id = 1, .title = "a"}, {.tenant_id = 1, .title = "b"}, {.tenant_id = 2, .title = "c"}};
    struct page page, added = {.tenant_id = 1, .number = 9}, *pages[] = {&added};
    struct page foreign = {.tenant_id = 2, .number = 8}, *foreigners[] = {&foreign};
    struct ar_link_changes changes;
    struct document *first, *document;
    struct document_list list;
    struct page_list found;
    struct tenant *tenant;
    add_tenants(f);
    ok(f->s, document_insert_many(f->s, documents, 3));
    ok(f->s, document_find(f->s, 1, documents[0].id, &first));
    ok(f->s, document_pages_build(f->s, first, &page));
    assert_int_equal(page.document_id, first->id);
    ok(f->s, page_save(f->s, &page));
    ok(f->s, page_insert(f->s, &added));
    ok(f->s, document_pages_add(f->s, first, pages, 1, &changes));
    assert_int_equal(changes.added, 1);
    assert_int_equal(added.document_id, first->id);
    ok(f->s, document_pages_add(f->s, first, pages, 1, &changes));
    assert_int_equal(changes.added, 0);
    /* The tenant is part of the key: a row of another one stays there. */
    ok(f->s, page_insert(f->s, &foreign));
    fails(f->s, AR_NOT_FOUND, document_pages_add(f->s, first, foreigners, 1, NULL));
    assert_error_names(f->s, "1 of 1 records cannot be added to document.pages");
    ok(f->s, document_pages(f->s, first, &found));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[1]->number, 9);
    ok(f->s, page_document(f->s, found.items[1], &document));
    assert_ptr_equal(document, first);
    ok(f->s, tenant_find(f->s, 1, &tenant));
    reset_statements(f);
    struct tenant_query *q = tenant_query(f->s);
    document_with_pages(tenant_with_documents(q));
    tenant_order_by(q, ar_asc(tenant_column.id));
    struct tenant_list tenants;
    ok(f->s, tenant_all(q, &tenants));
    ok(f->s, tenant_documents(f->s, tenants.items[0], &list));
    assert_int_equal(list.count, 2);
    assert_ptr_equal(list.items[0], first);
    ok(f->s, document_pages(f->s, list.items[0], &found));
    assert_int_equal(found.count, 2);
    ok(f->s, document_pages(f->s, list.items[1], &found));
    assert_int_equal(found.count, 0);
    ok(f->s, document_pages_remove(f->s, first, pages, 1, AR_REMOVE_UNLINK, NULL));
    ok(f->s, document_pages(f->s, first, &found));
    assert_int_equal(found.count, 1);
    ok(f->s, document_assign(f->s, first, ar_add(document_column.size, 3)));
    assert_int_equal(first->size, 10);
}

/* S-571: rows of several shards in one statement. */
static void test_many_of_several_tenants(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 400 };
    struct memo *memos = calloc(COUNT, sizeof *memos), *read;
    for (size_t i = 0; i < COUNT; i++)
        memos[i] = (struct memo){.tenant_id = 1 + (int64_t)(i * 7 % 9), .reads = (int64_t)i};
    ok(f->s, memo_insert_many(f->s, memos, COUNT));
    assert_statements(f, 1);
    for (size_t i = 0; i < COUNT; i++) {
        ok(f->other, memo_find(f->other, memos[i].tenant_id, memos[i].id, &read));
        assert_int_equal(read->reads, i);
    }
    free(memos);
}

/* S-574: a session that is limited to a tenant sets it, and the database makes the numbers. */
static void test_a_scope(void **state)
{
    struct fixture *f = *state;
    enum { COUNT = 40 };
    struct memo memos[COUNT], one = {.text = "one"}, key, *read;
    struct memo_list list;
    for (size_t i = 0; i < COUNT; i++)
        memos[i] = (struct memo){.text = "many", .reads = (int64_t)i};
    reopen_session(f, (struct ar_session_options){.scope = ar_scope(7)});
    ok(f->s, memo_insert(f->s, &one));
    assert_true(one.tenant_id == 7 && one.id > 0);
    ok(f->s, memo_insert_many(f->s, memos, COUNT));
    for (size_t i = 0; i < COUNT; i++) {
        ok(f->other, memo_find(f->other, 7, memos[i].id, &read));
        assert_int_equal(read->reads, i);
    }
    key = (struct memo){.id = one.id}; /* the scope has the rest of the key */
    ok(f->s, memo_assign(f->s, &key, ar_add(memo_column.reads, 1)));
    assert_int_equal(key.reads, 1);
    assert_int_equal(one.reads, 0);
    ok(f->s, memo_all(memo_query(f->s), &list));
    assert_int_equal(list.count, COUNT + 1);
    key.tenant_id = 8;
    fails(f->s, AR_MISUSE, memo_assign(f->s, &key, ar_add(memo_column.reads, 1)));
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* S-576 */
static void test_tables_made_by_hand(void **state)
{
    struct fixture *f = *state;
    ok(f->s, ar_check_tables(f->s, &tenant_model, &document_model, &page_model, &seat_model));
    run_sql(f, "DROP TABLE seats");
    run_sql(f, "CREATE TABLE seats (house TEXT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (house, id))");
    fails(f->s, AR_CONFLICT, ar_check_tables(f->s, &seat_model));
    assert_error_names(f->s, "seats.id: the database does not number new rows (on SQLite, only an INTEGER PRIMARY KEY "
                             "does, with a unique index for the whole key)");
    /* An insert reports it, too, and changes nothing. */
    struct seat seat = {.house = "opera"};
    enum ar_status status = seat_insert(f->s, &seat);
    assert_true(status == AR_INVALID || status == AR_CONSTRAINT);
    assert_int_equal(seat.id, 0);
    seat.id = 7;
    ok(f->s, seat_insert(f->s, &seat));
    run_sql(f, "DROP TABLE seats");
    run_sql(f, fixture_is_sqlite() ? "CREATE TABLE seats (house TEXT NOT NULL, id INTEGER PRIMARY KEY)"
                                   : "CREATE TABLE seats (house text NOT NULL, id bigserial PRIMARY KEY)");
    fails(f->s, AR_CONFLICT, ar_check_tables(f->s, &seat_model));
    assert_error_names(f->s, "(house, id)");
}

/* ---- Hooks ------------------------------------------------------------------------------------------------------- */

static int ended;
static struct notice last_notice;
static struct badge last_badge;
static enum ar_change last_badge_change;

void end_notice(struct ar_session *s, const struct notice *notice, enum ar_change change)
{
    (void)s, (void)change;
    ended++;
    last_notice = *notice;
}

void end_badge(struct ar_session *s, const struct badge *badge, enum ar_change change)
{
    (void)s;
    ended++;
    last_badge = *badge;
    last_badge_change = change;
}

/* S-575: the entry of the transaction is found by the key that the database has made. */
static void test_one_call_for_each_row(void **state)
{
    struct fixture *f = *state;
    struct notice notices[3] = {{.tenant_id = 1, .text = "a"}, {.tenant_id = 2, .text = "b"}, {.tenant_id = 1}};
    struct badge badges[2] = {{.text = "a"}, {.text = "b"}};
    struct notice others[60];
    ended = 0;
    ok(f->s, ar_begin(f->s));
    ok(f->s, notice_insert(f->s, &notices[0]));
    ok(f->s, notice_insert_many(f->s, &notices[1], 2));
    ok(f->s, badge_insert(f->s, &badges[0]));
    ok(f->s, badge_insert(f->s, &badges[1]));
    for (size_t i = 0; i < 60; i++) /* the call uses the memory of those before */
        others[i] = (struct notice){.tenant_id = INT64_MAX, .text = "other"};
    ok(f->s, notice_insert_many(f->s, others, 60));
    badges[0].text = "changed";
    ok(f->s, badge_save(f->s, &badges[0]));
    notices[0].text = "changed";
    ok(f->s, notice_save(f->s, &notices[0]));
    notices[2].text = "last";
    ok(f->s, notice_save(f->s, &notices[2]));
    ok(f->s, badge_delete(f->s, &badges[1]));
    assert_int_equal(ended, 0);
    ok(f->s, ar_commit(f->s));
    assert_int_equal(ended, 5 + 60);
    assert_memory_equal(last_badge.id, badges[1].id, 16);
    assert_int_equal(last_badge_change, AR_DELETED);
    assert_int_equal(last_notice.tenant_id, INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_insert_receives_the_number, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_defaults_and_nothing_else, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_failed_insert, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_few, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_many, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_very_many, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_many_of_all_kinds, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_upsert, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_graph, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_graph_of_one_model, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_many_of_several_tenants, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_a_scope, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_tables_made_by_hand, open_numbers, fixture_close),
        cmocka_unit_test_setup_teardown(test_one_call_for_each_row, open_numbers, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
