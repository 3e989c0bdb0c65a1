/* Steps of the story with keys of dates and times of day. */
#include "story.h"

#include "calendar.ar.h"
#include "fault.h"

enum { DAYS = 3, HOURS = 2 };

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

static enum ar_status create_calendar(struct story *story)
{
    return ar_create_tables(story->s, &holiday_model, &opening_model);
}

static struct ar_date day_of(size_t number)
{
    return (struct ar_date){2024, 12, (uint8_t)(number + 24)};
}

static enum ar_status insert_calendar(struct story *story)
{
    struct holiday holidays[DAYS];
    struct opening openings[DAYS * HOURS];

    for (size_t i = 0; i < DAYS; i++)
        holidays[i] = (struct holiday){.day = day_of(i), .made_at = (time_t)i + 1, .name = "day"};
    for (size_t i = 0; i < DAYS * HOURS; i++)
        openings[i] = (struct opening){
            .day = day_of(i / HOURS), .opens = {(uint8_t)(8 + i % HOURS), 30, 0, 0}, .seen = {(time_t)i, 125000000}};
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = holiday_insert_many(story->s, holidays, DAYS);
    if (status == AR_OK)
        status = opening_insert_many(story->s, openings, DAYS * HOURS);
    return story_end_transaction(story, status);
}

static enum ar_status load_openings(struct story *story)
{
    const struct ar_date days[] = {day_of(0), day_of(2)};
    struct holiday_list holidays;
    struct opening_list openings;
    ar_session_clear(story->s);
    struct holiday_query *q = holiday_query(story->s);
    holiday_where(q, ar_in(holiday_column.day, days, 2));
    holiday_order_by(q, ar_desc(holiday_column.day));
    holiday_with_openings(q);
    enum ar_status status = holiday_all(q, &holidays);
    RETURN_IF_FAILED(status);
    assert_int_equal(holidays.count, 2);
    status = holiday_openings(story->s, holidays.items[0], &openings);
    RETURN_IF_FAILED(status);
    assert_int_equal(openings.count, HOURS);
    assert_int_equal(openings.items[1]->opens.hour, 9);
    assert_int_equal(openings.items[1]->seen.tv_nsec, 125000000);
    return AR_OK;
}

static enum ar_status find_holidays(struct story *story)
{
    struct opening_list openings;
    struct holiday *holiday;
    ar_session_clear(story->s);
    enum ar_status status = opening_all(opening_query(story->s), &openings);
    RETURN_IF_FAILED(status);
    status = opening_holiday(story->s, openings.items[3], &holiday);
    RETURN_IF_FAILED(status);
    assert_int_equal(holiday->day.day, 25);
    return AR_OK;
}

static enum ar_status latest_opening(struct story *story)
{
    struct ar_value day, seen;
    enum ar_status status = opening_max(opening_query(story->s), opening_column.day, &day);
    RETURN_IF_FAILED(status);
    assert_int_equal(day.date.day, 26);
    status = opening_max(opening_query(story->s), opening_column.seen, &seen);
    RETURN_IF_FAILED(status);
    assert_int_equal(seen.time.seconds, DAYS * HOURS - 1);
    return AR_OK;
}

/* The second holiday by its time, with another name. */
static enum ar_status upsert_holiday(struct story *story)
{
    struct holiday second = {.day = day_of(1), .made_at = 2, .name = "second"}, *found;
    const struct ar_upsert by = {.by = holiday_column.made_at.column};
    enum ar_status status = holiday_upsert_many(story->s, &second, 1, &by, NULL, NULL);
    RETURN_IF_FAILED(status);
    status = holiday_find(story->s, day_of(1), &found);
    RETURN_IF_FAILED(status);
    assert_string_equal(found->name, "second");
    return AR_OK;
}

const struct step story_calendar_steps[] = {
    {"create a calendar", create_calendar}, {"insert a calendar", insert_calendar},
    {"load openings", load_openings},       {"find holidays", find_holidays},
    {"latest opening", latest_opening},     {"upsert a holiday", upsert_holiday},
};
const size_t story_calendar_step_count = sizeof story_calendar_steps / sizeof story_calendar_steps[0];
