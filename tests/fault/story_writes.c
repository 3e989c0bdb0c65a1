/* Steps of the story that write many rows: upserts, graphs, and writes through relations. Each is rolled back, so that
 * the contents at the end do not depend on it. */
#include "story.h"

#include "fault.h"

#include <stdio.h>

/* Run the writes in a transaction and roll them back. */
static enum ar_status roll_back(struct story *story, enum ar_status (*write)(struct story *story))
{
    enum ar_status status = ar_begin(story->s), ended;
    if (status != AR_OK)
        return status;
    status = write(story);
    if (status != AR_OK)
        fault_disarm();
    ended = ar_rollback(story->s);
    return status != AR_OK ? status : ended;
}

/* ---- Upserts ----------------------------------------------------------------------------------------------------- */

enum { UPSERTED = 20 };

static enum ar_status upsert(struct story *story)
{
    struct article articles[UPSERTED];
    char names[UPSERTED][8];
    enum ar_upsert_effect effects[UPSERTED];
    struct ar_upsert_totals totals;
    struct user user = {.id = story->ann.id, .name = "ann"};
    enum ar_status status;
    for (size_t i = 0; i < UPSERTED; i++) {
        snprintf(names[i], sizeof names[i], "%zu", 2 * i);
        articles[i] = (struct article){.name = names[i], .text = i % 2 == 0 ? "upserted" : NULL};
    }
    status = article_upsert_many(story->s, articles, UPSERTED, NULL, effects, &totals);
    for (size_t i = 0; i < UPSERTED; i++)
        assert_int_equal(articles[i].revision, status == AR_OK && 2 * i < ARTICLES);
    if (status != AR_OK)
        return status;
    assert_int_equal(totals.updated, ARTICLES / 2);
    assert_int_equal(totals.inserted, UPSERTED - ARTICLES / 2);
    status = user_upsert(story->s, &user, NULL, NULL);
    if (status != AR_OK)
        assert_null(user.status);
    return status;
}

static enum ar_status roll_back_upsert(struct story *story)
{
    return roll_back(story, upsert);
}

/* ---- Graphs ------------------------------------------------------------------------------------------------------ */

static enum ar_status save_graph(struct story *story)
{
    struct ar_graph graph = ar_graph_start(story->s);
    struct user user = {.name = "cid"};
    struct post posts[] = {{.title = "fourth"}, {.title = "fifth"}};
    struct mark marks[] = {{.tag = "red"}, {.tag = "blue"}};
    enum ar_status status;
    for (size_t i = 0; i < 2; i++) {
        mark_set_post(&graph, &marks[i], &posts[i]);
        post_set_user(&graph, &posts[i], &user);
    }
    status = ar_graph_save(&graph);
    assert_true((user.id != 0) == (status == AR_OK));
    assert_true((posts[1].id != 0) == (status == AR_OK));
    assert_true((marks[1].post_id != 0) == (status == AR_OK));
    return status;
}

static enum ar_status roll_back_save_graph(struct story *story)
{
    return roll_back(story, save_graph);
}

/* ---- Relations --------------------------------------------------------------------------------------------------- */

static enum ar_status move_posts(struct story *story)
{
    struct post *third = &story->posts[2], *both[] = {&story->posts[0], &story->posts[1]}, built;
    struct ar_link_changes changes;
    enum ar_status status = user_posts_build(story->s, &story->bob, &built);
    if (status == AR_OK)
        status = user_posts_add(story->s, &story->ann, &third, 1, &changes);
    if (status != AR_OK) {
        assert_int_equal(third->user_id, story->bob.id);
        return status;
    }
    assert_int_equal(changes.added, 1);
    status = user_posts_replace(story->s, &story->ann, both, 2, AR_REMOVE_DELETE, &changes);
    if (status == AR_OK)
        assert_int_equal(changes.removed, 1);
    return status;
}

static enum ar_status roll_back_move_posts(struct story *story)
{
    enum ar_status status = roll_back(story, move_posts);
    story->posts[2].user_id = story->bob.id; /* a caller-owned struct is not rolled back */
    return status;
}

static enum ar_status link_readings(struct story *story)
{
    struct article articles[] = {{.name = "1"}, {.name = "2"}, {.name = "3"}};
    struct article *const all[] = {&articles[0], &articles[1], &articles[2]};
    struct ar_link_changes changes;
    enum ar_status status = user_readings_add(story->s, &story->bob, all, 2, &changes);
    if (status != AR_OK)
        return status;
    assert_int_equal(changes.added, 2);
    status = user_readings_replace(story->s, &story->bob, all + 1, 2, &changes);
    if (status != AR_OK)
        return status;
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.removed, 1);
    return user_readings_remove(story->s, &story->bob, all, 3, &changes);
}

static enum ar_status roll_back_link_readings(struct story *story)
{
    return roll_back(story, link_readings);
}

const struct step story_write_steps[] = {
    {"upsert", roll_back_upsert},
    {"save a graph", roll_back_save_graph},
    {"move posts", roll_back_move_posts},
    {"link readings", roll_back_link_readings},
};
const size_t story_write_step_count = sizeof story_write_steps / sizeof story_write_steps[0];
