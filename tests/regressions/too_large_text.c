/* A string of 1 GB, which no database accepts: PostgreSQL closed the connection (AR_UNAVAILABLE), and COPY never
 * returned. It is refused before it is sent. The test does not need 1 GB of memory, because the string maps the same
 * page many times. */
#include "support.h"
#include "too_large_text.ar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIECE = 1 << 22, PIECES = 257, COPIED = 2400 };

static char *text; /* PIECE * PIECES - 1 characters */

static int map_text(void **state)
{
    FILE *file = tmpfile();
    char *piece = malloc(PIECE);
    (void)state;
    text = mmap(NULL, (size_t)PIECE * PIECES, PROT_READ, MAP_SHARED, file != NULL ? fileno(file) : -1, 0);
    if (file == NULL || piece == NULL || text == MAP_FAILED)
        return -1;
    memset(piece, 'x', PIECE);
    bool is_written = fwrite(piece, PIECE, 1, file) == 1;
    piece[PIECE - 1] = '\0';
    is_written = is_written && fwrite(piece, PIECE, 1, file) == 1 && fflush(file) == 0;
    for (size_t i = 0; i < PIECES && is_written; i++)
        is_written = mmap(text + i * PIECE, PIECE, PROT_READ, MAP_SHARED | MAP_FIXED, fileno(file),
                          i + 1 < PIECES ? 0 : PIECE) != MAP_FAILED;
    free(piece);
    fclose(file);
    return is_written ? 0 : -1;
}

static int unmap_text(void **state)
{
    (void)state;
    return munmap(text, (size_t)PIECE * PIECES);
}

static int open_manuscripts(void **state)
{
    return fixture_open(state, &manuscript_model);
}

/* The call was refused, nothing was written, and the session remains usable. */
static void assert_refused(struct fixture *f)
{
    struct manuscript next = {.title = "next", .content = "short"};
    int64_t count;
    assert_text(ar_session_error(f->s)->model, "manuscript");
    ok(f->s, manuscript_count(manuscript_query(f->s), &count));
    assert_int_equal(count, 0);
    ok(f->s, manuscript_insert(f->s, &next));
    ok(f->s, manuscript_delete(f->s, &next));
}

static void test_insert(void **state)
{
    struct fixture *f = *state;
    struct manuscript manuscript = {.title = "title", .content = text};
    fails(f->s, AR_INVALID, manuscript_insert(f->s, &manuscript));
    assert_text(ar_session_error(f->s)->column, "content");
    assert_int_equal(manuscript.id, 0);
    assert_refused(f);
}

/* If two strings are too large in total, the message names the larger one. */
static void test_together(void **state)
{
    struct fixture *f = *state;
    struct manuscript manuscript = {.title = text + (size_t)PIECE * 140, .content = text + (size_t)PIECE * 100};
    if (fixture_is_sqlite())
        skip(); /* SQLite limits each value, not the total */
    fails(f->s, AR_INVALID, manuscript_insert(f->s, &manuscript));
    assert_text(ar_session_error(f->s)->column, "content");
    assert_refused(f);
}

static void insert_many(struct fixture *f, size_t count)
{
    struct manuscript *manuscripts = calloc(count, sizeof *manuscripts);
    assert_non_null(manuscripts);
    for (size_t i = 0; i < count; i++)
        manuscripts[i] = (struct manuscript){.title = "title", .content = "short"};
    manuscripts[1].content = text;
    fails(f->s, AR_INVALID, manuscript_insert_many(f->s, manuscripts, count));
    if (count < 3 || !fixture_is_sqlite())
        assert_text(ar_session_error(f->s)->column, "content");
    assert_int_equal(manuscripts[0].id, 0);
    free(manuscripts);
    assert_refused(f);
}

static void test_insert_many(void **state)
{
    insert_many(*state, 2);
    insert_many(*state, 40);
    insert_many(*state, COPIED);
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_manuscripts, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {test(test_insert), test(test_together), test(test_insert_many)};
    return cmocka_run_group_tests_name("too_large_text", tests, map_text, unmap_text);
}
