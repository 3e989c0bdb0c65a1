/* Graphs: of two kinds of a union that were set for one record, the first won; a reference to a new record without the
 * unique column that the foreign key refers to was silently lost; and a circle over a union failed, because its type
 * was inserted only afterwards. */
#include "graph_of_unions.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &film_model, &review_model, &novel_model, &sale_model, &studio_model, &badge_model);
}

static void test_last_kind_wins(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct novel novel = {.isbn = "1"}, unused = {.isbn = "2"};
    struct film film = {0}, stored = {0};
    struct review first = {0}, second = {0};
    struct review_list reviews;

    add_row(f, &film_model, &stored);
    review_set_subject_novel(&graph, &first, &novel);
    review_set_subject_film(&graph, &first, &film);
    review_set_subject_novel(&graph, &second, &unused);
    review_set_subject_film(&graph, &second, &stored);
    ok(f->s, ar_graph_save(&graph));
    assert_text(first.subject_type, "film");
    assert_int_equal(first.subject_id, film.id);
    assert_text(second.subject_type, "film");
    assert_int_equal(second.subject_id, stored.id);
    ok(f->s, film_reviews(f->s, &film, &reviews));
    assert_int_equal(reviews.count, 1);
    ok(f->s, novel_reviews(f->s, &novel, &reviews));
    assert_int_equal(reviews.count, 0);
}

static void test_unset_reference(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct novel novel = {0};
    struct sale sale = {0};

    sale_set_novel(&graph, &sale, &novel);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    assert_error_names(f->s, "sale.novel refers to a novel whose isbn is not set");
    assert_int_equal(sale.id, 0);
    novel.isbn = "3";
    ok(f->s, ar_graph_save(&graph));
    assert_text(sale.novel_isbn, "3");
}

/* The foreign key that is deferred is that of the novel or, if the novel comes first, that of the review. */
static void test_circle(void **state)
{
    struct fixture *f = *state;

    for (int novel_is_first = 0; novel_is_first < 2; novel_is_first++) {
        struct ar_graph graph = ar_graph_start(f->s);
        struct novel novel = {.isbn = novel_is_first ? "5" : "4"}, *found;
        struct review review = {0};
        struct review_list reviews;
        if (novel_is_first)
            novel_put(&graph, &novel);
        novel_set_best(&graph, &novel, &review);
        review_set_subject_novel(&graph, &review, &novel);
        ok(f->s, ar_graph_save(&graph));
        ok(f->other, novel_find(f->other, novel.id, &found));
        assert_int_equal(found->best_id, review.id);
        ok(f->other, novel_reviews(f->other, found, &reviews));
        assert_int_equal(reviews.count, 1);
        assert_text(reviews.items[0]->subject_type, "novel");
    }
}

/* A foreign key of an arc cannot be deferred, although it can be NULL. */
static void test_circle_over_an_arc(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct studio studio = {0};
    struct badge badge = {0};
    int64_t count;

    studio_set_badge(&graph, &studio, &badge);
    badge_set_studio(&graph, &badge, &studio);
    fails(f->s, AR_INVALID, ar_graph_save(&graph));
    assert_error_names(f->s, "refer to each other in a circle");
    assert_int_equal(studio.id + badge.id, 0);
    ok(f->other, badge_count(badge_query(f->other), &count));
    assert_int_equal(count, 0);
}

/* A type that cannot be NULL stays when the key becomes NULL. */
static void test_type_that_cannot_be_null(void **state)
{
    struct fixture *f = *state;
    struct film film = {0};
    struct review first = {.subject_type = "film"}, second = first, *stored, *const reviews[] = {&first};

    ok(f->s, film_insert(f->s, &film));
    first.subject_id = second.subject_id = film.id;
    ok(f->s, review_insert(f->s, &first));
    ok(f->s, review_insert(f->s, &second));
    ok(f->s, film_reviews_remove(f->s, &film, reviews, 1, AR_REMOVE_UNLINK, NULL));
    assert_text(first.subject_type, "film");
    assert_int_equal(first.subject_id, 0);
    ok(f->s, film_delete(f->s, &film));
    ok(f->other, review_find(f->other, second.id, &stored));
    assert_text(stored->subject_type, "film");
    assert_int_equal(stored->subject_id, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_last_kind_wins, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_unset_reference, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_circle, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_circle_over_an_arc, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_type_that_cannot_be_null, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
