/* The undo log without a database: the state that a rollback restores, level by level. */
#include "fake_store.h"

#include "store/identity.h"
#include "store/partial.h"

#include <string.h>

static const struct store_options writable = {.cache_policy = {.ttl = AR_CACHE_FOREVER}};

static struct fake_store fake;

static struct identity *users(void)
{
    return ar_identity(&fake.store, &user_model);
}

static void begin(void)
{
    assert_int_equal(ar_undo_reserve(&fake.store), AR_OK);
    ar_undo_open(&fake.store);
}

static void commit(void)
{
    (void)ar_undo_close(&fake.store, false);
}

static void roll_back(void)
{
    uint32_t serial = ar_undo_close(&fake.store, true);

    ar_identities_rolled_back(&fake.store.identities, serial);
}

/* Update the row, and remember the new state as a write does. */
static void write_name(struct user *user, const char *name)
{
    const struct key key = ar_key_of_integer(user->id);

    user->name = name;
    assert_int_equal(ar_identity_remember(&fake.store, users(), &key, user, false), AR_OK);
}

static size_t entries(void)
{
    size_t count = 0;

    for (const struct undo *each = fake.store.undo.newest; each != NULL; each = each->older)
        count++;
    return count;
}

static void a_rollback_restores_struct_and_image(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    begin();
    write_name(ada, "Countess");
    assert_string_equal(ada->name, "Countess");
    roll_back();
    assert_string_equal(ada->name, "Ada");
    assert_false(ar_record_changed(&user_model, ar_record_of(ada)));
    fake_close(&fake);
}

static void a_commit_keeps_the_written_values(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    begin();
    write_name(ada, "Countess");
    commit();
    assert_string_equal(ada->name, "Countess");
    assert_int_equal(entries(), 0);
    fake_close(&fake);
}

/* Nothing is logged outside a transaction; inside one, a record is logged once per level. */
static void a_record_is_logged_once_per_level(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    write_name(ada, "A");
    assert_int_equal(entries(), 0);
    begin();
    write_name(ada, "B");
    write_name(ada, "C");
    assert_int_equal(entries(), 1);
    begin();
    write_name(ada, "D");
    assert_int_equal(entries(), 2);
    roll_back();
    assert_string_equal(ada->name, "C");
    assert_int_equal(entries(), 1);
    roll_back();
    assert_string_equal(ada->name, "A");
    fake_close(&fake);
}

/* The outer level undoes the changes of a released savepoint. */
static void a_released_savepoint_belongs_to_its_outer_level(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    begin();
    begin();
    write_name(ada, "Countess");
    commit();
    roll_back();
    assert_string_equal(ada->name, "Ada");
    fake_close(&fake);
}

static void an_inserted_record_becomes_absent(void **state)
{
    (void)state;
    struct user ada = {.id = 1, .name = "Ada"};
    const struct key key = ar_key_of_integer(1);
    fake_open(&fake, writable);
    begin();
    assert_int_equal(ar_identity_remember(&fake.store, users(), &key, &ada, true), AR_OK);
    struct record *record = ar_identity_find(users(), &key);
    assert_non_null(record);
    write_name(ar_record_data(record), "Countess");
    assert_int_equal(entries(), 0);
    roll_back();
    assert_true(record->is_absent);
    assert_null(ar_identity_find(users(), &key));
    fake_close(&fake);
}

static void a_deleted_record_is_present_again(void **state)
{
    (void)state;
    const struct key key = ar_key_of_integer(1);
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    begin();
    assert_int_equal(ar_identity_set_absent(&fake.store, users(), &key), AR_OK);
    roll_back();
    assert_false(ar_record_of(ada)->is_absent);
    assert_string_equal(ada->name, "Ada");
    fake_close(&fake);
}

/* Its values may be those that the transaction wrote. */
static void a_record_that_was_only_read_expires(void **state)
{
    (void)state;
    const struct key key = ar_key_of_integer(1);
    fake_open(&fake, writable);
    begin();
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    assert_ptr_equal(ar_identity_find(users(), &key), ar_record_of(ada));
    roll_back();
    assert_null(ar_identity_find(users(), &key));
    assert_ptr_equal(fake_read_user(&fake, 1, "Ada"), ada);
    fake_close(&fake);
}

static void a_writable_string_is_restored_as_a_copy(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    struct user *ada = fake_read_user(&fake, 1, "Ada");
    begin();
    write_name(ada, "Countess");
    memcpy(ada->note, "A NOTE", sizeof "A NOTE");
    roll_back();
    assert_string_equal(ada->note, "a note");
    ada->note[0] = 'A';
    assert_true(ar_record_changed(&user_model, ar_record_of(ada)));
    fake_close(&fake);
}

static void serial_numbers_may_run_out(void **state)
{
    (void)state;
    fake_open(&fake, writable);
    fake.store.undo.last_serial = AR_SERIAL_MAX - 1;
    begin();
    assert_int_equal(ar_undo_reserve(&fake.store), AR_MISUSE);
    assert_int_equal(ar_undo_serial(&fake.store), AR_SERIAL_MAX);
    commit();
    assert_int_equal(ar_undo_serial(&fake.store), 0);
    ar_undo_reset(&fake.store.undo);
    begin();
    assert_int_equal(ar_undo_serial(&fake.store), 1);
    fake_close(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rollback_restores_struct_and_image),
        cmocka_unit_test(a_commit_keeps_the_written_values),
        cmocka_unit_test(a_record_is_logged_once_per_level),
        cmocka_unit_test(a_released_savepoint_belongs_to_its_outer_level),
        cmocka_unit_test(an_inserted_record_becomes_absent),
        cmocka_unit_test(a_deleted_record_is_present_again),
        cmocka_unit_test(a_record_that_was_only_read_expires),
        cmocka_unit_test(a_writable_string_is_restored_as_a_copy),
        cmocka_unit_test(serial_numbers_may_run_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
