/* S-83: every strategy (eager, by path, lazy for all siblings or for one record, uncached, explicit) loads the same
 * graph. Random rows of loose.h and tree.h, with fixed seeds, are printed by each strategy and compared with the
 * expected text, which is made from the rows. */
#include "data.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS 20
#define OWNERS_MAX 12
#define CHILDREN_MAX 30

/* The rows of one seed. `owner_of` is 0 for a null foreign key, and above the number of owners for an orphan. */
struct rows {
    uint32_t random;
    int64_t owner_count, profile_count, post_count;
    int64_t owner_of_profile[CHILDREN_MAX + 1], owner_of_post[CHILDREN_MAX + 1];
};

static int64_t below(struct rows *rows, int64_t limit)
{
    rows->random = rows->random * 1664525 + 1013904223;
    return (int64_t)(rows->random >> 8) % limit;
}

static void make_rows(struct rows *rows, uint32_t seed)
{
    memset(rows, 0, sizeof *rows);
    rows->random = seed;
    rows->owner_count = below(rows, OWNERS_MAX + 1);
    rows->profile_count = below(rows, CHILDREN_MAX + 1);
    rows->post_count = below(rows, CHILDREN_MAX + 1);
    for (int64_t i = 1; i <= rows->profile_count; i++)
        rows->owner_of_profile[i] = below(rows, rows->owner_count + 3);
    for (int64_t i = 1; i <= rows->post_count; i++)
        rows->owner_of_post[i] = below(rows, rows->owner_count + 3);
}

/* Insert the rows in reverse, so that no list is in order by chance. */
static void write_rows(struct fixture *f, const struct rows *rows)
{
    run_sql(f, "DELETE FROM loose_posts");
    run_sql(f, "DELETE FROM loose_profiles");
    run_sql(f, "DELETE FROM owners");
    for (int64_t i = rows->owner_count; i > 0; i--)
        add_row(f, &owner_model, &(struct owner){.id = i, .name = "owner"});
    for (int64_t i = rows->profile_count; i > 0; i--)
        add_row(f, &loose_profile_model,
                &(struct loose_profile){.id = i, .bio = "bio", .owner_id = rows->owner_of_profile[i]});
    for (int64_t i = rows->post_count; i > 0; i--)
        add_row(f, &loose_post_model,
                &(struct loose_post){.id = i, .title = "post", .owner_id = rows->owner_of_post[i]});
}

/* ---- The graph as text ------------------------------------------------------------------------------------------- */

static int64_t existing(const struct rows *rows, int64_t owner_id)
{
    return owner_id <= rows->owner_count ? owner_id : 0;
}

/* Print the expected graph from the rows. */
static void print_rows(FILE *out, const struct rows *rows)
{
    for (int64_t id = 1; id <= rows->owner_count; id++) {
        bool has_profile = false;
        fprintf(out, "owner %" PRId64 ":", id);
        for (int64_t i = 1; i <= rows->profile_count; i++) {
            if (rows->owner_of_profile[i] != id)
                continue;
            if (!has_profile)
                fprintf(out, " profile %" PRId64, i);
            has_profile = true;
            fprintf(out, " one of all %" PRId64 " of %" PRId64, i, id);
        }
        for (int64_t i = 1; i <= rows->post_count; i++) {
            if (rows->owner_of_post[i] == id)
                fprintf(out, " post %" PRId64 " of %" PRId64, i, id);
        }
        fprintf(out, "\n");
    }
    for (int64_t i = 1; i <= rows->post_count; i++)
        fprintf(out, "post %" PRId64 " of %" PRId64 "\n", i, existing(rows, rows->owner_of_post[i]));
}

static int64_t id_of(const struct owner *owner)
{
    return owner != NULL ? owner->id : 0;
}

/* Print the graph through the accessors. */
static void print_owner(FILE *out, struct ar_session *s, const struct owner *owner)
{
    struct loose_profile *profile;
    struct loose_profile_list profiles;
    struct loose_post_list posts;
    struct owner *back;
    fprintf(out, "owner %" PRId64 ":", owner->id);
    ok(s, owner_profile(s, owner, &profile));
    if (profile != NULL)
        fprintf(out, " profile %" PRId64, profile->id);
    ok(s, owner_all_profiles(s, owner, &profiles));
    for (size_t i = 0; i < profiles.count; i++) {
        ok(s, loose_profile_owner(s, profiles.items[i], &back));
        assert_ptr_equal(back, owner);
        fprintf(out, " one of all %" PRId64 " of %" PRId64, profiles.items[i]->id, id_of(back));
    }
    ok(s, owner_posts(s, owner, &posts));
    for (size_t i = 0; i < posts.count; i++) {
        ok(s, loose_post_owner(s, posts.items[i], &back));
        assert_ptr_equal(back, owner);
        fprintf(out, " post %" PRId64 " of %" PRId64, posts.items[i]->id, id_of(back));
    }
    fprintf(out, "\n");
}

struct graph {
    struct owner_list owners;
    struct loose_post_list posts;
};

static void print_graph(FILE *out, struct ar_session *s, const struct graph *graph)
{
    for (size_t i = 0; i < graph->owners.count; i++)
        print_owner(out, s, graph->owners.items[i]);
    for (size_t i = 0; i < graph->posts.count; i++) {
        struct owner *owner;
        ok(s, loose_post_owner(s, graph->posts.items[i], &owner));
        fprintf(out, "post %" PRId64 " of %" PRId64 "\n", graph->posts.items[i]->id, id_of(owner));
    }
}

/* ---- Strategies -------------------------------------------------------------------------------------------------- */

/* Rows of a query without an order are in no particular order. */
static struct owner_query *owners_by_id(struct ar_session *s)
{
    struct owner_query *owners = owner_query(s);
    owner_order_by(owners, ar_asc(owner_column.id));
    return owners;
}

static struct loose_post_query *posts_by_id(struct ar_session *s)
{
    struct loose_post_query *posts = loose_post_query(s);
    loose_post_order_by(posts, ar_asc(loose_post_column.id));
    return posts;
}

static void load_nothing(struct ar_session *s, struct graph *graph)
{
    ok(s, owner_all(owners_by_id(s), &graph->owners));
    ok(s, loose_post_all(posts_by_id(s), &graph->posts));
}

static void load_by_plan(struct ar_session *s, struct graph *graph, enum ar_plan plan)
{
    struct owner_query *owners = owners_by_id(s);
    struct loose_post_query *posts = posts_by_id(s);
    ar_query_plan(owners, plan);
    ar_query_plan(posts, plan);
    owner_with_profile(owners);
    loose_profile_with_owner(owner_with_all_profiles(owners));
    loose_post_with_owner(owner_with_posts(owners));
    loose_post_with_owner(posts);
    ok(s, owner_all(owners, &graph->owners));
    ok(s, loose_post_all(posts, &graph->posts));
}

static void load_eagerly(struct ar_session *s, struct graph *graph)
{
    load_by_plan(s, graph, AR_PLAN_AUTO);
}

static void load_in_waves(struct ar_session *s, struct graph *graph)
{
    load_by_plan(s, graph, AR_PLAN_WAVES);
}

static void load_in_one_trip(struct ar_session *s, struct graph *graph)
{
    load_by_plan(s, graph, AR_PLAN_ONE_TRIP);
}

static void load_by_path(struct ar_session *s, struct graph *graph)
{
    struct owner_query *owners = owners_by_id(s);
    struct loose_post_query *posts = posts_by_id(s);
    ok(s, ar_query_with(owners, "posts.owner"));
    ok(s, ar_query_with(owners, "all_profiles.owner"));
    ok(s, ar_query_with(owners, "profile"));
    ok(s, ar_query_with(posts, "owner.profile"));
    ok(s, owner_all(owners, &graph->owners));
    ok(s, loose_post_all(posts, &graph->posts));
}

static void load_explicitly(struct ar_session *s, struct graph *graph)
{
    load_nothing(s, graph);
    ok(s, owner_load_profile(s, graph->owners.items, graph->owners.count));
    ok(s, owner_load_all_profiles(s, graph->owners.items, graph->owners.count));
    ok(s, owner_load_posts(s, graph->owners.items, graph->owners.count));
    ok(s, loose_post_load_owner(s, graph->posts.items, graph->posts.count));
}

struct way {
    const char *name;
    void (*load)(struct ar_session *s, struct graph *graph);
    struct ar_session_options options;
    bool is_complete; /* printing costs no statement */
};

static const struct way ways[] = {
    {.name = "eager", .load = load_eagerly, .is_complete = true},
    {.name = "in waves", .load = load_in_waves, .is_complete = true},
    {.name = "in one trip", .load = load_in_one_trip, .is_complete = true},
    {.name = "in one trip, strict", .load = load_in_one_trip, .options = {.strict = true}, .is_complete = true},
    {.name = "in one trip, small cache", .load = load_in_one_trip, .options = {.cache_max_size = 1}},
    {.name = "eager, strict", .load = load_eagerly, .options = {.strict = true}, .is_complete = true},
    {.name = "eager, read only", .load = load_eagerly, .options = {.read_only = true}, .is_complete = true},
    {.name = "eager, small cache", .load = load_eagerly, .options = {.cache_max_size = 1}},
    {.name = "by path", .load = load_by_path, .is_complete = true},
    {.name = "lazy batch", .load = load_nothing},
    {.name = "lazy batch, read only", .load = load_nothing, .options = {.read_only = true}},
    {.name = "lazy batch, small cache", .load = load_nothing, .options = {.cache_max_size = 2}},
    {.name = "lazy one", .load = load_nothing, .options = {.load_one = true}},
    {.name = "cache off", .load = load_nothing, .options = {.cache_off = true}},
    {.name = "explicit", .load = load_explicitly, .is_complete = true},
};

/* Return the text of the graph as loaded by one strategy; the caller frees it. */
static char *graph_text(struct fixture *f, const struct way *way)
{
    char *text;
    size_t size;
    struct graph graph;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    reopen_session(f, way->options);
    way->load(f->s, &graph);
    reset_statements(f);
    print_graph(out, f->s, &graph);
    fclose(out);
    if (way->is_complete)
        assert_statements(f, 0);
    return text;
}

static char *rows_text(const struct rows *rows)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    print_rows(out, rows);
    fclose(out);
    return text;
}

static void test_s83_every_way_the_same_graph(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct rows rows;
        make_rows(&rows, seed);
        write_rows(f, &rows);
        char *expected = rows_text(&rows);
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            char *actual = graph_text(f, &ways[i]);
            if (strcmp(actual, expected) != 0)
                fail_msg("seed %u, %s:\n%s\nis not\n%s", seed, ways[i].name, actual, expected);
            free(actual);
        }
        free(expected);
    }
}

/* ---- Trees, where parents, children and siblings are records of one model ---------------------------------------- */

static void print_cat(FILE *out, struct ar_session *s, const struct cat *cat, int depth)
{
    struct cat_list children;
    struct cat *parent;
    fprintf(out, "%*s%s\n", depth, "", cat->name);
    ok(s, cat_children(s, cat, &children));
    for (size_t i = 0; i < children.count; i++) {
        ok(s, cat_parent(s, children.items[i], &parent));
        assert_ptr_equal(parent, cat);
        print_cat(out, s, children.items[i], depth + 1);
    }
}

/* Print the tree from a query of all cats, or of the roots only, whose descendants are loaded by path or lazily. */
static char *tree_text(struct fixture *f, struct ar_session_options options, const char *path, bool roots_only,
                       enum ar_plan plan)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    reopen_session(f, options);
    struct cat_query *query = cat_query(f->s);
    struct cat_list cats;
    ar_query_plan(query, plan);
    cat_order_by(query, ar_asc(cat_column.id));
    if (roots_only)
        cat_where(query, ar_is_null(cat_column.parent_id));
    if (path != NULL)
        ok(f->s, ar_query_with(query, path));
    ok(f->s, cat_all(query, &cats));
    for (size_t i = 0; i < cats.count; i++) {
        if (cats.items[i]->parent_id == 0)
            print_cat(out, f->s, cats.items[i], 0);
    }
    fclose(out);
    return text;
}

static void test_s83_trees(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct ar_session_options options;
        const char *path;
        bool roots_only;
        enum ar_plan plan;
    } others[] = {
        {.path = "children"},
        {.path = "children.children.children", .roots_only = true},
        {.path = "parent.children"},
        {.path = "children", .plan = AR_PLAN_ONE_TRIP},
        {.path = "children.children.children", .roots_only = true, .plan = AR_PLAN_ONE_TRIP},
        {.path = "parent.children", .plan = AR_PLAN_ONE_TRIP},
        {.options = {.load_one = true}, .roots_only = true},
        {.options = {.cache_off = true}},
        {.roots_only = true},
    };
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct rows rows = {.random = seed};
        run_sql(f, "UPDATE cats SET parent_id = NULL");
        run_sql(f, "DELETE FROM cats");
        for (int64_t id = 1; id <= CHILDREN_MAX; id++) {
            char name[16];
            snprintf(name, sizeof name, "cat %d", (int)id);
            add_row(f, &cat_model, &(struct cat){.id = id, .parent_id = below(&rows, id), .name = name});
        }
        char *expected = tree_text(f, (struct ar_session_options){0}, NULL, false, AR_PLAN_AUTO);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            char *actual = tree_text(f, others[i].options, others[i].path, others[i].roots_only, others[i].plan);
            if (strcmp(actual, expected) != 0)
                fail_msg("seed %u, way %zu:\n%s\nis not\n%s", seed, i, actual, expected);
            free(actual);
        }
        free(expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scenario(test_s83_every_way_the_same_graph, open_loose),
        scenario(test_s83_trees, open_tree),
    };
    return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
