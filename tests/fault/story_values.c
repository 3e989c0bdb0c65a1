/* Steps of the story with arrays, decimals and JSON, and with keys that the library and the database make. */
#include "story.h"

#include "fault.h"

#include <string.h>

enum { PARCELS = 3 };

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

static const char *const labels[] = {"fragile", "this \"side\" up"};
static const int64_t weights[PARCELS + 2] = {-1, 0, INT64_MAX};

static struct parcel parcel_of(size_t number)
{
    struct parcel parcel = {.labels = {labels, 2},
                            .weights = {weights, number},
                            .price = 250 * (int64_t)(number + 1),
                            .address = "{\"city\": \"Oslo\"}"};
    parcel.hash[0] = (uint8_t)(number + 1);
    return parcel;
}

static enum ar_status create_tables(struct story *story)
{
    return ar_create_tables(story->s, &parcel_model, &scan_model);
}

/* All rows or none; a failure leaves the structs as they are. */
static enum ar_status insert_parcels(struct story *story)
{
    struct parcel parcels[PARCELS], one = parcel_of(PARCELS);
    const struct parcel before = one;
    for (size_t i = 0; i < PARCELS; i++)
        parcels[i] = parcel_of(i);
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = parcel_insert_many(story->s, parcels, PARCELS);
    if (status == AR_OK)
        status = parcel_save(story->s, &one);
    if (status != AR_OK)
        assert_memory_equal(one.id, before.id, sizeof one.id);
    for (size_t i = 0; i < PARCELS && status == AR_OK; i++) {
        struct scan scan = {.place = "hub"};
        memcpy(scan.parcel_id, parcels[i].id, sizeof scan.parcel_id);
        status = scan_insert(story->s, &scan);
    }
    return story_end_transaction(story, status);
}

static enum ar_status read_parcels(struct story *story)
{
    struct parcel_list parcels;
    struct scan_list scans;
    ar_session_clear(story->s);
    struct parcel_query *q = parcel_query(story->s);
    parcel_where(q, ar_and(ar_contains(parcel_column.labels, "fragile"), ar_contains(parcel_column.weights, -1)));
    parcel_where(q, ar_ne(parcel_column.labels, ((struct ar_texts){labels, 1})));
    parcel_where(q,
                 ar_and(ar_gt(parcel_column.price, 499), ar_eq(ar_json_text(parcel_column.address, "city"), "Oslo")));
    parcel_order_by(q, ar_asc(parcel_column.hash));
    parcel_with_scans(q);
    enum ar_status status = parcel_all(q, &parcels);
    RETURN_IF_FAILED(status);
    assert_int_equal(parcels.count, PARCELS);
    assert_string_equal(parcels.items[0]->labels.items[1], labels[1]);
    assert_true(parcels.items[2]->weights.items[2] == INT64_MAX);
    assert_int_equal(parcels.items[2]->price, 1000);
    status = parcel_scans(story->s, parcels.items[0], &scans);
    RETURN_IF_FAILED(status);
    assert_int_equal(scans.count, 1);
    return AR_OK;
}

static enum ar_status change_parcel(struct story *story)
{
    struct parcel *parcel;
    struct parcel_query *q = parcel_query(story->s);
    parcel_order_by(q, ar_desc(parcel_column.hash));
    enum ar_status status = parcel_first(q, &parcel);
    RETURN_IF_FAILED(status);
    parcel->labels.items = labels + 1;
    parcel->labels.count = 1;
    return parcel_save(story->s, parcel);
}

static enum ar_status upsert_parcels(struct story *story)
{
    struct parcel both[2] = {parcel_of(0), parcel_of(PARCELS)};
    const struct ar_column *weights_only[] = {parcel_column.weights.column, NULL};
    const struct ar_upsert how = {.by = parcel_column.hash.column, .update = weights_only};
    struct ar_upsert_totals totals;
    enum ar_status status = parcel_upsert_many(story->s, both, 2, &how, NULL, &totals);
    RETURN_IF_FAILED(status);
    assert_int_equal(totals.updated, 2);
    assert_string_equal(both[1].labels.items[0], labels[1]);
    return AR_OK;
}

static enum ar_status save_parcel_graph(struct story *story)
{
    struct parcel parcels[2] = {parcel_of(PARCELS + 1), parcel_of(PARCELS + 2)};
    struct scan scans[2] = {{.place = "a"}, {.place = "b"}};
    struct ar_graph graph = {.session = story->s};
    for (size_t i = 0; i < 2; i++)
        scan_set_parcel(&graph, &scans[i], &parcels[i]);
    return ar_graph_save(&graph);
}

const struct step story_value_steps[] = {
    {"create tables", create_tables},   {"insert parcels", insert_parcels},
    {"read parcels", read_parcels},     {"change a parcel", change_parcel},
    {"upsert parcels", upsert_parcels}, {"save a graph of parcels", save_parcel_graph},
};
const size_t story_value_step_count = sizeof story_value_steps / sizeof story_value_steps[0];
