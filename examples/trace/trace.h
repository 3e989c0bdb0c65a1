/* Print the SQL statements that a step of the example runs. */
#ifndef TRACE_H
#define TRACE_H

#include <armature/db.h>

#include <stdbool.h>

/* The number of statements since the step began, without those that begin and end transactions. */
struct trace {
    size_t statements;
    bool is_silent; /* count the statements, but do not print them */
};

/* Print and count a statement. The payload is a struct trace; the function is passed to ar_db_observe. */
void trace_statement(const struct ar_event *event, void *payload);

/* Print the title of a step. */
void trace_begin(struct trace *trace, const char *title);

/* Print the number of statements of the step. */
void trace_end(const struct trace *trace);

#endif
