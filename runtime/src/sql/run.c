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

enum ar_status ar_sql_run(struct link *link, struct sql *sql, struct statement statement, struct outcome *outcome)
{
    enum ar_status status = ar_sql_finish(sql, &statement);

    return status == AR_OK ? ar_run(link, &statement, outcome) : status;
}
