/* Eager loading by name: ar_query_with(q, "posts.comments"). */
#include "read/path.h"

#include "read/query.h"
#include "session/session.h"
#include "session/use.h"

#include <string.h>

static const struct ar_relation *find_relation(const struct ar_model *model, const char *name, size_t size)
{
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct ar_relation *relation = model->relations[i];
        if (strlen(relation->name) == size && memcmp(relation->name, name, size) == 0)
            return relation;
    }
    return NULL;
}

enum ar_status ar_path_check(const struct ar_model *model, unsigned level, const char *path, struct failure *failure)
{
    const char *segment = path;

    for (;; level++) {
        size_t size = strcspn(segment, ".");
        const struct ar_relation *relation = find_relation(model, segment, size);
        if (size == 0)
            return ar_fail(failure, AR_MISUSE, model, NULL,
                           "path \"%s\" has an empty segment: expected the name of a relation of %s", path,
                           model->name);
        if (relation == NULL)
            return ar_fail(failure, AR_MISUSE, model, NULL, "path \"%s\": \"%.*s\" is not a relation of %s", path,
                           (int)size, segment, model->name);
        if (level == AR_LEVELS_MAX)
            return ar_fail(failure, AR_MISUSE, model, NULL, "path \"%.60s…\" has more than %d levels", path,
                           AR_LEVELS_MAX);
        if (segment[size] == '\0')
            return AR_OK;
        model = relation->target;
        segment += size + 1;
    }
}

enum ar_status ar_query_with(void *query, const char *path)
{
    AR_USE(((struct ar_query *)query)->s, AR_MISUSE);
    struct ar_query *q = query;
    const char *segment = path;
    enum ar_status status;

    if (ar_query_is_stub(q))
        return ar_query_check(q);
    status = ar_path_check(q->model, q->level, path, &q->store->failure);
    if (status != AR_OK)
        return status;
    for (;;) {
        size_t size = strcspn(segment, ".");
        q = ar_query_with_relation(q, find_relation(q->model, segment, size));
        if (q->status != AR_OK)
            return ar_query_check(q);
        if (segment[size] == '\0')
            return AR_OK;
        segment += size + 1;
    }
}
