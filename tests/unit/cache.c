/* The relation cache without a database: which entries it serves, for how long, and which writes invalidate them. */
#include "fake_store.h"

#include "store/cache.h"
#include "store/identity.h"
#include "store/undo.h"

static const uint64_t second = 1000000000;

static struct fake_store fake;

static void open_with(struct ar_cache_policy policy)
{
    fake_open(&fake, (struct store_options){.cache_policy = policy});
}

static struct relation_cache *posts(void)
{
    struct relation_cache *cache = ar_cache(&fake.store, &user_posts);

    cache->is_by_bytes = true;
    return cache;
}

/* Add an entry the way a load of the relation of `owner` does. */
static struct cache_entry *load_for(int64_t owner, struct result *eager, bool is_refined)
{
    const struct key key = ar_key_of_integer(owner);
    struct cache_entry *entry = ar_cache_add(&fake.store, posts(), &key);

    ar_cache_loaded(&fake.store, posts(), entry, eager, is_refined);
    ar_cache_trim(posts());
    return entry;
}

static bool serves(int64_t owner)
{
    const struct key key = ar_key_of_integer(owner);
    struct cache_entry *entry = ar_cache_find(posts(), &key);

    return entry != NULL && ar_cache_serves(&fake.store, posts(), entry);
}

static void an_entry_is_served_once_it_is_loaded(void **state)
{
    (void)state;
    const struct key key = ar_key_of_integer(1);
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    assert_false(serves(1));
    struct cache_entry *entry = ar_cache_add(&fake.store, posts(), &key);
    assert_false(serves(1));
    assert_ptr_equal(load_for(1, NULL, false), entry);
    assert_true(serves(1));
    assert_false(serves(2));
    fake_close(&fake);
}

static void entries_expire_after_the_ttl(void **state)
{
    (void)state;
    open_with((struct ar_cache_policy){.ttl = 10});
    fake.now = 5 * second;
    load_for(1, NULL, false);
    fake.now = 15 * second - 1;
    assert_true(serves(1));
    fake.now = 15 * second;
    assert_false(serves(1));
    fake_close(&fake);
}

static void the_least_recently_used_owner_is_dropped(void **state)
{
    (void)state;
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER, .max_size = 2});
    load_for(1, NULL, false);
    load_for(2, NULL, false);
    assert_true(serves(1));
    load_for(3, NULL, false);
    assert_true(serves(1));
    assert_false(serves(2));
    assert_true(serves(3));
    fake_close(&fake);
}

/* With the cache off, or for a refined relation, an eager load is served only while the owner belongs to its result. */
static void an_eager_load_is_served_in_its_result(void **state)
{
    (void)state;
    struct result result = {.tree = &result}, other = {.tree = &other};
    open_with((struct ar_cache_policy){.off = true, .ttl = AR_CACHE_FOREVER});
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    load_for(1, NULL, false);
    assert_false(serves(1));
    load_for(1, &result, true);
    assert_false(serves(1));
    ar_record_of(ada)->result = &result;
    assert_true(serves(1));
    ar_record_of(ada)->result = &other;
    assert_false(serves(1));
    fake_close(&fake);
}

static void eager_loads_do_not_count_against_max_size(void **state)
{
    (void)state;
    struct result result = {.tree = &result};
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER, .max_size = 1});
    load_for(1, NULL, false);
    load_for(2, &result, false);
    load_for(3, &result, false);
    assert_true(serves(1));
    assert_int_equal(posts()->entries.count, 3);
    ar_cache_drop_tree(posts(), &result);
    assert_int_equal(posts()->entries.count, 1);
    fake_close(&fake);
}

static void a_written_row_invalidates_the_list_of_its_owner(void **state)
{
    (void)state;
    const struct post moved = {.id = 7, .user_id = 2}, orphan = {.id = 8};
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    load_for(1, NULL, false);
    load_for(2, NULL, false);
    ar_caches_row_changed(&fake.store, &post_model, &orphan, false);
    assert_true(serves(1) && serves(2));
    ar_caches_row_changed(&fake.store, &post_model, &moved, false);
    assert_true(serves(1));
    assert_false(serves(2));
    fake_close(&fake);
}

/* The entry of a belongs_to is invalidated if its foreign key changes, or if its target is written, which `target`
 * indicates. */
static void a_written_target_invalidates_its_belongs_to(void **state)
{
    (void)state;
    const struct key post = ar_key_of_integer(7), one = ar_key_of_integer(1), two = ar_key_of_integer(2);
    const struct user ada = {.id = 1};
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    struct relation_cache *authors = ar_cache(&fake.store, &post_author);
    authors->is_by_bytes = true;
    struct cache_entry *entry = ar_cache_add(&fake.store, authors, &post);
    assert_true(ar_key_store(&entry->foreign_key, &one, &fake.store.objects));
    ar_cache_loaded(&fake.store, authors, entry, NULL, false);
    assert_true(ar_cache_leads_to(entry, &one));
    assert_false(ar_cache_leads_to(entry, &two));
    ar_caches_row_changed(&fake.store, &user_model, &ada, false);
    assert_ptr_equal(ar_cache_find(authors, &post), entry);
    ar_caches_row_changed(&fake.store, &user_model, &ada, true);
    assert_null(ar_cache_find(authors, &post));
    fake_close(&fake);
}

static void unknown_changes_of_a_model_invalidate_its_relations(void **state)
{
    (void)state;
    const struct key key = ar_key_of_integer(1);
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    assert_non_null(fake_read_user(&fake, 1, "Ada"));
    load_for(1, NULL, false);
    ar_caches_model_changed(&fake.store, &user_model);
    assert_true(serves(1));
    assert_null(ar_identity_find(ar_identity(&fake.store, &user_model), &key));
    ar_caches_model_changed(&fake.store, &post_model);
    assert_false(serves(1));
    fake_close(&fake);
}

static void a_rollback_drops_entries_loaded_since(void **state)
{
    (void)state;
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    load_for(1, NULL, false);
    assert_int_equal(ar_undo_reserve(&fake.store), AR_OK);
    ar_undo_open(&fake.store);
    load_for(2, NULL, false);
    ar_caches_drop_since(&fake.store.caches, ar_undo_close(&fake.store, true));
    assert_true(serves(1));
    assert_false(serves(2));
    fake_close(&fake);
}

static void the_memory_of_a_dropped_entry_is_reused(void **state)
{
    (void)state;
    const struct key key = ar_key_of_integer(1);
    open_with((struct ar_cache_policy){.ttl = AR_CACHE_FOREVER});
    struct cache_entry *entry = load_for(1, NULL, false);
    ar_cache_drop(posts(), &key);
    assert_false(serves(1));
    assert_ptr_equal(load_for(2, NULL, false), entry);
    fake_close(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_served_once_it_is_loaded),
        cmocka_unit_test(entries_expire_after_the_ttl),
        cmocka_unit_test(the_least_recently_used_owner_is_dropped),
        cmocka_unit_test(an_eager_load_is_served_in_its_result),
        cmocka_unit_test(eager_loads_do_not_count_against_max_size),
        cmocka_unit_test(a_written_row_invalidates_the_list_of_its_owner),
        cmocka_unit_test(a_written_target_invalidates_its_belongs_to),
        cmocka_unit_test(unknown_changes_of_a_model_invalidate_its_relations),
        cmocka_unit_test(a_rollback_drops_entries_loaded_since),
        cmocka_unit_test(the_memory_of_a_dropped_entry_is_reused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
