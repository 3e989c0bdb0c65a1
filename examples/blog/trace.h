/* Prints the SQL statements that a step of the example costs. */
#ifndef TRACE_H
#define TRACE_H

#include <armature/db.h>

/* How many statements ran since the step began, those that begin and end transactions aside. */
struct trace {
    size_t statements;
};

/* For ar_db_observe, with a struct trace as its payload: prints the statement and counts it. */
void trace_statement(const struct ar_event *event, void *payload);

/* Prints the title of a step, and at its end what it cost. */
void trace_begin(struct trace *trace, const char *title);
void trace_end(const struct trace *trace);

#endif
