/* Print the SQL statements that a step of the example runs. Long statements are broken at spaces. */
#include "trace.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_COLUMNS = 92 };

static const char *reason_name(enum ar_reason reason)
{
    switch (reason) {
    case AR_REASON_QUERY:
        return "query";
    case AR_REASON_LAZY:
        return "lazy";
    case AR_REASON_EAGER:
        return "eager";
    case AR_REASON_EXPLICIT:
        return "explicit";
    case AR_REASON_SAVE:
        return "save";
    case AR_REASON_SCHEMA:
        return "schema";
    case AR_REASON_TRANSACTION:
        return "begin/end";
    }
    return "";
}

/* Return the length of the first line of the text: up to a line break, or to the last space that fits. */
static size_t line_length(const char *text)
{
    size_t length = strcspn(text, "\n");
    if (length <= TEXT_COLUMNS)
        return length;
    for (length = TEXT_COLUMNS; length > 0; length--)
        if (text[length] == ' ')
            return length;
    return TEXT_COLUMNS;
}

void trace_statement(const struct ar_event *event, void *payload)
{
    struct trace *trace = payload;
    const char *label = reason_name(event->reason);
    const char *text = event->sql;

    if (event->reason != AR_REASON_TRANSACTION)
        trace->statements++;
    while (!trace->is_silent && *text != '\0') {
        size_t length = line_length(text);
        printf("  %-9s | %.*s\n", label, (int)length, text);
        label = "";
        text += length;
        text += *text != '\0';
    }
}

void trace_begin(struct trace *trace, const char *title)
{
    trace->statements = 0;
    printf("\n%s\n", title);
}

void trace_end(const struct trace *trace)
{
    printf("  = %zu statement%s\n", trace->statements, trace->statements == 1 ? "" : "s");
}
