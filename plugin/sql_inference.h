/* Declarations that the parts of the inference share. */
#ifndef ARMATURE_PLUGIN_SQL_INFERENCE_H
#define ARMATURE_PLUGIN_SQL_INFERENCE_H

#include "sql_infer.h"

/* A table of FROM. */
struct sql_table {
    const char *name; /* the alias, or the table's name; NULL if it has neither */
    struct sql_row row;
    const struct model *model; /* NULL if it is not a table of a model */
    enum sql_null absent;      /* SQL_NULL_MAYBE: an outer join may replace the row by NULLs */
    const struct sql_source *source;
};

/* The tables that expressions of one SELECT can name; those of the SELECT around it are in `outer`. */
struct sql_scope {
    const struct sql_scope *outer;
    struct sql_table *tables;
    size_t count;
    bool has_groups; /* GROUP BY: each group has a row */
    bool has_having; /* without GROUP BY, the only row may be left out */
};

/* The name of a WITH. */
struct sql_with {
    struct sql_with *next;
    const char *name;
    struct sql_row row;
};

struct infer {
    struct arena *arena;
    const struct model_set *set;
    const struct name_map *parameters;
    const char *sql;
    struct sql_with *with; /* those in effect, the innermost first */
    struct sql_inference *out;
    unsigned depth; /* of calls, which is limited */
    unsigned steps; /* their total number, which is limited too: recursive tables are inferred repeatedly */
};

/* Begin and end a function that may call itself. Return false if the depth or the number of calls is too great. */
bool infer_enter(struct infer *infer);
void infer_leave(struct infer *infer);

/* Return a value that can be NULL for the reason. */
struct sql_value infer_maybe(enum sql_class class, const char *reason);

/* Return what is known of a value that is one of two. */
struct sql_value infer_either(struct sql_value left, struct sql_value right);

struct sql_value infer_expression(struct infer *infer, const struct sql_scope *scope,
                                  const struct sql_expression *expression);
struct sql_row infer_query(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query);

/* Infer a call. */
struct sql_value infer_function(struct infer *infer, const struct sql_scope *scope, const struct sql_expression *call);

/* Return true if the function returns NULL whenever an argument is NULL. */
bool infer_is_strict(const struct sql_expression *call);

/* Return true if the SELECT has an aggregate function among its results. */
bool infer_has_aggregate(const struct sql_select *select);

/* Note that the expression, if it is a parameter, is compared with the value or assigned to its column. */
void infer_note(struct infer *infer, const struct sql_expression *expression, struct sql_value value, bool is_assigned);

/* Note the parameters among the operands of a comparison. */
void infer_note_comparison(struct infer *infer, const struct sql_expression *expression,
                           const struct sql_value *values);

/* Add the tables of FROM to the scope, and apply the conditions. */
void infer_scope(struct infer *infer, struct sql_scope *scope, const struct sql_select *select);

/* Return the row of the results, or of RETURNING. */
struct sql_row infer_results(struct infer *infer, const struct sql_scope *scope, const struct sql_select *select);

/* Infer the tables of WITH. They are in effect until infer->with is restored. */
void infer_with(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query);

/* Return the value of a column by its name, in the scope and those around it. */
struct sql_value infer_column(struct infer *infer, const struct sql_scope *scope, const char *qualifier,
                              const char *name);

/* Return the table with this name, or NULL. */
struct sql_table *infer_table(const struct sql_scope *scope, const char *name);

/* Return the column of the table with this name, or NULL. */
struct sql_column *infer_find_column(const struct sql_table *table, const char *name);

/* Return true if the table is joined USING the column, or if any table of the scope is. */
bool infer_merges(const struct sql_table *table, const char *name);
bool infer_is_merged(const struct sql_scope *scope, const char *name);

/* Return the columns of the model's table. */
struct sql_row infer_model_row(struct arena *arena, const struct model *model);

/* Apply a condition that holds for all rows of the scope: columns that it compares are not NULL. If it is partial, it
 * holds only for rows that no outer join replaced by NULLs. */
void infer_narrow(struct infer *infer, struct sql_scope *scope, const struct sql_expression *condition,
                  bool is_partial);

/* Return true if the condition of a join is certain to find a row of the table. */
bool infer_finds_row(struct infer *infer, const struct sql_scope *scope, const struct sql_table *table,
                     const struct sql_expression *condition);

/* Return true if the query in an expression is certain to find a row: by an enforced foreign key. */
bool infer_is_found(struct infer *infer, const struct sql_scope *outer, const struct sql_query *query);

/* Return true if the query has exactly one row, such as an aggregate without GROUP BY. */
bool infer_is_single(const struct sql_query *query);

/* Return true if the expressions name a common column. */
bool infer_share_column(struct infer *infer, const struct sql_expression *left, const struct sql_expression *right);

#endif
