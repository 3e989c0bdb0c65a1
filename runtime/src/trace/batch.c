/* A batch of events of a trace. */
#include "trace/batch.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS = 2 * AR_BATCH_EVENTS };

bool ar_batch_open(struct trace_batch *batch)
{
    *batch = (struct trace_batch){
        .events = calloc(AR_BATCH_EVENTS, sizeof *batch->events),
        .texts = calloc(TEXTS, sizeof *batch->texts),
    };
    return batch->events != NULL && batch->texts != NULL;
}

void ar_batch_close(struct trace_batch *batch)
{
    free(batch->events);
    free(batch->texts);
    ar_arena_free(&batch->memory);
    *batch = (struct trace_batch){.count = 0};
}

void ar_batch_clear(struct trace_batch *batch)
{
    memset(batch->texts, 0, TEXTS * sizeof *batch->texts);
    ar_arena_free(&batch->memory);
    batch->count = 0;
}

/* Return the batch's copy of a text; NULL if out of memory. */
static struct trace_text *copy_text(struct trace_batch *batch, const char *text)
{
    size_t size = strlen(text);
    uint64_t hash = ar_hash_bytes(text, size);
    size_t i = hash & (TEXTS - 1);

    while (batch->texts[i].text != NULL && (batch->texts[i].hash != hash || strcmp(batch->texts[i].text, text) != 0))
        i = (i + 1) & (TEXTS - 1);
    if (batch->texts[i].text == NULL)
        batch->texts[i] = (struct trace_text){hash, ar_arena_copy_text(&batch->memory, text, size), 0};
    return batch->texts[i].text != NULL ? &batch->texts[i] : NULL;
}

bool ar_batch_add(struct trace_batch *batch, const struct trace_event *event)
{
    struct trace_event *copy = &batch->events[batch->count];

    *copy = *event;
    if (event->sql != NULL)
        copy->text = copy_text(batch, event->sql);
    if (event->sql != NULL && copy->text == NULL)
        return false;
    batch->count++;
    return true;
}
