/* How PostgreSQL compares keys: by their bytes if they are text or varchar with a deterministic collation, as most are.
 * The catalog is queried once per relation and connection. */
#include "driver/postgresql/rules.h"

#include "model/field.h"
#include "model/key.h"
#include "model/row.h"

/* Count the columns that are compared by their bytes. $1: the table, then the columns. */
static const char query[] = "SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute AS a"
                            " JOIN pg_catalog.pg_collation AS c ON c.oid OPERATOR(pg_catalog.=) a.attcollation"
                            " WHERE a.attrelid OPERATOR(pg_catalog.=) ($1)[1]::pg_catalog.regclass"
                            " AND a.attname OPERATOR(pg_catalog.=) ANY (($1)[2:])"
                            " AND a.atttypid OPERATOR(pg_catalog.=) ANY ('{25,1043}') AND c.collisdeterministic";

static const char by_rules, by_bytes; /* the values in the connection's map */

static enum ar_status take_count(void *payload, const struct row *row)
{
    struct ar_value value;

    if (row->methods->value(row, 0, &value) && value.kind == AR_VALUE_INTEGER)
        *(int64_t *)payload = value.integer;
    return AR_OK;
}

static enum ar_status query_rules(struct connection *connection, struct key_columns columns, bool *out,
                                  struct failure *failure)
{
    static const struct ar_column name = {.type = AR_TYPE_TEXT}, *const columns_of_set = &name;
    struct ar_value names[AR_KEY_COLUMNS_MAX + 1] = {ar_value_text(ar_model_qualified(columns.model))};
    struct key_set set = {.count = 1, .column_count = 1, .values = names, .columns = &columns_of_set};
    const struct parameter parameter = {.keys = &set};
    int64_t count = 0;
    const struct statement statement = {
        .sql = query,
        .is_constant = true,
        .parameters = &parameter,
        .parameter_count = 1,
        .on_row = take_count,
        .payload = &count,
        .reason = AR_REASON_SCHEMA,
        .model = columns.model,
    };
    struct outcome outcome = {.rows = 0};
    enum ar_status status;

    for (size_t i = 0; i < columns.count; i++) {
        const struct ar_column *column = &columns.model->columns[columns.columns[i]];
        if (ar_type_is_text(column->type))
            names[set.count++] = ar_value_text(column->name);
    }
    status = ar_driver_postgresql.run(connection, &statement, 1, &outcome, failure);
    *out = (size_t)count != set.count - 1;
    return status;
}

enum ar_status ar_pg_compares_by_rules(struct connection *connection, const struct ar_relation *relation, bool *out,
                                       struct failure *failure)
{
    const void *known = ar_pointer_map_get(&connection->rules, relation);
    enum ar_status status = AR_OK;

    if (known == NULL) {
        status = query_rules(connection, ar_target_columns(relation), out, failure);
        known = *out ? &by_rules : &by_bytes;
        if (status == AR_OK && !ar_pointer_map_add(&connection->rules, relation, (void *)(uintptr_t)known))
            status = ar_fail_no_memory(failure);
    }
    *out = known == &by_rules;
    return status;
}
