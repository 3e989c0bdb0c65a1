/* SQL as it is put together: a text and the parameters that go with it. */
#ifndef AR_SQL_H
#define AR_SQL_H

#include "driver/driver.h"
#include "read/query.h"

/* Lies in the session's scratch memory. A lack of memory is remembered, and told by ar_sql_run. */
struct sql {
    struct ar_session *s;
    const char *constant; /* what the text begins with, as long as it is all; otherwise NULL */
    char *text;
    size_t size, capacity;
    struct parameter *parameters;
    size_t parameter_count, parameter_capacity;
    size_t last_number; /* of the parameters in the text: keys may be several */
    bool is_arranged;   /* it has an ORDER BY or LIMIT */
    bool out_of_memory;
};

struct sql ar_sql_start(struct ar_session *s);

/* Starts with a text of the generated code, which is not copied unless more comes behind it. */
struct sql ar_sql_start_with(struct ar_session *s, const struct ar_sql *text);

/* Start with all of the statement that finds a model's row by its key. */
struct sql ar_sql_find(struct ar_session *s, const struct ar_model *model, const struct ar_value *key);

/* Adds text; a NULL ends the list. */
__attribute__((sentinel)) void ar_sql_add(struct sql *sql, const char *text, ...);

/* Add the name of a built-in function of the database. */
void ar_sql_add_function(struct sql *sql, const char *name);

/* Add a built-in operator of the database, surrounded by spaces. */
void ar_sql_add_operator(struct sql *sql, const char *name);

/* Adds `table.column`. */
void ar_sql_add_column(struct sql *sql, const struct ar_column *column);

/* Add an expression for the next version of a row: incremented, or 0 after the maximum of the field. */
void ar_sql_add_next_version(struct sql *sql, const struct ar_column *version);

/* Adds the name of the next parameter, `?` or `$7`, to which somebody else binds a value. */
void ar_sql_add_place(struct sql *sql);

/* Adds a parameter: `?` and the value, which is for this column. */
void ar_sql_add_value(struct sql *sql, const struct ar_column *column, struct ar_value value);

/* Bind one key of these columns to placeholders that the SQL already contains. */
void ar_sql_bind_key(struct sql *sql, struct key_columns columns, const struct ar_value *values);

/* Binds the keys as the next parameter, or parameters, of a text that names them already. */
void ar_sql_bind_keys(struct sql *sql, const struct key_set *keys);

/* Add `column = ? AND …` for the columns of a key, to which ar_sql_bind_key binds their values. */
void ar_sql_add_key_places(struct sql *sql, struct key_columns columns);

/* Add `column = ? AND …` for the columns of a key. */
void ar_sql_add_key(struct sql *sql, struct key_columns columns, const struct ar_value *values);

/* Adds the columns of a key, with commas between. */
void ar_sql_add_key_columns(struct sql *sql, struct key_columns columns);

/* Add the columns of a key as one expression: `(a, b)`, or just `a`. */
void ar_sql_add_tuple(struct sql *sql, struct key_columns columns);

/* Add IN. The caller adds a sub-select in parentheses after it. */
void ar_sql_add_in(struct sql *sql);

/* Adds a query's scope and conditions behind `intro` (" WHERE ", " AND "), if it has any. */
void ar_sql_add_conditions(struct sql *sql, const char *intro, const struct ar_query *q);

/* Adds ORDER BY: the query's orders, and the primary key behind them so that the order is total; without orders the
 * key alone where `by_key` asks for it, otherwise nothing. */
void ar_sql_add_orders(struct sql *sql, const struct ar_query *q, bool by_key);

/* Adds LIMIT and OFFSET, if there are any; no more than `at_most` rows. */
void ar_sql_add_limit(struct sql *sql, const struct ar_query *q, uint64_t at_most);

/* Adds the names of the parameters that the keys are, without their table function: `?`, or `$1, $2`. */
void ar_sql_add_keys(struct sql *sql, const struct key_set *keys);

/* Add the keys as a FROM item, on databases with arrays: a row per key, with a column for each column of `target` that
 * it is compared with. Strings have the type of that column. */
void ar_sql_add_key_rows(struct sql *sql, struct key_columns target, const struct key_set *keys);

/* Puts text and parameters into the statement. */
enum ar_status ar_sql_finish(struct sql *sql, struct statement *statement);

/* Runs it. `statement` says who takes the rows and why it runs. */
enum ar_status ar_sql_run(struct sql *sql, struct statement statement, struct outcome *outcome);

#endif
