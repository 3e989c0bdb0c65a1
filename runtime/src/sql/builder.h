/* SQL that is built at run time, with its parameters, in the dialect of a driver. It needs no connection. */
#ifndef AR_SQL_BUILDER_H
#define AR_SQL_BUILDER_H

#include "base/arena_text.h"
#include "driver/driver.h"
#include "model/key.h"
#include "model/shard.h"

/* A statement under construction. SQL and parameters are in the arena of `text`. Running out of memory is noted, and
 * reported by ar_sql_finish; so is another failure in `status`. */
struct sql {
    const struct driver *driver;
    const struct engine *engine; /* of the connection, or ar_unknown_engine */
    struct failure *failure;
    const char *constant; /* SQL of the generated code that begins the text, as long as it is all of it; or NULL */
    struct arena_text text;
    struct parameter *parameters;
    size_t parameter_count, parameter_capacity;
    size_t last_number;              /* of the placeholders: a set of keys may have several */
    const char *table;               /* name or alias that qualifies columns; NULL: the name of each column's table */
    enum ar_status status;           /* of a part that failed and set the failure */
    unsigned last_alias;             /* the number of aliases made so far */
    bool is_arranged;                /* it has an ORDER BY or LIMIT */
    bool fans_out;                   /* it reads rows of all shards */
    const struct shard_limit *limit; /* of the session; NULL: none */
};

/* A name for a table within one statement, which may contain the same table several times. */
struct table_alias {
    char name[24];
};

/* A server of which nothing is known. */
extern const struct engine ar_unknown_engine;

/* Begin an empty statement. */
static inline struct sql ar_sql_begin(const struct driver *driver, struct arena *arena, struct failure *failure)
{
    return (struct sql){.driver = driver, .engine = &ar_unknown_engine, .failure = failure, .text = {.arena = arena}};
}

/* Begin the statement with SQL of the generated code, which is copied only if more is added. */
void ar_sql_use_constant(struct sql *sql, const struct ar_sql *text);

/* Add strings; NULL ends the list. */
__attribute__((sentinel)) void ar_sql_add(struct sql *sql, const char *text, ...);

/* Add the name of a built-in function of the database. */
void ar_sql_add_function(struct sql *sql, const char *name);

/* Add a built-in operator of the database, surrounded by spaces. */
void ar_sql_add_operator(struct sql *sql, const char *name);

/* Add a condition that is true for every row, or false. */
void ar_sql_add_truth(struct sql *sql, bool is_true);

/* Return the table's name as FROM, JOIN, INSERT INTO, UPDATE and DELETE FROM name it: with its schema, if it has one.
 * In the rest of the statement, `model->sql` is its name. */
const char *ar_sql_table(const struct sql *sql, const struct ar_model *model);

/* Add `table.column`, with the table's name or sql->table, or with the given name. */
void ar_sql_add_column(struct sql *sql, const struct ar_column *column);
void ar_sql_add_column_of(struct sql *sql, const char *table, const struct ar_column *column);

/* Add `table.column` as a column of the result: converted to a string if the driver cannot read its type. `table` may
 * be NULL: the column's name only, as in RETURNING. */
void ar_sql_add_result(struct sql *sql, const char *table, const struct ar_column *column);

/* Begin and end an expression of the column's type that becomes a string if the type has a cast. */
void ar_sql_open_text(struct sql *sql, const struct ar_column *column);
void ar_sql_close_text(struct sql *sql, const struct ar_column *column);

/* Add a built-in operator between values of the column's type, surrounded by spaces. For a type that the runtime does
 * not know, it is found by the search path, because an extension may have it. */
void ar_sql_add_operator_of(struct sql *sql, const struct ar_column *column, const char *name);

/* Add the name of a built-in function of values of the column's type; see ar_sql_add_operator_of. */
void ar_sql_add_function_of(struct sql *sql, const struct ar_column *column, const char *name);

/* Add the string in a column of an input, such as `armature_input.c0`, as a value of the column. */
void ar_sql_add_input(struct sql *sql, const struct ar_column *column, const char *name);

/* Likewise, as an expression that is ordered and compared as the values are. */
void ar_sql_add_ordered_column_of(struct sql *sql, const char *table, const struct ar_column *column);

/* Return an alias that the statement does not contain yet: armature_1, armature_2, … */
struct table_alias ar_sql_next_alias(struct sql *sql);

/* Add an expression for the next version of a row: incremented, or 0 after the maximum of the field. */
void ar_sql_add_next_version(struct sql *sql, const struct ar_column *version);

/* Add the next placeholder, `?` or `$7`, to which the caller binds a value. */
void ar_sql_add_placeholder(struct sql *sql);

/* Add a placeholder and bind a value of this column to it. */
void ar_sql_add_value(struct sql *sql, const struct ar_column *column, struct ar_value value);

/* Add a placeholder and bind a number to it, at most INT64_MAX. */
void ar_sql_add_number(struct sql *sql, uint64_t number);

/* Add a number as a part of the SQL text. */
void ar_sql_add_literal(struct sql *sql, uint64_t number);

/* Bind one key of these columns to placeholders that the SQL already contains. */
void ar_sql_bind_key(struct sql *sql, struct key_columns columns, const struct ar_value *values);

/* Bind a set of keys to the placeholders that the SQL already contains. */
void ar_sql_bind_keys(struct sql *sql, const struct key_set *keys);

/* Add `column = ? AND …` for the columns of a key, to which ar_sql_bind_key binds their values. */
void ar_sql_add_key_placeholders(struct sql *sql, struct key_columns columns);

/* Add `column = ? AND …` for the columns of a key, and bind their values. */
void ar_sql_add_key(struct sql *sql, struct key_columns columns, const struct ar_value *values);

/* Add the columns of a key, separated by commas. */
void ar_sql_add_key_columns(struct sql *sql, struct key_columns columns);

/* Add the columns of a key as one expression: `(a, b)`, or just `a`. */
void ar_sql_add_tuple(struct sql *sql, struct key_columns columns);

/* Add IN, after these columns. The caller adds a sub-select in parentheses after it. */
void ar_sql_add_in(struct sql *sql, struct key_columns columns);

/* Add `column IN keys`, or NOT IN. */
void ar_sql_add_member(struct sql *sql, const struct ar_column *column, const struct key_set *keys, bool is_in);

/* Add `column IN keys`, on databases with arrays: the array of the placeholder with this number, from 1, which the
 * statement has elsewhere. */
void ar_sql_add_member_of(struct sql *sql, const struct ar_column *column, size_t number);

/* Add the placeholders of a set of keys, `?` or `$1, $2`, and bind it; the caller adds what is around them. */
void ar_sql_add_keys(struct sql *sql, const struct key_set *keys);

/* Add a placeholder and bind a set of rows to it. */
void ar_sql_add_rows(struct sql *sql, const struct row_set *rows);

/* Add the keys as a FROM item, on databases with arrays: a row per key, with a column for each column of `target` that
 * it is compared with. Strings have the type of that column. */
void ar_sql_add_key_rows(struct sql *sql, struct key_columns target, const struct key_set *keys);

/* Do the same for values to be written: those of columns with a cast are strings, which ar_sql_add_input casts. */
void ar_sql_add_input_rows(struct sql *sql, struct key_columns target, const struct key_set *values);

/* Put SQL and parameters into the statement. */
enum ar_status ar_sql_finish(struct sql *sql, struct statement *statement);

#endif
