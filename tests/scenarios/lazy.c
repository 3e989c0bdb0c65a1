/* Lazy access, S-21 to S-37: the result of an accessor and its number of statements. Loading for siblings is in
 * siblings.c, other kinds of keys in keys.c. */
#include "data.h"

/* S-21: accessing the user of an order takes one statement; its query takes another one and returns the same record. */
static void test_s21_order_user(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order *order = the_order(f, 1);

    struct user *user, *queried;
    ok(f->s, order_user(f->s, order, &user));
    assert_text(user->username, "user1");
    assert_int_equal(user->id, order->user_id);
    assert_statements(f, 1);
    ok(f->s, user_one(order_user_query(f->s, order), &queried));
    assert_ptr_equal(queried, user);
    assert_statements(f, 1);
}

/* S-22: the items of an order, and their number by the relation's query. */
static void test_s22_order_items(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order *order = the_order(f, 1);

    struct order_item_list items;
    int64_t count;
    ok(f->s, order_items(f->s, order, &items));
    assert_int_equal(items.count, 1);
    assert_text(items.items[0]->product_name, "Product 1");
    assert_int_equal(items.items[0]->quantity, 2);
    assert_statements(f, 1);
    ok(f->s, order_item_count(order_items_query(f->s, order), &count));
    assert_int_equal(count, 1);
    assert_statements(f, 1);
}

/* S-23: an empty list is cached. */
static void test_s23_no_items(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order *order = the_order(f, 3);

    struct order_item_list items;
    ok(f->s, order_items(f->s, order, &items));
    assert_int_equal(items.count, 0);
    assert_statements(f, 1);
    ok(f->s, order_items(f->s, order, &items));
    assert_int_equal(items.count, 0);
    assert_statements(f, 0);
}

/* S-24: a null foreign key refers to no row and needs no statement. */
static void test_s24_null_foreign_key(void **state)
{
    struct fixture *f = *state;
    struct loose_post *post = the_loose_post(f, add_loose_post(f, 0, "nobody's"));

    struct owner *owner;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    assert_statements(f, 0);
}

/* S-25: the missing owner of an orphan is cached. */
static void test_s25_orphan(void **state)
{
    struct fixture *f = *state;
    struct loose_post *post = the_loose_post(f, add_loose_post(f, 999999, "orphan"));

    struct owner *owner;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    assert_statements(f, 1);
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    assert_statements(f, 0);
}

/* S-26: a missing has_one is cached. */
static void test_s26_has_one_without_row(void **state)
{
    struct fixture *f = *state;
    struct owner *owner = the_owner(f, add_owner(f, "childless"));

    struct loose_profile *profile;
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_null(profile);
    assert_statements(f, 1);
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_null(profile);
    assert_statements(f, 0);
}

/* S-27: the query of a null foreign key or an unsaved record matches nothing, and never the whole table. */
static void test_s27_query_of_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t owner_id = add_owner(f, "somebody");
    add_loose_post(f, owner_id, "somebody's");
    add_loose_profile(f, 0, "nobody's");
    struct loose_post *nobodys = the_loose_post(f, add_loose_post(f, 0, "nobody's"));
    struct owner unsaved = {.name = "unsaved"};

    struct owner_list owners;
    struct loose_post_list posts;
    struct loose_profile *profile;
    bool exists;
    ok(f->s, owner_all(loose_post_owner_query(f->s, nobodys), &owners));
    assert_int_equal(owners.count, 0);
    ok(f->s, loose_post_all(owner_posts_query(f->s, &unsaved), &posts));
    assert_int_equal(posts.count, 0);
    ok(f->s, loose_post_exists(owner_posts_query(f->s, &unsaved), &exists));
    assert_false(exists);
    ok(f->s, loose_profile_first(owner_profile_query(f->s, &unsaved), &profile));
    assert_null(profile);

    struct loose_post_query *tree = owner_posts_query(f->s, &unsaved);
    struct ar_value value;
    const char *text;
    loose_post_with_owner(tree);
    ok(f->s, loose_post_all(tree, &posts));
    assert_int_equal(posts.count, 0);
    ok(f->s, ar_explain(tree, &text));
    assert_non_null(strstr(text, "\nloose_posts\n    owner: owners")); /* no SQL */
    ok(f->s, loose_post_max(owner_posts_query(f->s, &unsaved), loose_post_column.id, &value));
    assert_int_equal(value.kind, AR_VALUE_NULL);
    assert_statements(f, 0);
}

/* S-27, writes: nothing is updated or deleted. */
static void test_s27_writes_of_nothing(void **state)
{
    struct fixture *f = *state;
    add_loose_post(f, 0, "nobody's");
    add_loose_post(f, add_owner(f, "somebody"), "somebody's");
    struct owner unsaved = {.name = "unsaved"};

    int64_t changed, count;
    ok(f->s, loose_post_delete_all(owner_posts_query(f->s, &unsaved), &changed));
    assert_int_equal(changed, 0);
    ok(f->s,
       loose_post_update_all(owner_posts_query(f->s, &unsaved), ar_set(loose_post_column.title, "lost"), &changed));
    assert_int_equal(changed, 0);
    struct loose_post_query *untouched = loose_post_query(f->s);
    loose_post_where(untouched, ar_ne(loose_post_column.title, "lost"));
    ok(f->s, loose_post_count(untouched, &count));
    assert_int_equal(count, 2);
}

/* S-28: on every path, one row is one record. */
static void test_s28_pointers_close(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct author *ada = the_author(f, 1);

    struct book_list books;
    struct chapter_list chapters;
    struct book *book;
    struct author *author;
    struct profile *profile;
    ok(f->s, author_books(f->s, ada, &books));
    assert_int_equal(books.count, 2);
    ok(f->s, book_chapters(f->s, books.items[0], &chapters));
    assert_int_equal(chapters.count, 2);
    assert_text(chapters.items[1]->title, "Two");
    assert_statements(f, 2);
    ok(f->s, chapter_book(f->s, chapters.items[0], &book));
    assert_ptr_equal(book, books.items[0]);
    ok(f->s, book_author(f->s, books.items[0], &author));
    assert_ptr_equal(author, ada);
    assert_statements(f, 0);

    ok(f->s, author_profile(f->s, ada, &profile));
    assert_text(profile->bio, "Counts");
    assert_statements(f, 1);
    ok(f->s, profile_author(f->s, profile, &author));
    assert_ptr_equal(author, ada);
    assert_statements(f, 0);
}

/* S-28, from the other end: the profile first, then its author, then back. */
static void test_s28_profile_first(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct profile *profile = the_profile(f, 1), *again;

    struct author *ada;
    ok(f->s, profile_author(f->s, profile, &ada));
    assert_text(ada->name, "Ada");
    assert_statements(f, 1);
    ok(f->s, author_profile(f->s, ada, &again));
    assert_ptr_equal(again, profile);
    assert_statements(f, 1);
}

/* S-29: an unsaved record has no relations, even if its foreign key is set. */
static void test_s29_record_without_key(void **state)
{
    struct fixture *f = *state;
    int64_t owner_id = add_owner(f, "somebody");
    add_loose_post(f, 0, "nobody's");
    add_loose_profile(f, 0, "nobody's");
    struct owner unsaved_owner = {.name = "unsaved"};
    struct loose_post unsaved_post = {.owner_id = owner_id};

    struct loose_post_list posts;
    struct loose_profile *profile;
    struct owner *owner;
    ok(f->s, owner_posts(f->s, &unsaved_owner, &posts));
    assert_int_equal(posts.count, 0);
    ok(f->s, owner_profile(f->s, &unsaved_owner, &profile));
    assert_null(profile);
    ok(f->s, loose_post_owner(f->s, &unsaved_post, &owner));
    assert_null(owner);
    assert_statements(f, 0);
}

/* S-30: the filter of an eager load does not affect the relation's query. */
static void test_s30_filter_does_not_leak(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *users = by_key(user_query(f->s), &user_model);
    user_where(users, ar_eq(user_column.username, "blogger1"));
    post_where(user_with_posts(users), ar_eq(post_column.title, "Second"));

    struct user_list list;
    struct post_list posts;
    int64_t count;
    ok(f->s, user_all(users, &list));
    assert_int_equal(list.count, 1);
    ok(f->s, user_posts(f->s, list.items[0], &posts));
    assert_int_equal(posts.count, 1);
    assert_text(posts.items[0]->title, "Second");
    assert_statements(f, 2);
    ok(f->s, post_count(user_posts_query(f->s, list.items[0]), &count));
    assert_int_equal(count, 2);
    assert_statements(f, 1);
}

/* S-30: the filtered list belongs to its result; reading the record again by another query discards it. */
static void test_s30_filter_ends_with_its_result(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user_query *users = by_key(user_query(f->s), &user_model);
    post_where(user_with_posts(users), ar_eq(post_column.title, "Second"));
    struct user_list list;
    ok(f->s, user_all(users, &list));
    assert_statements(f, 2);

    struct user *blogger1 = the_user(f, 1);
    struct post_list posts;
    assert_ptr_equal(blogger1, list.items[0]);
    ok(f->s, user_posts(f->s, blogger1, &posts));
    assert_int_equal(posts.count, 2);
    assert_statements(f, 1);
}

/* S-31: up the tree, one statement per step, and none for the parent of the root. */
static void test_s31_parent_chain(void **state)
{
    struct fixture *f = *state;
    given_tree(f);
    struct cat *g1 = the_cat(f, 4);

    struct cat *k1, *root, *none;
    ok(f->s, cat_parent(f->s, g1, &k1));
    assert_text(k1->name, "k1");
    ok(f->s, cat_parent(f->s, k1, &root));
    assert_text(root->name, "root");
    assert_statements(f, 2);
    ok(f->s, cat_parent(f->s, root, &none));
    assert_null(none);
    assert_statements(f, 0);
}

/* S-32: the database fails while a list loads; nothing is cached. */
static void test_s32_failing_list(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user *user = the_user(f, 1);
    struct order_list orders = {.count = 99};

    run_sql(f, "ALTER TABLE orders RENAME TO hidden_orders");
    fails(f->s, AR_DATABASE, user_orders(f->s, user, &orders));
    assert_error_names(f->s, "orders");
    assert_int_equal(orders.count, 0);
    run_sql(f, "ALTER TABLE hidden_orders RENAME TO orders");

    reset_statements(f);
    ok(f->s, user_orders(f->s, user, &orders));
    assert_int_equal(orders.count, 2);
    assert_statements(f, 1);
}

/* S-32, belongs_to: the record does not count as absent afterwards. */
static void test_s32_failing_record(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct order *order = the_order(f, 1);
    struct user *user = the_user(f, 2);

    run_sql(f, "ALTER TABLE users RENAME TO hidden_users");
    fails(f->s, AR_DATABASE, order_user(f->s, order, &user));
    assert_null(user);
    run_sql(f, "ALTER TABLE hidden_users RENAME TO users");

    reset_statements(f);
    ok(f->s, order_user(f->s, order, &user));
    assert_text(user->username, "user1");
    assert_statements(f, 1);
}

/* S-32: the third row cannot be read, so the list is empty. */
static void test_s32_failing_row(void **state)
{
    struct fixture *f = *state;
    struct owner *owner = the_owner(f, add_owner(f, "somebody"));
    for (int i = 0; i < 4; i++)
        add_loose_post(f, owner->id, "a post");

    struct loose_post_list posts;
    run_sql(f, "UPDATE loose_posts SET views = NULL WHERE id = 3");
    assert_int_not_equal(loose_post_all(owner_posts_query(f->s, owner), &posts), AR_OK);
    assert_int_equal(posts.count, 0);
    assert_int_not_equal(owner_posts(f->s, owner, &posts), AR_OK);
    assert_int_equal(posts.count, 0);
    assert_error_names(f->s, "loose_posts");
    assert_error_names(f->s, "views");
    run_sql(f, "UPDATE loose_posts SET views = 0 WHERE id = 3");

    reset_statements(f);
    ok(f->s, owner_posts(f->s, owner, &posts));
    assert_int_equal(posts.count, 4);
    assert_statements(f, 1);
}

/* S-36: a caller-owned struct is identified by its key: its relation is loaded and cached. */
static void test_s36_stack_struct(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct user user = {.id = 1}, same = {.id = 1};

    struct post_list posts;
    ok(f->s, user_posts(f->s, &user, &posts));
    assert_int_equal(posts.count, 2);
    assert_text(posts.items[0]->title, "First");
    assert_statements(f, 1);
    ok(f->s, user_posts(f->s, &user, &posts));
    ok(f->s, user_posts(f->s, &same, &posts));
    ok(f->s, user_posts(f->s, the_user(f, 1), &posts));
    assert_int_equal(posts.count, 2);
    assert_statements(f, 0);
}

/* S-36: a foreign key in a caller-owned struct. */
static void test_s36_stack_struct_belongs_to(void **state)
{
    struct fixture *f = *state;
    given_d2(f);
    struct comment comment = {.id = 1, .post_id = 1};

    struct post *post;
    ok(f->s, comment_post(f->s, &comment, &post));
    assert_text(post->title, "First");
    assert_statements(f, 1);
    ok(f->s, comment_post(f->s, &comment, &post));
    assert_ptr_equal(post, the_post(f, 1));
    assert_statements(f, 0);
    /* Zero is not a key, even if the column cannot be NULL. */
    struct comment others[] = {{.id = 2}, {.id = 3}}, *list[] = {&others[0], &others[1]};
    ok(f->s, comment_load_post(f->s, list, 2));
    ok(f->s, comment_post(f->s, &others[0], &post));
    assert_null(post);
    assert_statements(f, 0);
}

/* S-37: in a strict session, a lazy load of any kind of relation is an error that names model and relation. */
static void test_s37_strict_refuses(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    reopen_session(f, (struct ar_session_options){.strict = true});
    struct book *engines = the_book(f, 1);

    struct author *author;
    fails(f->s, AR_MISUSE, book_author(f->s, engines, &author));
    assert_error_names(f->s, "book");
    assert_error_names(f->s, "author");
    assert_null(author);

    struct author *ada = the_author(f, 1);
    struct book_list books;
    struct profile *profile;
    fails(f->s, AR_MISUSE, author_books(f->s, ada, &books));
    assert_error_names(f->s, "author");
    assert_error_names(f->s, "books");
    assert_int_equal(books.count, 0);
    fails(f->s, AR_MISUSE, author_profile(f->s, ada, &profile));
    assert_error_names(f->s, "profile");
    assert_null(profile);
    assert_statements(f, 0);
}

/* S-37: eager and explicit loads and the relation's query work in a strict session. */
static void test_s37_strict_allows(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    reopen_session(f, (struct ar_session_options){.strict = true});
    struct author_query *authors = by_key(author_query(f->s), &author_model);
    author_with_books(authors);

    struct author_list list;
    struct book_list books;
    struct profile *profile;
    int64_t count;
    ok(f->s, author_all(authors, &list));
    ok(f->s, author_books(f->s, list.items[0], &books));
    assert_int_equal(books.count, 2);
    assert_statements(f, 2);
    ok(f->s, chapter_count(book_chapters_query(f->s, books.items[0]), &count));
    assert_int_equal(count, 2);
    assert_statements(f, 1);
    ok(f->s, author_load_profile(f->s, list.items, list.count));
    ok(f->s, author_profile(f->s, list.items[0], &profile));
    assert_text(profile->bio, "Counts");
    assert_statements(f, 1);
}

/* S-37: a strict query makes the records of its tree strict, but not those of another query. */
static void test_s37_strict_query(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct author_query *strict = by_key(author_query(f->s), &author_model);
    author_strict(strict);
    author_where(strict, ar_eq(author_column.name, "Ada"));

    struct author_list list;
    struct book_list books;
    ok(f->s, author_all(strict, &list));
    assert_statements(f, 1);
    fails(f->s, AR_MISUSE, author_books(f->s, list.items[0], &books));
    assert_error_names(f->s, "books");
    assert_statements(f, 0);

    struct chapter_list chapters;
    author_with_books(strict);
    ok(f->s, author_all(strict, &list));
    ok(f->s, author_books(f->s, list.items[0], &books));
    assert_int_equal(books.count, 2);
    assert_statements(f, 2);
    fails(f->s, AR_MISUSE, book_chapters(f->s, books.items[0], &chapters));
    assert_error_names(f->s, "chapters");
    assert_statements(f, 0);
    ok(f->s, author_books(f->s, the_author(f, 2), &books));
    assert_text(books.items[0]->title, "Tables");
    assert_statements(f, 1);
}

/* S-37: a strict sub-query makes only its own records strict. */
static void test_s37_strict_sub_query(void **state)
{
    struct fixture *f = *state;
    given_library(f);
    struct author_query *query = by_key(author_query(f->s), &author_model);
    book_strict(author_with_books(query));

    struct author_list authors;
    struct book_list books;
    struct chapter_list chapters;
    struct profile *profile;
    ok(f->s, author_all(query, &authors));
    ok(f->s, author_books(f->s, authors.items[0], &books));
    assert_statements(f, 2);
    fails(f->s, AR_MISUSE, book_chapters(f->s, books.items[0], &chapters));
    assert_statements(f, 0);
    ok(f->s, author_profile(f->s, authors.items[0], &profile));
    assert_text(profile->bio, "Counts");
    assert_statements(f, 1);
}

/* When a foreign key changes in memory, its belongs_to is the new record at once, or NULL if the key becomes null. */
static void test_foreign_key_changed_in_memory(void **state)
{
    struct fixture *f = *state;
    int64_t first = add_owner(f, "first"), second = add_owner(f, "second");
    struct loose_post *post = the_loose_post(f, add_loose_post(f, first, "a post"));

    struct owner *owner;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_text(owner->name, "first");
    post->owner_id = second;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_text(owner->name, "second");
    assert_statements(f, 2);
    post->owner_id = 0;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    post->owner_id = first;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_text(owner->name, "first");
    assert_statements(f, 0);
}

/* A missing owner stays missing until a query returns it. */
static void test_absent_until_met(void **state)
{
    struct fixture *f = *state;
    struct loose_post *post = the_loose_post(f, add_loose_post(f, 1, "early"));
    struct owner *owner;
    struct owner_list owners;
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    add_owner(f, "late");
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_null(owner);
    assert_statements(f, 1);
    ok(f->s, owner_all(by_key(owner_query(f->s), &owner_model), &owners));
    ok(f->s, loose_post_owner(f->s, post, &owner));
    assert_ptr_equal(owner, owners.items[0]);
    assert_statements(f, 1);
}

/* Two relations over one foreign key are loaded and cached separately, and return the same records. */
static void test_two_relations_over_one_foreign_key(void **state)
{
    struct fixture *f = *state;
    struct owner *owner = the_owner(f, add_owner(f, "somebody"));
    add_loose_profile(f, owner->id, "the first");
    add_loose_profile(f, owner->id, "the second");

    struct loose_profile *profile;
    struct loose_profile_list profiles;
    ok(f->s, owner_profile(f->s, owner, &profile));
    assert_text(profile->bio, "the first");
    assert_statements(f, 1);
    ok(f->s, owner_all_profiles(f->s, owner, &profiles));
    assert_int_equal(profiles.count, 2);
    assert_ptr_equal(profiles.items[0], profile);
    assert_text(profiles.items[1]->bio, "the second");
    assert_statements(f, 1);
    ok(f->s, owner_profile(f->s, owner, &profile));
    ok(f->s, owner_all_profiles(f->s, owner, &profiles));
    assert_statements(f, 0);
}

/* A list is in ascending order of the key, regardless of the order of insertion. */
static void test_list_by_ascending_key(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf = the_shelf(f, add_shelf(f, "kitchen"));
    static const int64_t keys[] = {30, 10, 20};
    for (size_t i = 0; i < 3; i++)
        add_row(f, &jar_model, &(struct jar){.id = keys[i], .shelf_id = shelf->id});

    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_int_equal(jars.count, 3);
    assert_int_equal(jars.items[0]->id, 10);
    assert_int_equal(jars.items[1]->id, 20);
    assert_int_equal(jars.items[2]->id, 30);
    assert_statements(f, 1);
}

/* Conditions on the relation's query are added to the relation's own, even if they contain an OR. */
static void test_query_with_conditions(void **state)
{
    struct fixture *f = *state;
    given_d1(f);
    struct user *user = the_user(f, 1);
    struct order_query *orders = user_orders_query(f->s, user);
    order_where(orders, ar_or(ar_eq(order_column.order_number, "ORD002"), ar_eq(order_column.order_number, "ORD003")));

    struct order_list list;
    int64_t count;
    ok(f->s, order_all(orders, &list));
    assert_int_equal(list.count, 1);
    assert_text(list.items[0]->order_number, "ORD002");
    ok(f->s, order_count(orders, &count));
    assert_int_equal(count, 1);
    assert_statements(f, 2);
}

/* Reading a row again refreshes its record, unless the program has changed it. */
static void test_refreshed_unless_changed(void **state)
{
    struct fixture *f = *state;
    struct shelf *shelf = the_shelf(f, add_shelf(f, "kitchen"));
    struct jar *plum = the_jar(f, add_jar(f, shelf->id, "plum"));
    struct jar *pear = the_jar(f, add_jar(f, shelf->id, "pear"));
    pear->content = "quince";
    run_sql(f, "UPDATE jars SET content = 'stolen'");

    struct jar_list jars;
    ok(f->s, shelf_jars(f->s, shelf, &jars));
    assert_ptr_equal(jars.items[0], plum);
    assert_text(plum->content, "stolen");
    assert_ptr_equal(jars.items[1], pear);
    assert_text(pear->content, "quince");
    assert_statements(f, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s21_order_user, open_blog_and_shop),
        scenario(test_s22_order_items, open_blog_and_shop),
        scenario(test_s23_no_items, open_blog_and_shop),
        scenario(test_s24_null_foreign_key, open_loose),
        scenario(test_s25_orphan, open_loose),
        scenario(test_s26_has_one_without_row, open_loose),
        scenario(test_s27_query_of_nothing, open_loose),
        scenario(test_s27_writes_of_nothing, open_loose),
        scenario(test_s28_pointers_close, open_library),
        scenario(test_s28_profile_first, open_library),
        scenario(test_s29_record_without_key, open_loose),
        scenario(test_s30_filter_does_not_leak, open_blog_and_shop),
        scenario(test_s30_filter_ends_with_its_result, open_blog_and_shop),
        scenario(test_s31_parent_chain, open_tree),
        scenario(test_s32_failing_list, open_blog_and_shop),
        scenario(test_s32_failing_record, open_blog_and_shop),
        scenario(test_s32_failing_row, open_loose),
        scenario(test_s36_stack_struct, open_blog_and_shop),
        scenario(test_s36_stack_struct_belongs_to, open_blog_and_shop),
        scenario(test_s37_strict_refuses, open_library),
        scenario(test_s37_strict_allows, open_library),
        scenario(test_s37_strict_query, open_library),
        scenario(test_s37_strict_sub_query, open_library),
        scenario(test_foreign_key_changed_in_memory, open_loose),
        scenario(test_absent_until_met, open_loose),
        scenario(test_two_relations_over_one_foreign_key, open_loose),
        scenario(test_list_by_ascending_key, open_store),
        scenario(test_query_with_conditions, open_blog_and_shop),
        scenario(test_refreshed_unless_changed, open_store),
    };
    return cmocka_run_group_tests_name("lazy", tests, NULL, NULL);
}
