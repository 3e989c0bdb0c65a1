/* Hand-written, on PostgreSQL: W6, authors with their articles with their remarks, no index on the foreign keys. */
#include "checksum.h"
#include "hand_postgresql.h"
#include "side.h"

static void read_author(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct author *author = out;
    author->id = bigint_field(result, row, 0);
    author->name = text_field(hand, result, row, 1);
    author->hair_color = nullable_text_field(hand, result, row, 2);
}

static void read_article(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct article *article = out;
    article->id = bigint_field(result, row, 0);
    article->author_id = bigint_field(result, row, 1);
    article->title = text_field(hand, result, row, 2);
    article->body = nullable_text_field(hand, result, row, 3);
}

static void read_remark(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct remark *remark = out;
    remark->id = bigint_field(result, row, 0);
    remark->article_id = bigint_field(result, row, 1);
    remark->text = text_field(hand, result, row, 2);
}

static const struct kind authors = {sizeof(struct author), read_author},
                         articles = {sizeof(struct article), read_article},
                         remarks = {sizeof(struct remark), read_remark};

/* All rows of three tables are needed, so the statements do not need keys and take one round trip. */
static void *diesel_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "authors", "SELECT id, name, hair_color FROM authors", 0);
    hand_postgresql_prepare(hand, "articles", "SELECT id, author_id, title, body FROM articles", 0);
    hand_postgresql_prepare(hand, "remarks", "SELECT id, article_id, text FROM remarks", 0);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void read_diesel_level(struct hand_postgresql *hand, size_t level)
{
    PGresult *result = hand_postgresql_receive(hand, PGRES_TUPLES_OK);
    struct rows *levels = hand->levels;
    if (level == 0)
        hand_postgresql_read(hand, &authors, &levels[0], result);
    else if (level == 1)
        hand_postgresql_read_children(hand, &authors, &levels[0], &articles, &levels[1], result);
    else
        hand_postgresql_read_children(hand, &articles, &levels[1], &remarks, &levels[2], result);
}

static void diesel_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send(hand, "authors", NULL, 0);
    hand_postgresql_send(hand, "articles", NULL, 0);
    hand_postgresql_send(hand, "remarks", NULL, 0);
    hand_postgresql_send_commit(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    for (size_t level = 0; level <= 2; level++)
        read_diesel_level(hand, level);
    hand_postgresql_finish_commit(hand);
}

static uint64_t sum_diesel(void *state)
{
    const struct hand_postgresql *hand = state;
    const struct author *first = hand->levels[0].items;
    const struct article *second = hand->levels[1].items;
    const struct remark *third = hand->levels[2].items;
    const size_t *article_start = hand->levels[1].start, *remark_start = hand->levels[2].start;
    uint64_t sum = 0;
    for (size_t i = 0; i < hand->levels[0].count; i++) {
        sum = checksum_author(sum, &first[i]);
        for (size_t j = article_start[i]; j < article_start[i + 1]; j++) {
            sum = checksum_article(sum, &second[j]);
            for (size_t k = remark_start[j]; k < remark_start[j + 1]; k++)
                sum = checksum_remark(sum, &third[k]);
        }
    }
    return sum;
}

const struct side postgresql_diesel = {"whole tables", diesel_open, hand_postgresql_close,
                                       NULL,           diesel_load, sum_diesel};

/* As in Diesel's benchmark: load children by the keys of their parents. */
static void *diesel_by_keys_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "authors", "SELECT id, name, hair_color FROM authors", 0);
    hand_postgresql_prepare(hand, "articles",
                            "SELECT id, author_id, title, body FROM articles WHERE author_id = ANY($1)", BIGINT_ARRAY);
    hand_postgresql_prepare(hand, "remarks", "SELECT id, article_id, text FROM remarks WHERE article_id = ANY($1)",
                            BIGINT_ARRAY);
    hand_postgresql_pipeline(hand);
    return hand;
}

static void diesel_by_keys_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand_postgresql_reset(hand);
    hand_postgresql_send(hand, "begin", NULL, 0);
    hand_postgresql_send(hand, "authors", NULL, 0);
    hand_postgresql_sync(hand);
    hand_postgresql_finish(hand, PGRES_COMMAND_OK);
    read_diesel_level(hand, 0);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    int size = hand_postgresql_put_keys(hand, &authors, &hand->levels[0]);
    hand_postgresql_send(hand, "articles", hand->parameter, size);
    hand_postgresql_sync(hand);
    read_diesel_level(hand, 1);
    hand_postgresql_finish(hand, PGRES_PIPELINE_SYNC);

    size = hand_postgresql_put_keys(hand, &articles, &hand->levels[1]);
    hand_postgresql_send(hand, "remarks", hand->parameter, size);
    hand_postgresql_send_commit(hand);
    read_diesel_level(hand, 2);
    hand_postgresql_finish_commit(hand);
}

const struct side postgresql_diesel_by_keys = {"by keys", diesel_by_keys_open, hand_postgresql_close,
                                               NULL,      diesel_by_keys_load, sum_diesel};
