/* A session that is closed, whose database is closed, or that two threads use at once: AR_MISUSE in a build without
 * NDEBUG. */
#include "note.ar.h"
#include "support.h"

#include <pthread.h>
#include <string.h>

static int open_notes(void **state)
{
    return fixture_open(state, &note_model);
}

static enum ar_status receive_nothing(struct ar_session *s, const struct note_list *notes, void *payload)
{
    (void)s, (void)notes, (void)payload;
    return AR_OK;
}

/* Call every function that takes a session and returns a status. */
static void assert_all_refused(struct ar_session *s, const char *why)
{
    struct note note = {.id = 1, .text = "x"}, *found = &note;
    const struct note *const notes[] = {&note};
    struct note_list list = {.count = 7};
    struct ar_list rows = {.count = 7};
    struct note_query *q = note_query(s);
    int64_t count = 7, deleted = 7, updated = 7;
    struct ar_position position = {{7}};
    struct note *const records[] = {&note};
    const struct ar_upsert how = {0};
    struct ar_link_changes added = {.added = 7}, removed = added, replaced = added;
    char printed[AR_POSITION_LENGTH + 1];
    const char *text = "x";
    bool exists = true;
    struct ar_value value;
    const struct ar_union any = {.name = "any", .variants = note_model.relations, .variant_count = 1};
    size_t kind = 7;
    void *link = &note;
    struct ar_list links = {.count = 7}, followed = {.count = 7};
    struct ar_graph graph = ar_graph_start(s);
    ar_graph_put(&graph, &note_model, &note);
    note_where(q, ar_eq(note_column.id, 1));
    note_limit(q, 1);
    note_with_replies(q);
    note_with_replies_count(q);
    const enum ar_status statuses[] = {
        note_find(s, 1, &found),
        note_save(s, &note),
        note_insert(s, &note),
        note_insert_many(s, &note, 1),
        note_update(s, &note),
        note_delete(s, &note),
        note_assign(s, &note, ar_set(note_column.text, "y")),
        ar_record_upsert(s, &note_model, &note, &how, NULL),
        ar_record_upsert_many(s, &note_model, &note, 1, &how, NULL, NULL),
        ar_record_erase(s, &note_model, &note),
        ar_record_restore(s, &note_model, &note),
        note_replies_add(s, &note, records, 1, &added),
        note_replies_remove(s, &note, records, 1, AR_REMOVE_UNLINK, &removed),
        note_replies_replace(s, &note, records, 1, AR_REMOVE_UNLINK, &replaced),
        note_replies_build(s, &note, &note),
        note_reload(s, &note),
        note_all(q, &list),
        note_first(q, &found),
        note_one(q, &found),
        note_each(q, 1, receive_nothing, NULL),
        note_count(q, &count),
        note_exists(q, &exists),
        note_max(q, note_column.id, &value),
        note_delete_all(q, &deleted),
        ar_query_erase_all((struct ar_query *)q, NULL),
        note_update_all(q, ar_set(note_column.text, "y"), &updated),
        ar_query_with(q, "replies"),
        ar_explain(q, &text),
        note_all(note_replies_query(s, &note), &list),
        note_replies(s, &note, &list),
        note_parent(s, &note, &found),
        note_replies_count(s, &note, &count),
        note_replies_exists(s, &note, &exists),
        note_replies_aggregate(s, &note, ar_max(note_column.id), &value),
        note_replies_tree(s, &note, AR_WHOLE_DEPTH, &list),
        notes_with_text(s, "x", &list),
        note_all(notes_with_text_query(s, "x"), &list),
        notes_with_text_explain(s, "x", &text),
        note_with_text(s, "x", &found),
        set_text(s, "x", &updated),
        ar_sql_all(s, &note_model, "SELECT * FROM notes", NULL, 0, &rows),
        ar_execute_with(s, "DELETE FROM notes", NULL, 0, &deleted),
        ar_execute_with(s, "DELETE FROM notes", NULL, 0, NULL),
        note_load_replies(s, (struct note *const *)(uintptr_t)notes, 1),
        note_load_replies_count(s, (struct note *const *)(uintptr_t)notes, 1),
        ar_relation_follow(s, note_model.relations[1], (const void *const *)notes, 1, AR_WHOLE_DEPTH, &followed),
        ar_relation_follow(s, note_model.relations[1], (const void *const *)notes, 1, AR_WHOLE_DEPTH, NULL),
        ar_relation_links(s, note_model.relations[1], &note, &links),
        ar_relation_link(s, note_model.relations[1], &note, &link),
        ar_union_get(s, &any, &note, &kind, &link),
        ar_union_set(s, &any, &note, 0, NULL),
        ar_union_load(s, &any, (const void *const *)notes, 1),
        ar_refuse(s, note_column.text.column, "is refused"),
        set_text(s, "x", NULL),
        ar_begin(s),
        ar_begin_with(s, NULL),
        note_find_for_update(s, 1, &found),
        ar_commit(s),
        ar_rollback(s),
        ar_execute(s, "SELECT 1"),
        ar_create_tables(s, &note_model),
        ar_check_tables(s, &note_model),
        ar_graph_save(&graph),
        ar_relation_recount(s, note_model.relations[0], NULL, 0),
        ar_session_position(s, &position),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        assert_int_equal(statuses[i], AR_MISUSE);
    assert_int_equal(ar_session_error(s)->status, AR_MISUSE);
    assert_error_names(s, why);
    assert_null(found);
    assert_null(text);
    ar_position_format(&position, printed);
    assert_string_equal(printed, "");
    assert_int_equal(added.added + removed.added + replaced.added, 0);
    assert_int_equal(list.count + rows.count + (size_t)(count + deleted + updated) + exists, 0);
    assert_int_equal(links.count + followed.count + kind, 0);
    assert_null(link);
    assert_false(note_is_loaded(s, &note, note_column.text));
    note_replies_clear_cache(s, &note);
    note_clear_relation_cache(s, &note);
    ar_session_clear(s);
    ar_session_interrupt(s);
}

static void test_closed_session(void **state)
{
    struct fixture *f = *state;
    struct ar_session *s;
    ok(f->s, ar_session_open(f->db, NULL, &s));
    ar_session_close(s);
    assert_all_refused(s, "the session is closed");
    ar_session_close(s);
    assert_all_refused(s, "the session is closed");
}

/* More closed sessions than tombstones. */
static void test_many_closed_sessions(void **state)
{
    struct fixture *f = *state;
    struct ar_session *s = NULL;
    for (int i = 0; i < 200; i++) {
        ok(f->s, ar_session_open(f->db, NULL, &s));
        ok(s, ar_execute(s, "SELECT 1"));
        ar_session_close(s);
    }
    assert_int_equal(ar_begin(s), AR_MISUSE);
}

static void test_database_closed_first(void **state)
{
    struct fixture *f = *state;
    struct ar_session *first = f->s, *second = f->other;
    ok(first, ar_begin(first));
    ar_db_close(f->db);
    assert_all_refused(first, "the session's database is closed");
    assert_all_refused(second, "call ar_session_close for every session before ar_db_close");
    ar_session_close(second);
    ar_session_close(first); /* the last session closes the database as well */
    f->s = f->other = NULL;
    f->db = NULL;
}

/* ---- Two threads ------------------------------------------------------------------------------------------------- */

static void *use_session(void *payload)
{
    struct ar_session *s = payload;
    assert_all_refused(s, "another thread is using this session");
    ar_session_close(s);
    return NULL;
}

/* Called while the session runs a statement in its own thread. */
static void use_in_another_thread(const struct ar_event *event, void *payload)
{
    struct fixture *f = payload;
    pthread_t thread;
    if (event->reason != AR_REASON_QUERY || pthread_create(&thread, NULL, use_session, f->s) != 0)
        return;
    (void)pthread_join(thread, NULL);
    f->statements++;
}

static void test_two_threads(void **state)
{
    struct fixture *f = *state;
    int64_t count;
    ar_db_observe(f->db, use_in_another_thread, f);
    ok(f->s, note_count(note_query(f->s), &count));
    ar_db_observe(f->db, NULL, NULL);
    assert_int_equal(f->statements, 1);
    ok(f->s, note_count(note_query(f->s), &count));
    assert_int_equal(ar_session_error(f->s)->status, AR_OK);
}

static void *count_notes(void *payload)
{
    struct ar_session *s = payload;
    int64_t count;
    ok(s, note_count(note_query(s), &count));
    return NULL;
}

/* Threads may use a session in turn, even inside a transaction callback. */
static enum ar_status hand_over(struct ar_session *s, void *payload)
{
    pthread_t thread;
    (void)payload;
    assert_int_equal(pthread_create(&thread, NULL, count_notes, s), 0);
    (void)pthread_join(thread, NULL);
    return AR_OK;
}

static void test_threads_in_turn(void **state)
{
    struct fixture *f = *state;
    ok(f->s, hand_over(f->s, NULL));
    ok(f->s, ar_transaction(f->s, hand_over, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_closed_session, open_notes, fixture_close),
        cmocka_unit_test_setup_teardown(test_many_closed_sessions, open_notes, fixture_close),
        cmocka_unit_test_setup_teardown(test_database_closed_first, open_notes, fixture_close),
        cmocka_unit_test_setup_teardown(test_two_threads, open_notes, fixture_close),
        cmocka_unit_test_setup_teardown(test_threads_in_turn, open_notes, fixture_close),
    };
    return cmocka_run_group_tests_name("misuse", tests, NULL, NULL);
}
