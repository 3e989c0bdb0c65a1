/* Statements that are built on a link, in its scratch memory, and run on it. */
#ifndef AR_SQL_RUN_H
#define AR_SQL_RUN_H

#include "link/link.h"
#include "sql/builder.h"

/* Begin a statement: empty, or with SQL of the generated code. */
struct sql ar_sql_start(const struct link *link);
struct sql ar_sql_start_with(const struct link *link, const struct ar_sql *text);

/* Let a statement have this SQL, a constant with a placeholder for each column of a key, and bind the key. */
static inline enum ar_status ar_sql_set_key(const struct link *link, const char *sql, struct key_columns columns,
                                            const struct ar_value *key, struct statement *statement)
{
    struct parameter *parameters = ar_arena_allocate(link->scratch, columns.count * sizeof *parameters);

    if (parameters == NULL)
        return ar_fail_no_memory(link->failure);
    for (size_t i = 0; i < columns.count; i++)
        parameters[i] = (struct parameter){.value = key[i], .column = &columns.model->columns[columns.columns[i]]};
    statement->sql = sql;
    statement->is_constant = true;
    statement->parameters = parameters;
    statement->parameter_count = columns.count;
    return AR_OK;
}

/* Finish the statement and run it. `statement` has the callback for the rows and the reason; `outcome` may be NULL. */
enum ar_status ar_sql_run(struct link *link, struct sql *sql, struct statement statement, struct outcome *outcome);

#endif
