/* The hash table: random operations compared with a plain array, for hashes that spread, that collide, and that are at
 * the end of the table; and keys that an attacker chooses. */
#include "model/key_table.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 200, STEPS = 20000 };

struct item {
    struct stored_key key;
    int64_t number;
    bool is_there;
};

/* Byte keys may have any hash; an integer is its own. */
static struct key key_of_bytes(int64_t number, uint64_t hash)
{
    static int64_t numbers[KEYS];
    numbers[number] = number;
    return (struct key){.bytes = &numbers[number], .size = sizeof number, .hash = hash};
}

/* Three ways to make a key from a number. */
static struct key spread(int64_t number)
{
    return ar_key_of_integer(number);
}

static struct key collide(int64_t number)
{
    return key_of_bytes(number, (uint64_t)number % 3 << 62);
}

static struct key at_the_end(int64_t number)
{
    return key_of_bytes(number, UINT64_MAX - (uint64_t)number % 5);
}

static bool is_third(void *item, void *payload)
{
    (void)payload;
    return ((struct item *)item)->number % 3 == 0;
}

static void check(const struct key_table *table, const struct item *items, struct key (*key_of)(int64_t number))
{
    size_t count = 0;
    for (int64_t i = 0; i < KEYS; i++) {
        struct key key = key_of(i);
        assert_ptr_equal(ar_key_table_find(table, &key), items[i].is_there ? &items[i] : NULL);
        count += items[i].is_there;
    }
    assert_int_equal(table->count, count);
}

static void live(struct key (*key_of)(int64_t number))
{
    static struct item items[KEYS];
    struct key_table table = {0};
    struct arena arena = {0};
    uint32_t random = 1;
    memset(items, 0, sizeof items);
    for (int step = 0; step < STEPS; step++) {
        random = random * 1664525U + 1013904223U;
        int64_t i = (random >> 8) % KEYS;
        struct key key = key_of(i);
        if (random >> 31 != 0) {
            items[i].number = i;
            assert_true(ar_key_store(&items[i].key, &key, &arena));
            assert_true(ar_key_table_reserve(&table));
            ar_key_table_insert(&table, &key, &items[i].key);
        } else {
            ar_key_table_remove(&table, &key);
        }
        items[i].is_there = random >> 31 != 0;
        if (step % 500 == 499) {
            check(&table, items, key_of);
            ar_key_table_remove_if(&table, is_third, NULL);
            for (int64_t third = 0; third < KEYS; third += 3)
                items[third].is_there = false;
            check(&table, items, key_of);
        }
    }
    ar_key_table_clear(&table);
    memset(items, 0, sizeof items);
    check(&table, items, key_of);
    ar_key_table_free(&table);
    ar_arena_free(&arena);
}

static void test_hashes_that_spread(void **state)
{
    (void)state;
    live(spread);
}

static void test_hashes_that_collide(void **state)
{
    (void)state;
    live(collide);
}

static void test_hashes_at_the_end(void **state)
{
    (void)state;
    live(at_the_end);
}

/* The slots of removed items are used again: a table does not grow by a succession of few items. */
static void test_succession(void **state)
{
    (void)state;
    struct key_table table = {0};
    struct item items[4];
    for (int64_t i = 0; i < 1000; i++) {
        struct item *item = &items[i % 4];
        struct key last = ar_key_of_integer(i - 4), key = ar_key_of_integer(i);
        ar_key_table_remove(&table, &last);
        assert_null(ar_key_table_find(&table, &last));
        *item = (struct item){.key.integer = i};
        assert_true(ar_key_table_reserve(&table));
        ar_key_table_insert(&table, &key, &item->key);
        assert_ptr_equal(ar_key_table_find(&table, &key), item);
    }
    assert_int_equal(table.count, 4);
    assert_int_equal(table.capacity, AR_FIRST_SLOTS);
    ar_key_table_free(&table);
}

/* Room for many items is made at once. */
static void test_reserve_all(void **state)
{
    (void)state;
    struct key_table table = {0};
    struct table_slots slots = {0};
    ar_key_table_lend(&table, &slots);
    assert_true(ar_key_table_reserve_all(&table, 12));
    assert_int_equal(table.capacity, AR_FIRST_SLOTS);
    assert_true(ar_key_table_reserve_all(&table, 1000));
    assert_true(table.limit >= 1000 && table.capacity == 2048);
    ar_key_table_free(&table);
}

/* An empty table finds and removes nothing. */
static void test_empty_table(void **state)
{
    (void)state;
    struct key_table table = {0};
    struct key key = ar_key_of_integer(1);
    assert_null(ar_key_table_find(&table, &key));
    ar_key_table_remove(&table, &key);
    ar_key_table_remove_if(&table, is_third, NULL);
    ar_key_table_clear(&table);
    ar_key_table_free(&table);
}

/* Byte keys are compared by all of their bytes, even if their hashes are equal. */
static void test_keys_of_bytes(void **state)
{
    (void)state;
    struct key_table table = {0};
    struct arena arena = {0};
    static const char *const texts[] = {"a", "ab", "abc", "abd", "bc"};
    struct item items[5];
    for (size_t i = 0; i < 5; i++) {
        struct key key = {.bytes = texts[i], .size = strlen(texts[i]), .hash = 42};
        assert_true(ar_key_store(&items[i].key, &key, &arena));
        assert_true(ar_key_table_reserve(&table));
        ar_key_table_insert(&table, &key, &items[i].key);
    }
    for (size_t i = 0; i < 5; i++) {
        struct key key = ar_key_of_stored(&items[i].key, false);
        assert_ptr_equal(ar_key_table_find(&table, &key), &items[i]);
    }
    struct key missing = {.bytes = "abe", .size = 3, .hash = 42};
    assert_null(ar_key_table_find(&table, &missing));
    ar_key_table_free(&table);
    ar_arena_free(&arena);
}

/* ---- Keys chosen to collide -------------------------------------------------------------------------------------- */

enum { CHOSEN = 40000 };
static const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);

/* These keys have the same home in a table of up to 2^40 slots, and each is alone in its page. */
static struct key chosen_integer(uint64_t number)
{
    return ar_key_of_integer((int64_t)(number << 40));
}

/* Whole pages with the same homes. */
static struct key chosen_pages(uint64_t number)
{
    return ar_key_of_integer((int64_t)(number / 64 << 40 | number % 64));
}

/* Consecutive keys are the common case. */
static struct key consecutive(uint64_t number)
{
    return ar_key_of_integer((int64_t)number + 1);
}

static uint64_t mix(uint64_t word)
{
    word *= golden;
    return word ^ word >> 29;
}

/* Two words, of which the second cancels the first in a hash without a secret. */
static struct key chosen_bytes(uint64_t number)
{
    static uint64_t words[CHOSEN][2];
    words[number][0] = number;
    words[number][1] = mix(sizeof words[0] * golden ^ number);
    return (struct key){
        .bytes = words[number], .size = sizeof words[0], .hash = ar_hash_bytes(words[number], sizeof words[0])};
}

/* Return how many slots are searched before this one. */
static size_t searched_before(const struct key_table *table, const struct key *key, size_t slot)
{
    size_t n = 0;
    while (ar_key_table_probe(table, key->hash, n) != slot)
        n++;
    return n;
}

/* Insert the keys in turn. Return the number of occupied slots that were searched. */
static size_t count_collisions(struct key (*key_of)(uint64_t number))
{
    static struct item items[CHOSEN];
    struct key_table table = {0};
    struct arena arena = {0};
    size_t collisions = 0;
    for (uint64_t i = 0; i < CHOSEN; i++) {
        struct key key = key_of(i);
        assert_true(ar_key_store(&items[i].key, &key, &arena));
        assert_true(ar_key_table_reserve(&table));
        size_t slot = ar_key_table_slot(&table, &key);
        assert_null(ar_key_table_at(&table, slot));
        collisions += searched_before(&table, &key, slot);
        ar_key_table_fill(&table, slot, &key, &items[i].key);
    }
    ar_key_table_free(&table);
    ar_arena_free(&arena);
    return collisions;
}

/* The secret is fixed here, to make the test deterministic. */
static void test_chosen_keys(void **state)
{
    (void)state;
    const struct hash_secret before = ar_hash_secret;
    ar_hash_secret =
        (struct hash_secret){UINT64_C(0x14057B7EF767814F), UINT64_C(0x2545F4914F6CDD1D), UINT64_C(0xD1342543DE82EF95)};
    assert_true(count_collisions(chosen_integer) < (size_t)CHOSEN * 6);
    assert_true(count_collisions(chosen_pages) < (size_t)CHOSEN * 6);
    assert_true(count_collisions(chosen_bytes) < (size_t)CHOSEN * 6);
    assert_int_equal(count_collisions(consecutive), 0);
    ar_hash_secret = before;
}

/* Return a number made of the slots that keys with the same home get. */
static size_t sum_of_slots(void)
{
    enum { CAPACITY = 1 << 16, ALL = 100 };
    const struct key_table table = {.capacity = CAPACITY};
    size_t sum = 0;
    for (uint64_t i = 1; i <= ALL; i++)
        sum = sum * 31 + ar_key_table_probe(&table, chosen_integer(i).hash, 2);
    return sum;
}

static void test_secret_is_random(void **state)
{
    (void)state;
    const struct hash_secret before = ar_hash_secret;
    size_t sum = sum_of_slots();
    ar_hash_seed();
    const struct hash_secret drawn = ar_hash_secret;
    assert_int_not_equal(drawn.seed, before.seed);
    assert_int_not_equal(drawn.first, before.first);
    assert_int_not_equal(drawn.second, before.second);
    assert_int_not_equal(sum_of_slots(), sum);
    ar_hash_seed();
    assert_memory_equal(&drawn, &ar_hash_secret, sizeof drawn);
}

/* Every byte affects the hash, at every size. */
static void test_bytes_are_hashed(void **state)
{
    (void)state;
    unsigned char bytes[40] = {0};
    for (size_t size = 0; size <= sizeof bytes; size++) {
        uint64_t hash = ar_hash_bytes(bytes, size);
        assert_int_not_equal(hash, ar_hash_bytes(bytes, size > 0 ? size - 1 : 1));
        for (size_t i = 0; i < size; i++) {
            bytes[i] = 1;
            assert_int_not_equal(hash, ar_hash_bytes(bytes, size));
            bytes[i] = 0;
        }
    }
}

/* A table that was very large gives its memory back when it is cleared. */
static void test_clear_frees_a_large_table(void **state)
{
    enum { MANY = 300000 };
    struct item *items = calloc(MANY, sizeof *items);
    struct key_table table = {.has_integers = true};

    (void)state;
    assert_non_null(items);
    for (int64_t i = 0; i < MANY; i++) {
        const struct key key = ar_key_of_integer(i + 1);
        items[i].key.integer = i + 1;
        assert_true(ar_key_table_reserve(&table));
        ar_key_table_insert(&table, &key, &items[i].key);
    }
    assert_true(ar_key_table_size(&table) > 2 << 20);
    ar_key_table_clear(&table);
    assert_int_equal(ar_key_table_size(&table), 0);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hashes_that_spread),
        cmocka_unit_test(test_hashes_that_collide),
        cmocka_unit_test(test_hashes_at_the_end),
        cmocka_unit_test(test_empty_table),
        cmocka_unit_test(test_succession),
        cmocka_unit_test(test_reserve_all),
        cmocka_unit_test(test_keys_of_bytes),
        cmocka_unit_test(test_chosen_keys),
        cmocka_unit_test(test_secret_is_random),
        cmocka_unit_test(test_bytes_are_hashed),
        cmocka_unit_test(test_clear_frees_a_large_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
