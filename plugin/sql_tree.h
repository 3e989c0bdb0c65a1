/* The syntax tree of a statement of user SQL, as far as the inference of its columns needs it (sql_infer.h). Whatever
 * the parser does not understand is in the tree as unknown, or makes the whole tree unknown: it never reports errors,
 * because SQLite and PostgreSQL do.
 *
 * A chain of operators is a deep tree: functions that follow it limit their depth. */
#ifndef ARMATURE_PLUGIN_SQL_TREE_H
#define ARMATURE_PLUGIN_SQL_TREE_H

#include "memory.h"

#include <stdbool.h>

struct sql_query;

enum sql_expression_kind {
    SQL_UNKNOWN,
    SQL_NULL,
    SQL_BOOLEAN,
    SQL_INTEGER,
    SQL_REAL,
    SQL_TEXT,
    SQL_BLOB,
    SQL_PARAMETER, /* `name` */
    SQL_COLUMN,    /* `qualifier`.`name` */
    SQL_FUNCTION,  /* `name` of `items` */
    SQL_OPERATOR,  /* `name` of `items`: "+", "and", "like", "between"; "-" with one item is a sign */
    SQL_IS,        /* items[0] IS items[1], or IS NOT: never NULL */
    SQL_IN,        /* items[0] IN (the other items, or `query`) */
    SQL_CASE,      /* [value], WHEN, THEN, …, [ELSE] */
    SQL_CAST,      /* items[0] as the type `name` */
    SQL_SUBQUERY,  /* the value of `query` */
    SQL_EXISTS,
    SQL_LIST /* (a, b) */
};

struct sql_expression {
    enum sql_expression_kind kind;
    size_t start, end; /* in the text */
    const char *name;  /* of an operator or function, in lower case; of a column, as written, without quotes */
    const char *qualifier;
    struct sql_expression **items;
    size_t count;
    struct sql_query *query;
    bool is_negated; /* IS NOT, NOT IN */
    bool has_value;  /* CASE value WHEN */
    bool has_else;   /* CASE … ELSE */
    bool has_star;   /* count(*) */
    bool has_filter; /* FILTER (WHERE …) */
    bool is_window;  /* OVER */
    bool has_frame;  /* OVER (… ROWS …), or the name of a window */
    bool is_grouped; /* a list or parenthesis after IN; not a bare parameter */
};

/* One item of a list of results, or of RETURNING. */
struct sql_result {
    struct sql_expression *value; /* NULL if it is a star */
    const char *name;             /* its alias, or NULL */
    const char *qualifier;        /* of a star, or NULL */
    size_t start, end;            /* in the text */
};

/* A table, a table expression or a derived table in FROM. */
struct sql_source {
    const char *name;        /* of a table or table expression, or NULL */
    const char *alias;       /* NULL if there is none */
    const char *schema;      /* schema.name, or NULL */
    struct sql_query *query; /* a derived table, or NULL */
    const char **columns;    /* alias (columns) */
    size_t column_count;
    const char **merged; /* columns of USING, which a star does not repeat */
    size_t merged_count;
    bool is_function;
    bool is_optional;     /* an outer join may replace its row by NULLs */
    bool may_be_optional; /* likewise, in one of the databases */
};

/* A condition of an outer join, or of a join within it. It holds for the rows of these sources, unless they are
 * replaced by NULLs; other rows are kept without it. */
struct sql_partial {
    struct sql_expression *condition;
    size_t first, end;
};

/* One SELECT or VALUES of a query. */
struct sql_select {
    size_t start; /* in the text */
    struct sql_result *results;
    size_t result_count;
    struct sql_source *sources;
    size_t source_count;
    struct sql_expression **filters; /* conditions that hold for every row: WHERE, and ON of inner joins */
    size_t filter_count;
    struct sql_partial *partial;
    size_t partial_count;
    struct sql_expression **groups; /* GROUP BY */
    size_t group_count;
    struct sql_expression *having;
    struct sql_expression **rows; /* of VALUES: lists; NULL if it is a SELECT */
    size_t row_count;
    bool has_groups;
    bool is_natural; /* there is a NATURAL JOIN */
};

enum sql_compound { SQL_COMPOUND_FIRST, SQL_COMPOUND_UNION, SQL_COMPOUND_INTERSECT, SQL_COMPOUND_EXCEPT };

/* WITH name (columns) AS (query). */
struct sql_common_table {
    const char *name;
    const char **columns;
    size_t column_count;
    struct sql_query *query; /* NULL if it is not a query: a statement of PostgreSQL that changes rows */
};

struct sql_query {
    size_t start, end; /* in the text */
    struct sql_common_table *tables;
    size_t table_count;
    struct sql_select **selects;
    enum sql_compound *compounds; /* how each SELECT is combined with those before */
    size_t select_count;
    struct sql_expression **orders;
    size_t order_count;
    struct sql_expression *limit, *offset;
};

enum sql_statement_kind { SQL_STATEMENT_UNKNOWN, SQL_STATEMENT_SELECT, SQL_STATEMENT_INSERT, SQL_STATEMENT_CHANGE };

/* SET column = value. */
struct sql_assignment {
    const char *column;
    struct sql_expression *value;
};

/* A string after an expression. SQLite takes it for the alias. To PostgreSQL, it is a syntax error or, after a name, a
 * constant of that type. */
struct sql_string_alias {
    const char *name; /* NULL: there is none */
    size_t start;     /* in the text */
};

struct sql_tree {
    enum sql_statement_kind kind;
    struct sql_query *query; /* of SELECT and INSERT; of others, the common tables only */
    const char *table;       /* that is written */
    const char **columns;    /* of INSERT INTO table (columns) */
    size_t column_count;
    struct sql_assignment *assignments;
    size_t assignment_count;
    struct sql_select *returning; /* RETURNING as a SELECT from the table that is written; NULL if there is none */
    struct sql_string_alias string_alias; /* the first one */
};

#endif
