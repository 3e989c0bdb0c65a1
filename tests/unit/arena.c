/* The arena: alignment, pieces larger than a block, impossible sizes, and the memory that a reset keeps. */
#include "base/arena.h"
#include "base/arena_text.h"

#include "unit.h"

#include <stdint.h>
#include <string.h>

static void test_pieces_are_aligned(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t size = 0; size < 300; size++) {
        char *text = ar_arena_copy_text(&arena, "odd", 3);
        unsigned char *piece = ar_arena_allocate_zero(&arena, size);
        assert_string_equal(text, "odd");
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xFF, size);
    }
    ar_arena_free(&arena);
    assert_null(arena.block);
}

/* Alignment stricter than malloc's, in the middle and at the start of a block. */
static void test_wide_alignment(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t size = 1; size < 20000; size += 97) {
        unsigned char *piece = ar_arena_allocate_aligned(&arena, size, 256);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % 256, 0);
        memset(piece, 1, size);
    }
    ar_arena_free(&arena);
}

/* A large piece gets its own block; small pieces continue in the current one. */
static void test_large_pieces(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *small = ar_arena_allocate(&arena, 16);
    char *large = ar_arena_allocate(&arena, 10 << 20);
    char *next = ar_arena_allocate(&arena, 16);
    assert_non_null(small);
    assert_non_null(large);
    memset(large, 1, 10 << 20);
    assert_ptr_equal(next, small + 32);
    ar_arena_free(&arena);
}

/* Repeatedly allocating and freeing a piece does not use more memory, whether it is small or has a separate block. */
static void test_rewinds_do_not_grow(void **state)
{
    (void)state;
    static const size_t sizes[] = {100, 10000, 1 << 20};
    struct arena arena = {0};
    char *kept = ar_arena_copy_text(&arena, "kept", 4);
    size_t most = 0;
    for (size_t round = 0; round < 3000; round++) {
        char *mark = arena.next;
        char *before = round % 7 == 0 ? ar_arena_allocate(&arena, sizes[2]) : NULL;
        char *piece = ar_arena_allocate(&arena, sizes[round % 3]);
        assert_non_null(piece);
        memset(piece, 1, sizes[round % 3]);
        ar_arena_rewind(&arena, before != NULL ? mark : piece);
        if (round == 10)
            most = arena.size;
    }
    assert_true(arena.size <= most);
    assert_string_equal(kept, "kept");
    ar_arena_free(&arena);
}

/* Rewinding to a mark keeps a separate block that is older than the mark. */
static void test_rewind_keeps_older_blocks(void **state)
{
    (void)state;
    enum { LARGE = 1 << 20 };
    struct arena arena = {0};
    assert_non_null(ar_arena_allocate(&arena, 16));
    char *old = ar_arena_allocate(&arena, LARGE);
    char *mark = arena.next;
    size_t size = arena.size;
    char *new = ar_arena_allocate(&arena, LARGE);
    memset(old, 1, LARGE);
    memset(new, 2, LARGE);
    ar_arena_rewind(&arena, mark);
    assert_int_equal(arena.size, size);
    assert_int_equal(old[LARGE - 1], 1);
    new = ar_arena_allocate(&arena, LARGE);
    ar_arena_rewind(&arena, new);
    assert_int_equal(arena.size, size);
    assert_int_equal(old[LARGE - 1], 1);
    ar_arena_free(&arena);
}

/* The arena returns to the state at the mark, regardless of how many blocks were allocated since. */
static void test_release(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t pieces = 0; pieces < 400; pieces += 13) {
        char *mark = arena.next;
        size_t size = arena.size;
        for (size_t i = 0; i < pieces; i++) {
            char *piece = ar_arena_allocate(&arena, i % 5 == 0 ? 20000 : 300);
            assert_non_null(piece);
            memset(piece, 1, 300);
        }
        ar_arena_release(&arena, mark);
        assert_ptr_equal(arena.next, mark);
        assert_int_equal(arena.size, size);
        if (pieces > 200)
            assert_non_null(ar_arena_allocate(&arena, 1000));
    }
    ar_arena_free(&arena);
}

/* Rewinding to a piece with a separate block frees the newer ones; an unknown mark frees nothing. */
static void test_rewind_to_an_older_block(void **state)
{
    (void)state;
    enum { LARGE = 1 << 20 };
    struct arena arena = {0};
    char *first = ar_arena_copy_text(&arena, "first", 5);
    char *one = ar_arena_allocate(&arena, LARGE);
    size_t size = arena.size;
    char *two = ar_arena_allocate(&arena, LARGE);
    assert_non_null(ar_arena_allocate(&arena, LARGE));
    memset(one, 1, LARGE);
    ar_arena_rewind(&arena, two);
    assert_int_equal(arena.size, size);
    assert_int_equal(one[LARGE - 1], 1);
    assert_non_null(ar_arena_allocate(&arena, LARGE));
    size = arena.size;
    ar_arena_rewind(&arena, NULL);
    assert_int_equal(arena.size, size);
    ar_arena_rewind(&arena, one);
    assert_true(arena.size < LARGE);
    assert_string_equal(first, "first");
    ar_arena_free(&arena);
    /* The mark is in an older block, which continues to be the older one. */
    first = ar_arena_copy_text(&arena, "first", 5);
    const struct arena_block *block = arena.block;
    while (arena.block == block)
        assert_non_null(ar_arena_allocate(&arena, 64));
    assert_non_null(ar_arena_allocate(&arena, LARGE));
    size = arena.size;
    ar_arena_rewind(&arena, first);
    assert_int_equal(arena.size, size);
    assert_string_equal(first, "first");
    ar_arena_free(&arena);
}

static void test_impossible_sizes(void **state)
{
    (void)state;
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 15, SIZE_MAX - 16, SIZE_MAX / 2 + 1};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_null(ar_arena_allocate(&arena, sizes[i]));
        assert_null(ar_arena_allocate_aligned(&arena, sizes[i], 4096));
        assert_null(ar_arena_copy_text(&arena, "x", sizes[i]));
        assert_non_null(ar_arena_allocate(&arena, 1));
    }
    ar_arena_free(&arena);
}

/* Simulate one unit of work: allocate `pieces`, and return the memory of the first. */
static const char *fill(struct arena *arena, int pieces)
{
    const char *first = ar_arena_allocate(arena, 100);
    assert_non_null(first);
    for (int i = 1; i < pieces; i++)
        assert_non_null(ar_arena_allocate(arena, 100));
    return first;
}

/* A reset merges many blocks into one, with enough headroom for the next unit of work. */
static void test_reset_keeps_memory(void **state)
{
    (void)state;
    enum { KEPT = 1 << 20 };
    struct arena arena = {0};
    ar_arena_reset(&arena, KEPT);
    (void)fill(&arena, 1000);
    size_t size = arena.size;
    ar_arena_reset(&arena, KEPT);
    assert_in_range(arena.size, size, size + size / 4);
    struct arena_block *only = arena.block;
    const char *first = fill(&arena, 1000);
    assert_ptr_equal(arena.block, only);
    ar_arena_reset(&arena, KEPT);
    assert_ptr_equal(fill(&arena, 1000), first);
    ar_arena_free(&arena);
}

/* A reset keeps at most the limit, and always the same memory. */
static void test_reset_keeps_the_limit(void **state)
{
    (void)state;
    enum { KEPT = 1 << 20, PIECES = 20000 };
    struct arena arena = {0};
    (void)fill(&arena, PIECES);
    assert_non_null(ar_arena_allocate(&arena, 2 * KEPT));
    ar_arena_reset(&arena, KEPT);
    assert_int_equal(arena.size, KEPT);
    const char *first = fill(&arena, PIECES);
    assert_non_null(ar_arena_allocate(&arena, 2 * KEPT));
    ar_arena_reset(&arena, KEPT);
    assert_int_equal(arena.size, KEPT);
    assert_ptr_equal(fill(&arena, 10), first);
    ar_arena_free(&arena);
}

/* A reset that may keep less than there is shrinks the arena; one that may keep nothing empties it. */
static void test_reset_to_less(void **state)
{
    (void)state;
    struct arena arena = {0};
    (void)fill(&arena, 1000);
    ar_arena_reset(&arena, 1 << 20);
    (void)fill(&arena, 10);
    ar_arena_reset(&arena, 32 << 10);
    assert_int_equal(arena.size, 32 << 10);
    (void)fill(&arena, 10);
    ar_arena_reset(&arena, 0);
    assert_null(arena.block);
    assert_int_equal(arena.size, 0);
    ar_arena_free(&arena);
}

/* The memory of one large unit of work is freed after several small ones. */
static void test_reset_frees_memory(void **state)
{
    (void)state;
    enum { KEPT = 64 << 20 };
    struct arena arena = {0};
    (void)fill(&arena, 300000);
    ar_arena_reset(&arena, KEPT);
    assert_true(arena.size > 30000000);
    for (int i = 0; i < 200; i++) {
        (void)fill(&arena, 10);
        ar_arena_reset(&arena, KEPT);
    }
    assert_true(arena.size < 512 << 10);
    ar_arena_free(&arena);
}

/* The first block may be caller-owned: it is reused after a reset, replaced by a larger one, and never freed. */
static void test_lent_memory(void **state)
{
    (void)state;
    _Alignas(16) char memory[1024];
    struct arena arena = {0};
    ar_arena_lend(&arena, memory, sizeof memory);
    const char *first = fill(&arena, 5);
    assert_in_range((uintptr_t)first, (uintptr_t)memory, (uintptr_t)memory + sizeof memory - 1);
    ar_arena_reset(&arena, 1 << 20);
    assert_ptr_equal(fill(&arena, 5), first);
    (void)fill(&arena, 1000);
    ar_arena_reset(&arena, 1 << 20);
    assert_ptr_not_equal(fill(&arena, 5), first);
    ar_arena_free(&arena);
    ar_arena_lend(&arena, memory, sizeof memory);
    (void)fill(&arena, 1000);
    ar_arena_free(&arena);
    assert_null(arena.block);
}

static void test_contents(void **state)
{
    (void)state;
    _Alignas(16) char memory[1024] = {0};
    struct arena arena = {0};
    assert_false(ar_arena_contains(&arena, memory));
    ar_arena_lend(&arena, memory, sizeof memory);
    const char *first = ar_arena_allocate(&arena, 64), *large = ar_arena_allocate(&arena, 100000);
    assert_true(ar_arena_contains(&arena, first));
    assert_true(ar_arena_contains(&arena, large));
    assert_true(ar_arena_contains(&arena, large + 99999));
    assert_false(ar_arena_contains(&arena, &arena));
    assert_false(ar_arena_contains(&arena, memory + sizeof memory));
    ar_arena_free(&arena);
}

static void test_rewind(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *empty = arena.next;
    char *first = ar_arena_copy_text(&arena, "first", 5);
    char *mark = arena.next;
    char *second = ar_arena_copy_text(&arena, "second", 6);
    ar_arena_rewind(&arena, mark);
    assert_ptr_equal(ar_arena_copy_text(&arena, "third", 5), second);
    assert_string_equal(first, "first");
    /* A block allocated after the mark is kept; rewinding discards its contents only. */
    mark = arena.next;
    const struct arena_block *block = arena.block;
    while (arena.block == block)
        assert_non_null(ar_arena_allocate(&arena, 64));
    ar_arena_rewind(&arena, mark);
    ar_arena_rewind(&arena, empty);
    assert_non_null(ar_arena_allocate(&arena, 64));
    assert_string_equal(first, "first");
    ar_arena_free(&arena);
}

/* The number of blocks grows with the logarithm of the total size. */
static void test_blocks_are_few(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t blocks = 0;
    const struct arena_block *last = NULL;
    for (int i = 0; i < 1000000; i++) {
        assert_non_null(ar_arena_allocate(&arena, 100));
        blocks += arena.block != last;
        last = arena.block;
    }
    assert_true(blocks < 220);
    assert_true(arena.size < (size_t)1000000 * 112 * 33 / 32 + 65536);
    ar_arena_free(&arena);
}

static void test_text_of_many_pieces(void **state)
{
    struct arena arena = {0};
    struct arena_text text = {.arena = &arena};

    (void)state;
    ar_arena_text_add(&text, "one", NULL);
    ar_arena_text_add(&text, "", " two", " three", " four", " five", " six", " seven", " eight", " nine", NULL);
    ar_arena_text_add(&text, (const char *)NULL, NULL);
    assert_string_equal(text.data, "one two three four five six seven eight nine");
    assert_int_equal(text.size, strlen(text.data));
    ar_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_aligned),
        cmocka_unit_test(test_wide_alignment),
        cmocka_unit_test(test_large_pieces),
        cmocka_unit_test(test_rewinds_do_not_grow),
        cmocka_unit_test(test_rewind_keeps_older_blocks),
        cmocka_unit_test(test_release),
        cmocka_unit_test(test_rewind_to_an_older_block),
        cmocka_unit_test(test_impossible_sizes),
        cmocka_unit_test(test_reset_keeps_memory),
        cmocka_unit_test(test_reset_keeps_the_limit),
        cmocka_unit_test(test_reset_frees_memory),
        cmocka_unit_test(test_reset_to_less),
        cmocka_unit_test(test_lent_memory),
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_rewind),
        cmocka_unit_test(test_blocks_are_few),
        cmocka_unit_test(test_text_of_many_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
