/* Paths of relations: accepted and refused without a session. */
#include "read/path.h"

#include "library.ar.h"
#include "read/query.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_refused(const char *path, unsigned level, const char *reason)
{
    struct failure failure;
    assert_int_equal(ar_path_check(&author_model, level, path, &failure), AR_MISUSE);
    assert_non_null(strstr(failure.error.message, reason));
}

static void assert_accepted(const char *path, unsigned level)
{
    struct failure failure;
    assert_int_equal(ar_path_check(&author_model, level, path, &failure), AR_OK);
}

static void test_accepted(void **state)
{
    (void)state;
    assert_accepted("books", 0);
    assert_accepted("books.author.profile", 0);
    assert_accepted("books", AR_LEVELS_MAX - 1);
}

static void test_refused(void **state)
{
    (void)state;
    assert_refused("", 0, "empty segment: expected the name of a relation of author");
    assert_refused("books.", 0, "empty segment: expected the name of a relation of book");
    assert_refused("books..author", 0, "empty segment");
    assert_refused("book", 0, "\"book\" is not a relation of author");
    assert_refused("bookss", 0, "\"bookss\" is not a relation of author");
    assert_refused("books.name", 0, "\"name\" is not a relation of book");
    assert_refused("books.author.x.books", 0, "\"x\" is not a relation of author");
}

/* The level of the query counts as well. */
static void test_levels(void **state)
{
    (void)state;
    enum { PAIR = sizeof "books.author." - 1 };
    char *path = malloc((AR_LEVELS_MAX / 2 + 1) * (size_t)PAIR + 1);
    assert_non_null(path);
    for (size_t i = 0; i < AR_LEVELS_MAX / 2; i++)
        memcpy(path + i * PAIR, "books.author.", PAIR + 1);
    path[AR_LEVELS_MAX / 2 * PAIR - 1] = '\0';
    assert_accepted(path, 0);
    assert_refused(path, 1, "more than 1000 levels");
    assert_refused("books", AR_LEVELS_MAX, "more than 1000 levels");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
