/* The benchmark's rows: 10,000 users with 10 posts each, and 1,000 boards with 5 topics of 5 messages each. Children of
 * one parent lie spread over their table. Nothing here is measured. */
#include "data.h"

#include <stdio.h>

/* Numerical Recipes' linear congruence: the rows need to be varied and repeatable, nothing more. */
static uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % limit;
}

static const char *const words[] = {"amber", "basin",   "cedar",   "delta",  "ember", "fjord", "grove",   "harbor",
                                    "inlet", "juniper", "kestrel", "lagoon", "marsh", "north", "orchard", "prairie"};

/* Writes `count` words into the text and returns it. */
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
    static const char *const colors[] = {NULL, "black", "brown"};
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

/* Every tenth of the table holds one post of each user, in another order than the users'. */
static void generate_posts(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= POST_COUNT; id++) {
        char title[256], body[512];
        struct post post = {.id = id, .user_id = id * 7919 % USER_COUNT + 1};
        post.title = sentence(state, title, sizeof title, 4);
        post.body = id % 10 != 0 ? sentence(state, body, sizeof body, 6 + random_below(state, 15)) : NULL;
        post.views = random_below(state, 100000);
        post.created_at = 1700000000 + id;
        sink->post(sink->payload, &post);
    }
}

static void generate_boards(const struct data_sink *sink, uint32_t *state)
{
    for (int64_t id = 1; id <= BOARD_COUNT; id++) {
        char name[256];
        const struct board board = {.id = id, .name = sentence(state, name, sizeof name, 2)};
        sink->board(sink->payload, &board);
    }
    for (int64_t id = 1; id <= TOPIC_COUNT; id++) {
        char title[256];
        struct topic topic = {.id = id, .board_id = id * 7919 % BOARD_COUNT + 1};
        topic.title = sentence(state, title, sizeof title, 4);
        topic.views = random_below(state, 100000);
        topic.created_at = 1700000000 + id;
        sink->topic(sink->payload, &topic);
    }
    for (int64_t id = 1; id <= MESSAGE_COUNT; id++) {
        char author[256], text[512];
        struct message message = {.id = id, .topic_id = id * 7919 % TOPIC_COUNT + 1};
        message.author = sentence(state, author, sizeof author, 2);
        message.text = sentence(state, text, sizeof text, 6 + random_below(state, 15));
        message.created_at = 1700000000 + id;
        sink->message(sink->payload, &message);
    }
}

void data_generate(const struct data_sink *sink)
{
    uint32_t state = 20240229;
    generate_users(sink, &state);
    generate_posts(sink, &state);
    generate_boards(sink, &state);
}
