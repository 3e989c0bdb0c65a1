/* Hand-written, on PostgreSQL: the lists of a hundred models, each by a prepared statement. */
#include "many.h"
#include "data_shapes.h"
#include "hand_postgresql.h"
#include "side.h"

#include <stdio.h>

static void read_hub(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct hub *hub = out;
    hub->id = bigint_field(result, row, 0);
    hub->name = text_field(hand, result, row, 1);
}

/* All kinds have the layout of the first one. */
static void read_kind(struct hand_postgresql *hand, const PGresult *result, int row, void *out)
{
    struct kind_00 *each = out;
    each->id = bigint_field(result, row, 0);
    each->hub_id = bigint_field(result, row, 1);
    each->name = text_field(hand, result, row, 2);
}

static const struct kind hubs = {sizeof(struct hub), read_hub}, kinds = {sizeof(struct kind_00), read_kind};

static const char *name_of(unsigned kind, char name[16])
{
    (void)snprintf(name, 16, "kinds_%02u", kind);
    return name;
}

static void *many_open(const char *url, size_t size)
{
    struct hand_postgresql *hand = hand_postgresql_open(url, size);
    hand_postgresql_prepare(hand, "hub", "SELECT id, name FROM hubs WHERE id = $1", BIGINT);
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        char sql[128], name[16];
        (void)snprintf(sql, sizeof sql, "SELECT id, hub_id, name FROM kinds_%02u WHERE hub_id = $1 ORDER BY id", i);
        hand_postgresql_prepare(hand, name_of(i, name), sql, BIGINT);
    }
    return hand;
}

static void many_load(void *state)
{
    struct hand_postgresql *hand = state;
    hand->sum = 0;
    for (int64_t id = 1; id <= HUB_COUNT; id++) {
        hand_postgresql_reset(hand);
        hand_postgresql_send_key(hand, "hub", id);
        hand_postgresql_read(hand, &hubs, &hand->levels[0], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
        for (unsigned i = 0; i < KIND_COUNT; i++) {
            char name[16];
            hand_postgresql_send_key(hand, name_of(i, name), key_at(&hand->levels[0], 0, sizeof(struct hub)));
            hand_postgresql_read(hand, &kinds, &hand->levels[1], hand_postgresql_receive(hand, PGRES_TUPLES_OK));
        }
        for (size_t i = 0; i < hand->levels[1].count; i++)
            hand->sum += (uint64_t)key_at(&hand->levels[1], i, sizeof(struct kind_00));
    }
}

static uint64_t sum_many(void *state)
{
    return ((const struct hand_postgresql *)state)->sum;
}

const struct side postgresql_many = {"all prepared", many_open, hand_postgresql_close, NULL, many_load, sum_many};
