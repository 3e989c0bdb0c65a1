/* Aggregates of relations: for one record, lazily, and for many at once. */
#include "read/access.h"
#include "read/load.h"
#include "read/measure.h"
#include "session/use.h"

static enum ar_status access_aggregate(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                       struct ar_measure measure, struct ar_value *out)
{
    struct relation_cache *whole = ar_cache(&s->store, relation);
    struct access access = {.s = s, .relation = relation, .whole = whole};
    struct content content = {.value = ar_measure_of_nothing(measure)};
    enum ar_status status = ar_measure_check_relation(relation, measure, &s->store.failure);

    if (status == AR_OK && whole != NULL)
        access.cache = ar_cache_tally(&s->store, whole, measure);
    status = status == AR_OK ? ar_access(&access, record, &content) : ar_session_done(s, status);
    *out = status == AR_OK ? content.value : ar_measure_of_nothing(measure);
    return status;
}

enum ar_status ar_relation_aggregate(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                     struct ar_measure measure, struct ar_value *out)
{
    AR_USE(s, (*out = ar_measure_of_nothing(measure), AR_MISUSE));
    return access_aggregate(s, relation, record, measure, out);
}

enum ar_status ar_relation_count(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                 int64_t *out)
{
    AR_USE(s, (*out = 0, AR_MISUSE));
    struct ar_value value;
    enum ar_status status = access_aggregate(s, relation, record, ar_count(), &value);

    *out = value.integer;
    return status;
}

enum ar_status ar_relation_exists(struct ar_session *s, const struct ar_relation *relation, const void *record,
                                  bool *out)
{
    AR_USE(s, (*out = false, AR_MISUSE));
    struct ar_value value;
    enum ar_status status = access_aggregate(s, relation, record, ar_exists(), &value);

    *out = value.integer != 0;
    return status;
}

enum ar_status ar_relation_load_aggregate(struct ar_session *s, const struct ar_relation *relation,
                                          const void *const *records, size_t count, struct ar_measure measure)
{
    AR_USE(s, AR_MISUSE);
    const struct load load = {.store = &s->store,
                              .link = &s->link,
                              .relation = relation,
                              .measure = &measure,
                              .reason = AR_REASON_EXPLICIT,
                              .owners = records,
                              .owner_count = count};
    enum ar_status status = ar_measure_check_relation(relation, measure, &s->store.failure);

    return ar_session_done(s, status == AR_OK ? ar_load(&load) : status);
}
