/* The identity map without a database: a row has one pointer, and reading it never overwrites a change. */
#include "fake_store.h"

#include "store/identity.h"
#include "store/partial.h"

#include <string.h>

static const struct store_options writable = {.cache_policy = {.ttl = AR_CACHE_FOREVER}};
static const struct store_options read_only = {.is_read_only = true, .cache_policy = {.ttl = AR_CACHE_FOREVER}};

static struct fake_store fake;

static struct identity *users(void)
{
    return ar_identity(&fake.store, &user_model);
}

static struct record *find(int64_t id)
{
    const struct key key = ar_key_of_integer(id);

    return ar_identity_find(users(), &key);
}

static void set_absent(int64_t id)
{
    const struct key key = ar_key_of_integer(id);

    assert_int_equal(ar_identity_set_absent(&fake.store, users(), &key), AR_OK);
}

/* A row that is read twice is one record. The second read allocates no memory. */
static void one_row_is_one_pointer(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    const char *objects = fake.store.objects.next, *text = fake.store.text.next;
    assert_ptr_equal(fake_read_user(&fake, 1, "Ada"), ada);
    assert_ptr_equal(fake.store.objects.next, objects);
    assert_ptr_equal(fake.store.text.next, text);
    assert_ptr_not_equal(fake_read_user(&fake, 2, "Ada"), ada);
    fake_close(&fake);
}

static void rows_refresh_fields_the_caller_has_not_changed(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    assert_ptr_equal(fake_read_user(&fake, 1, "Ada L."), ada);
    assert_string_equal(ada->name, "Ada L.");
    assert_false(ar_record_changed(&user_model, ar_record_of(ada)));

    ada->name = "Countess";
    assert_true(ar_record_changed(&user_model, ar_record_of(ada)));
    assert_non_null(fake_read_user(&fake, 1, "Ada L."));
    assert_string_equal(ada->name, "Countess");
    assert_false(ar_record_of(ada)->is_stale);
    assert_non_null(fake_read_user(&fake, 1, "Ada King"));
    assert_string_equal(ada->name, "Countess");
    assert_true(ar_record_of(ada)->is_stale);
    fake_close(&fake);
}

static void writing_into_a_string_is_a_change(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    ada->note[0] = 'A';
    assert_true(ar_record_changed(&user_model, ar_record_of(ada)));
    assert_int_equal(ar_identities_undo_changes(&fake.store), AR_OK);
    assert_string_equal(ada->note, "a note");
    assert_false(ar_record_changed(&user_model, ar_record_of(ada)));
    fake_close(&fake);
}

static void read_only_stores_keep_no_images(void **state)
{
    (void)state;
    fake_open(&fake, read_only);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    assert_null(ar_record_image(&user_model, ar_record_of(ada)));
    ada->name = "Countess";
    assert_false(ar_record_changed(&user_model, ar_record_of(ada)));
    fake_close(&fake);
}

static void a_row_without_key_is_refused(void **state)
{
    (void)state;
    const struct ar_value values[] = {{.kind = AR_VALUE_NULL}, ar_value_text("Ada"), ar_value_text("a note")};
    struct record *record;
    fake_open(&fake, writable);
    assert_int_equal(fake_read(&fake, &user_model, values, &record), AR_INVALID);
    assert_non_null(strstr(fake.store.failure.error.message, "NULL"));
    assert_string_equal(fake.store.failure.error.model, "user");
    fake_close(&fake);
}

/* A record that never existed is replaced when its row appears; one that was deleted is the same record again. */
static void an_absent_row_may_appear(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    set_absent(1);
    assert_true(find(1)->is_absent);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    assert_ptr_equal(find(1), ar_record_of(ada));
    set_absent(1);
    assert_true(ar_record_of(ada)->is_absent);
    assert_ptr_equal(fake_read_user(&fake, 1, "Ada again"), ada);
    assert_false(ar_record_of(ada)->is_absent);
    assert_string_equal(ada->name, "Ada again");
    fake_close(&fake);
}

static void expired_records_are_found_after_their_row_is_read(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    ar_identities_expire(&fake.store);
    assert_null(find(1));
    assert_ptr_equal(fake_read_user(&fake, 1, "Ada"), ada);
    assert_ptr_equal(find(1), ar_record_of(ada));
    fake_close(&fake);
}

static void a_remembered_struct_is_a_copy(void **state)
{
    (void)state;
    char name[] = "Ada";
    struct user ada = {.id = 1, .name = name};
    const struct key key = ar_key_of_integer(1);
    fake_open(&fake, writable);
    assert_int_equal(ar_identity_remember(&fake.store, users(), &key, &ada, true), AR_OK);
    name[0] = 'I';
    const struct user *known = ar_record_data(find(1));
    assert_string_equal(known->name, "Ada");
    ar_identity_forget(users(), &key);
    assert_null(find(1));
    fake_close(&fake);
}

/* A key of zero is that of an unsaved record, unless a row has this key and the record belongs to the store. */
static void zero_is_the_key_of_an_unsaved_record(void **state)
{
    (void)state;
    struct user unsaved = {.name = "Ada"};
    struct key key;
    fake_open(&fake, writable);
    assert_int_equal(ar_identity_key(&fake.store, &user_model, &unsaved, &key), KEY_ZERO);
    struct user *zero = fake_read_user(&fake, 0, "Zero");
    assert_int_equal(ar_identity_key(&fake.store, &user_model, zero, &key), KEY_SET);
    assert_int_equal(ar_identity_key(&fake.store, &user_model, &unsaved, &key), KEY_ZERO);
    fake_close(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row_is_one_pointer),
        cmocka_unit_test(rows_refresh_fields_the_caller_has_not_changed),
        cmocka_unit_test(writing_into_a_string_is_a_change),
        cmocka_unit_test(read_only_stores_keep_no_images),
        cmocka_unit_test(a_row_without_key_is_refused),
        cmocka_unit_test(an_absent_row_may_appear),
        cmocka_unit_test(expired_records_are_found_after_their_row_is_read),
        cmocka_unit_test(a_remembered_struct_is_a_copy),
        cmocka_unit_test(zero_is_the_key_of_an_unsaved_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
