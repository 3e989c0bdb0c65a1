/* Statements that are built on a link and run on it. */
#include "sql/run.h"

#include "link/run.h"

struct sql ar_sql_start(const struct link *link)
{
    const struct driver *driver = link->db->driver;
    struct sql sql = ar_sql_begin(driver, link->scratch, link->failure);

    if (link->connection != NULL && driver->engine != NULL)
        sql.engine = driver->engine(link->connection);
    sql.limit = &link->options.shard;
    return sql;
}

struct sql ar_sql_start_with(const struct link *link, const struct ar_sql *text)
{
    struct sql sql = ar_sql_start(link);

    ar_sql_use_constant(&sql, text);
    return sql;
}

enum ar_status ar_sql_set_key(const struct link *link, const char *sql, struct key_columns columns,
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

enum ar_status ar_sql_run(struct link *link, struct sql *sql, struct statement statement, struct outcome *outcome)
{
    enum ar_status status = ar_sql_finish(sql, &statement);

    return status == AR_OK ? ar_run(link, &statement, outcome) : status;
}
