/* Calls of hooks, and ar_refuse. */
#include "session/hook.h"

#include "base/text_buffer.h"
#include "session/session.h"
#include "session/use.h"
#include "session/violations.h"

#include <armature/hook.h>

#include <stdarg.h>
#include <stdio.h>

/* ---- One call ---------------------------------------------------------------------------------------------------- */

/* What a hook must not touch. */
struct kept {
    struct arena scratch;
    struct running_hook running;
};

static void enter(struct ar_session *s, const struct ar_model *model, const struct ar_hook *hook,
                  struct violations *violations, struct kept *kept)
{
    *kept = (struct kept){
        .scratch = s->store.scratch,
        .running = {.model = model,
                    .hook = hook,
                    .violations = violations,
                    .outer = s->hook,
                    .depth = s->hook != NULL ? s->hook->depth + 1 : 1,
                    .floor = s->link.transaction.depth},
    };
    s->store.scratch = (struct arena){.block = NULL};
    s->hook = &kept->running;
}

/* Roll back the transactions that the hook left open. Return true if there were any. */
static bool leave(struct ar_session *s, struct kept *kept)
{
    bool left_open = s->link.transaction.depth > kept->running.floor;

    while (s->link.transaction.depth > kept->running.floor)
        if (ar_rollback(s) == AR_MISUSE)
            break;
    ar_arena_free(&s->store.scratch);
    s->store.scratch = kept->scratch;
    s->hook = kept->running.outer;
    return left_open;
}

/* Call a hook of a write. A failure is described, by the hook or here. */
static enum ar_status call(struct ar_session *s, const struct ar_model *model, const struct ar_hook *hook, void *record,
                           struct violations *violations)
{
    struct failure *failure = &s->store.failure;
    enum ar_status before = failure->error.status, status;
    struct kept kept;

    failure->error.status = AR_OK; /* to see if the hook leaves a failure */
    enter(s, model, hook, violations, &kept);
    status = hook->call(s, record);
    if (leave(s, &kept))
        return ar_fail(failure, AR_MISUSE, model, NULL,
                       "the hook %s of %s left a transaction open: it must end every transaction that it begins",
                       hook->name, model->name);
    if (status != AR_OK && failure->error.status != status)
        return ar_fail(failure, status, model, NULL, "the hook %s of %s returned %s", hook->name, model->name,
                       ar_status_name(status));
    if (status == AR_OK && failure->error.status == AR_OK)
        failure->error.status = before;
    return status;
}

/* ---- All hooks of an event --------------------------------------------------------------------------------------- */

enum ar_status ar_hooks_call(struct ar_session *s, const struct ar_model *model, enum ar_hook_event event, void *record)
{
    enum ar_status status = AR_OK;

    if (!ar_hooks_any(model, ar_hook_bit(event)))
        return AR_OK;
    for (size_t i = 0; i < model->hook_count && status == AR_OK; i++)
        if (model->hooks[i].event == event)
            status = call(s, model, &model->hooks[i], record, NULL);
    return status;
}

static enum ar_status validate(struct ar_session *s, const struct ar_model *model, const struct ar_hook *hook,
                               const void *record, struct violations *violations)
{
    size_t before = violations->count;
    enum ar_status status = call(s, model, hook, (void *)(uintptr_t)record, violations);

    if (status != AR_INVALID)
        return status;
    if (violations->count == before)
        status = ar_violations_add(s, violations, NULL, hook->name, s->store.failure.message);
    return status == AR_INVALID ? AR_OK : status;
}

enum ar_status ar_hooks_validate(struct ar_session *s, const struct ar_model *model, const void *record,
                                 struct violations *violations)
{
    enum ar_status status = AR_OK;

    if (!ar_hooks_any(model, ar_hook_bit(AR_HOOK_VALIDATE)))
        return AR_OK;
    for (size_t i = 0; i < model->hook_count && status == AR_OK; i++)
        if (model->hooks[i].event == AR_HOOK_VALIDATE)
            status = validate(s, model, &model->hooks[i], record, violations);
    return status;
}

void ar_hooks_end(struct ar_session *s, const struct ar_model *model, enum ar_hook_event event, const void *record,
                  enum ar_change change)
{
    struct failure before;
    struct kept kept;

    if (!ar_hooks_any(model, ar_hook_bit(event)))
        return;
    before = s->store.failure;
    for (size_t i = 0; i < model->hook_count; i++) {
        if (model->hooks[i].event != event)
            continue;
        enter(s, model, &model->hooks[i], NULL, &kept);
        model->hooks[i].end(s, record, change);
        (void)leave(s, &kept);
    }
    ar_failure_restore(&s->store.failure, &before);
}

enum ar_status ar_hooks_check_depth(struct ar_session *s, const struct ar_model *model)
{
    if (s->hook == NULL || s->hook->depth < AR_HOOKS_MAX)
        return AR_OK;
    return ar_fail(
        &s->store.failure, AR_MISUSE, model, NULL,
        "%d hooks run inside each other, the maximum: the hook %s of %s writes a %s, which calls hooks again",
        AR_HOOKS_MAX, s->hook->hook->name, s->hook->model->name, model->name);
}

/* ---- ar_refuse --------------------------------------------------------------------------------------------------- */

/* Write the message "post.title must not be empty". */
static void describe(const struct ar_model *model, const struct ar_column *column, const char *format,
                     va_list arguments, char *out, size_t size)
{
    struct text_buffer text = {out, size, 0};

    ar_text_buffer_add(&text, "%s%s%s ", model->name, column != NULL ? "." : "", column != NULL ? column->field : "");
    ar_text_buffer_add_list(&text, format, arguments);
}

enum ar_status ar_refuse(struct ar_session *s, const struct ar_column *column, const char *format, ...)
{
    AR_USE(s, AR_MISUSE);
    const struct running_hook *running = s->hook;
    struct violations own = {.items = NULL};
    char message[sizeof s->store.failure.message];
    va_list arguments;
    enum ar_status status;

    if (running == NULL)
        return ar_fail(&s->store.failure, AR_MISUSE, NULL, NULL, "ar_refuse: no hook is running");
    va_start(arguments, format);
    describe(running->model, column, format, arguments, message, sizeof message);
    va_end(arguments);
    /* Record it as a failure in any case: this escapes the message. */
    (void)ar_fail(&s->store.failure, AR_INVALID, running->model, column, "%s", message);
    if (running->violations != NULL)
        return ar_violations_add(s, running->violations, column, running->hook->name, s->store.failure.message);
    status = ar_violations_add(s, &own, column, running->hook->name, s->store.failure.message);
    if (status == AR_INVALID)
        return ar_violations_end(s, running->model, &own);
    ar_arena_free(&own.memory);
    return status;
}
