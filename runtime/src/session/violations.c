/* The broken rules of one record. */
#include "session/violations.h"

#include "base/arena_text.h"

#include <string.h>

enum ar_status ar_violations_add(struct ar_session *s, struct violations *violations, const struct ar_column *column,
                                 const char *rule, const char *message)
{
    struct ar_violation *grown = violations->items;
    const char *copy = ar_arena_copy_text(&violations->memory, message, strlen(message));

    if (violations->count == violations->capacity)
        grown = ar_arena_grow(&violations->memory, violations->items, violations->count, &violations->capacity,
                              violations->count + 1, sizeof *grown);
    if (copy == NULL || grown == NULL)
        return ar_fail_no_memory(&s->store.failure);
    if (violations->count == 0)
        violations->first = column;
    violations->items = grown;
    violations->items[violations->count++] =
        (struct ar_violation){.field = column != NULL ? column->field : NULL, .rule = rule, .message = copy};
    return AR_INVALID;
}

enum ar_status ar_violations_end(struct ar_session *s, const struct ar_model *model, struct violations *violations)
{
    struct failure *failure = &s->store.failure;

    if (violations->count == 0) {
        ar_arena_free(&violations->memory);
        return AR_OK;
    }
    ar_arena_free(&s->violations.memory);
    s->violations = *violations;
    (void)ar_fail(failure, AR_INVALID, model, violations->first, "%s", violations->items[0].message);
    failure->error.violations = s->violations.items;
    failure->error.violation_count = s->violations.count;
    return AR_INVALID;
}
