/* The condition that limits a statement to the rows of the session's tenant. */
#include "sql/shard.h"

const char *ar_sql_add_shard(struct sql *sql, const char *intro, const struct ar_model *model)
{
    const struct ar_column *column = model->shard_key;

    if (sql->limit == NULL || !ar_shard_limits(sql->limit, model))
        return intro;
    if (!sql->limit->is_scoped) {
        sql->fans_out = true;
        return intro;
    }
    if (!ar_shard_fits(sql->limit, column)) {
        sql->status = ar_shard_refuse_type(sql->limit, column, sql->failure);
        return intro;
    }
    ar_sql_add(sql, intro, NULL);
    ar_sql_add_column(sql, column);
    ar_sql_add_operator_of(sql, column, "=");
    ar_sql_add_value(sql, column, sql->limit->value);
    return " AND ";
}
