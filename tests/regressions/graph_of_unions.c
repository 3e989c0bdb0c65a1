/* Graphs: of two kinds of a union that were set for one record, the first won; a reference to a new record without the
 * unique column that the foreign key refers to was silently lost; and a circle over a union failed, because its type
 * was inserted only afterwards. */
#include "graph_of_unions.ar.h"
#include "support.h"

static int open_tables(void **state)
{
    return fixture_open(state, &film_model, &review_model, &novel_model, &sale_model);
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

static void test_circle(void **state)
{
    struct fixture *f = *state;
    struct ar_graph graph = ar_graph_start(f->s);
    struct novel novel = {.isbn = "4"}, *found;
    struct review review = {0};
    struct review_list reviews;

    novel_set_best(&graph, &novel, &review);
    review_set_subject_novel(&graph, &review, &novel);
    ok(f->s, ar_graph_save(&graph));
    ok(f->other, novel_find(f->other, novel.id, &found));
    assert_int_equal(found->best_id, review.id);
    ok(f->other, novel_reviews(f->other, found, &reviews));
    assert_int_equal(reviews.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_last_kind_wins, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_unset_reference, open_tables, fixture_close),
        cmocka_unit_test_setup_teardown(test_circle, open_tables, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
