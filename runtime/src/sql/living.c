/* Rows that are deleted by a time, and those that are not. */
#include "sql/living.h"

#include "base/clock.h"

const char *ar_sql_add_living(struct sql *sql, const char *intro, const struct ar_model *model, const char *table)
{
    if (model->deleted_at == NULL)
        return intro;
    ar_sql_add(sql, intro, NULL);
    if (table != NULL)
        ar_sql_add_column_of(sql, table, model->deleted_at);
    else
        ar_sql_add_column(sql, model->deleted_at);
    ar_sql_add(sql, " IS NULL", NULL);
    return " AND ";
}

void ar_sql_add_delete(struct sql *sql, const struct ar_model *model)
{
    const struct timespec now = ar_wall_clock();
    const char *intro = " SET ";

    if (model->deleted_at == NULL) {
        ar_sql_add(sql, "DELETE FROM ", ar_sql_table(sql, model), NULL);
        return;
    }
    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, model), NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if ((column->flags & (AR_COLUMN_DELETED_AT | AR_COLUMN_UPDATED_AT | AR_COLUMN_VERSION)) == 0)
            continue;
        ar_sql_add(sql, intro, column->sql, " = ", NULL);
        intro = ", ";
        if ((column->flags & AR_COLUMN_VERSION) != 0)
            ar_sql_add_next_version(sql, column);
        else
            ar_sql_add_value(sql, column, ar_field_of_time(column, now));
    }
}
