/* Steps of the story with JSON, an enum type, and a type that is read as text. */
#include "places.ar.h"
#include "story.h"

#include <stdio.h>

enum { PLACES = 4 };

static enum ar_status create_places(struct story *story)
{
    return ar_create_tables(story->s, &place_model);
}

static enum ar_status insert_places(struct story *story)
{
    struct place places[PLACES];
    char details[PLACES][32];
    for (int i = 0; i < PLACES; i++) {
        snprintf(details[i], sizeof details[i], "{\"n\": [%d.5], \"s\": \"%d\"}", i, i);
        places[i] = (struct place){.address = (const char *[]){"10.0.0.1", "10.0.0.2", "::1", "::2"}[i],
                                   .kind = i % 2 == 0 ? PLACE_HOUSE : PLACE_PARK,
                                   .details = details[i]};
    }
    return place_insert_many(story->s, places, PLACES);
}

static enum ar_status insert_wrong_place(struct story *story)
{
    struct place place = {.address = "10.0.0.9", .details = "{\"n\""};
    enum ar_status status = place_insert(story->s, &place);
    assert_int_not_equal(status, AR_OK);
    return status == AR_INVALID ? AR_OK : status;
}

/* Another step would find the row if a failed one had written it. */
static enum ar_status upsert_place(struct story *story)
{
    struct place place = {.address = "10.0.0.2", .kind = PLACE_PARK, .details = "{\"n\": [7], \"s\": \"1\"}"};
    const struct ar_upsert by_address = {.by = place_column.address.column};
    return place_upsert(story->s, &place, &by_address, NULL);
}

static enum ar_status find_places(struct story *story)
{
    const char *const wanted[] = {"1", "2"};
    struct place_query *q = place_query(story->s);
    struct place_list places;
    enum ar_status status;
    place_where(q, ar_or(ar_eq(ar_json_number(place_column.details, "n[0]"), 2.5),
                         ar_in(ar_json_text(place_column.details, "s"), wanted, 2)));
    place_where(q, ar_eq(place_column.kind, "a house"));
    status = place_all(q, &places);
    if (status != AR_OK)
        return status;
    assert_int_equal(places.count, 1);
    assert_text(places.items[0]->address, "::1");
    return AR_OK;
}

const struct step story_place_steps[] = {
    {"create places", create_places}, {"insert places", insert_places}, {"insert a wrong place", insert_wrong_place},
    {"upsert a place", upsert_place}, {"find places", find_places},
};
const size_t story_place_step_count = sizeof story_place_steps / sizeof story_place_steps[0];
