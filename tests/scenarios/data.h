/* The schemas and rows of the scenarios, each in one line of a test. Keys start at 1 in every table, in the order of
 * insertion. Rows are inserted by another session than the tested one, and never counted. */
#ifndef SCENARIO_DATA_H
#define SCENARIO_DATA_H

#include "support.h"

#include "blog.ar.h"
#include "keys.ar.h"
#include "library.ar.h"
#include "loose.ar.h"
#include "shop.ar.h"
#include "store.ar.h"
#include "tree.ar.h"

/* An entry of a group's array: a test and the tables it needs, as in scenario(test_s21_order_user,
 * open_blog_and_shop). */
#define scenario(test, open) cmocka_unit_test_setup_teardown(test, open, fixture_close)

/* Setups for cmocka: create a new database with the tables of one schema. Blog and shop share the users and a setup. */
int open_blog_and_shop(void **state);
int open_library(void **state);
int open_loose(void **state);
int open_tree(void **state);
int open_store(void **state);
int open_keys(void **state);

/* D1 (shop): user1{ORD001 100, ORD002 200}, user2{ORD003 150}; Product 1 in ORD001, Product 2 in ORD002. */
void given_d1(struct fixture *f);

/* D2 (blog): blogger1's posts First and Second; comments on First by blogger2 ("Great post!") and blogger1. */
void given_d2(struct fixture *f);

/* D3 (blog and shop): 3 users, 5 orders in turn with 1 to 3 items each, 2 posts per user, 12 comments. */
void given_d3(struct fixture *f);

/* The library: Ada {Engines {One, Two}, Notes {Three}} with a profile; Bob {Tables {}} without one. */
void given_library(struct fixture *f);

/* The tree root{k1{g1}, k2}: cats 1 to 4 are root, k1, k2 and g1. */
void given_tree(struct fixture *f);

/* Insert one row and return its key. */
int64_t add_user(struct fixture *f, const char *username);
int64_t add_post(struct fixture *f, int64_t user_id, const char *title);
int64_t add_comment(struct fixture *f, int64_t user_id, int64_t post_id, const char *content);
int64_t add_order(struct fixture *f, int64_t user_id, const char *order_number, double total_amount);
int64_t add_item(struct fixture *f, int64_t order_id, const char *product_name, int quantity, double unit_price);
int64_t add_author(struct fixture *f, const char *name);
int64_t add_book(struct fixture *f, int64_t author_id, const char *title);
int64_t add_chapter(struct fixture *f, int64_t book_id, const char *title);
int64_t add_profile(struct fixture *f, int64_t author_id, const char *bio);
int64_t add_owner(struct fixture *f, const char *name);
int64_t add_loose_profile(struct fixture *f, int64_t owner_id, const char *bio);
int64_t add_loose_post(struct fixture *f, int64_t owner_id, const char *title);
int64_t add_cat(struct fixture *f, int64_t parent_id, const char *name);
int64_t add_shelf(struct fixture *f, const char *name);
int64_t add_jar(struct fixture *f, int64_t shelf_id, const char *content);
int64_t add_label(struct fixture *f, int64_t shelf_id, const char *text);
void add_account(struct fixture *f, int64_t tenant_id, int64_t number, const char *name);
int64_t add_entry(struct fixture *f, int64_t tenant_id, int64_t account_number, const char *purpose);

/* Insert `count` users with `posts_each` posts each; insert `each` comments on each post, by the users in turn. */
void add_users(struct fixture *f, int count, int posts_each);
void add_comments(struct fixture *f, int64_t post_count, int64_t user_count, int each);

/* Return the record with this key in the tested session. The statement that reads it is not counted. */
void *the_row(struct fixture *f, const struct ar_model *model, int64_t id);

#define SCENARIO_THE(model)                                                                                            \
    static inline struct model *the_##model(struct fixture *f, int64_t id)                                             \
    {                                                                                                                  \
        return the_row(f, &model##_model, id);                                                                         \
    }

SCENARIO_THE(user)
SCENARIO_THE(post)
SCENARIO_THE(comment)
SCENARIO_THE(order)
SCENARIO_THE(author)
SCENARIO_THE(book)
SCENARIO_THE(profile)
SCENARIO_THE(owner)
SCENARIO_THE(loose_profile)
SCENARIO_THE(loose_post)
SCENARIO_THE(cat)
SCENARIO_THE(shelf)
SCENARIO_THE(jar)
SCENARIO_THE(label)

#undef SCENARIO_THE

#endif
