/* Generate the benchmark's rows. Nothing here is measured. */
#include "data.h"

#include <stdio.h>
#include <string.h>

/* The linear congruential generator of Numerical Recipes: the rows must only vary and be reproducible. */
static uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % limit;
}

/* Return the parent's key. Consecutive children belong to consecutive parents, so that the children of one parent are
 * spread over the table, and all parents have the same number. */
static int64_t parent_of(int64_t id, int64_t parents)
{
    return (id - 1) % parents + 1;
}

static const char *const words[] = {"amber", "basin",   "cedar",   "delta",  "ember", "fjord", "grove",   "harbor",
                                    "inlet", "juniper", "kestrel", "lagoon", "marsh", "north", "orchard", "prairie"};
static const char *const colors[] = {NULL, "black", "brown"};

/* Write `count` words to the buffer and return it. */
static const char *sentence(uint32_t *state, char *text, size_t size, uint32_t count)
{
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[random_below(state, sizeof words / sizeof words[0])];
        length += (size_t)snprintf(text + length, size - length, i == 0 ? "%s" : " %s", word);
    }
    return text;
}

static void generate_users(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= USER_COUNT; id++) {
        char name[64], email[64];
        snprintf(name, sizeof name, "%s %s %d", words[random_below(state, 16)], words[random_below(state, 16)],
                 (int)id);
        snprintf(email, sizeof email, "user%d@example.com", (int)id);
        struct user user = {.id = id, .name = name, .email = email, .hair_color = colors[id % 3]};
        user.age = 18 + (int32_t)random_below(state, 70);
        user.score = random_below(state, 1000000) / 1000.0;
        user.active = id % 2 != 0;
        user.created_at = 1700000000 + id * 60;
        sink->user(sink->payload, &user);
    }
}

static void generate_posts(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= POST_COUNT; id++) {
        char title[256], body[512];
        struct post post = {.id = id, .user_id = parent_of(id, USER_COUNT)};
        post.title = sentence(state, title, sizeof title, 4);
        post.body = id % 10 != 0 ? sentence(state, body, sizeof body, 6 + random_below(state, 15)) : NULL;
        post.views = random_below(state, 100000);
        post.created_at = 1700000000 + id;
        sink->post(sink->payload, &post);
    }
}

/* The comments of a post are adjacent in the table, as if each discussion ended before the next one began. */
static void generate_comments(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= COMMENT_COUNT; id++) {
        char text[512];
        struct comment comment = {.id = id, .post_id = (id - 1) / COMMENTS_OF_EACH + 1};
        comment.user_id = 1 + random_below(state, USER_COUNT);
        comment.text = sentence(state, text, sizeof text, 4 + random_below(state, 9));
        comment.created_at = 1700000000 + id;
        sink->comment(sink->payload, &comment);
    }
}

static void generate_authors(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= AUTHOR_COUNT; id++) {
        char name[256];
        struct author author = {.id = id, .hair_color = colors[id % 3]};
        author.name = sentence(state, name, sizeof name, 2);
        sink->author(sink->payload, &author);
    }
    for (int64_t id = 1; id <= ARTICLE_COUNT; id++) {
        char title[256], body[512];
        struct article article = {.id = id, .author_id = parent_of(id, AUTHOR_COUNT)};
        article.title = sentence(state, title, sizeof title, 4);
        article.body = id % 10 != 0 ? sentence(state, body, sizeof body, 6 + random_below(state, 15)) : NULL;
        sink->article(sink->payload, &article);
    }
    for (int64_t id = 1; id <= REMARK_COUNT; id++) {
        char text[512];
        struct remark remark = {.id = id, .article_id = parent_of(id, ARTICLE_COUNT)};
        remark.text = sentence(state, text, sizeof text, 4 + random_below(state, 9));
        sink->remark(sink->payload, &remark);
    }
}

void data_generate(const struct data_sink *sink)
{
    uint32_t state = 20240229;
    generate_users(sink, &state);
    generate_posts(sink, &state);
    generate_comments(sink, &state);
    generate_authors(sink, &state);
}

void data_draw_users(int64_t *ids, size_t count)
{
    uint32_t state = 7;
    for (size_t i = 0; i < count; i++)
        ids[i] = 1 + random_below(&state, USER_COUNT);
}

void data_fill_drafts(struct draft *drafts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        drafts[i] = (struct draft){
            .user_id = parent_of((int64_t)i + 1, USER_COUNT),
            .title = "four words of title",
            .body = i % 10 != 0 ? "a body of about the length that a short comment has" : NULL,
            .views = (int64_t)i,
            .created_at = 1700000000 + (time_t)i,
        };
}

const char *data_sqlite_path(const char *url)
{
    return url + strlen("sqlite:");
}
