/* Infers from the syntax tree of a statement which of its columns can be NULL, and their types.
 *
 * Both are three-valued: what the inference does not understand is unknown, and callers accept it. "Can be NULL" is
 * reported only with a reason: a nullable column that no condition excludes, an outer join, an aggregate of no rows,
 * and so on. */
#ifndef ARMATURE_PLUGIN_SQL_INFER_H
#define ARMATURE_PLUGIN_SQL_INFER_H

#include "model.h"
#include "sql_tree.h"

/* In this order, the greater one is that of a column of several SELECTs. */
enum sql_null { SQL_NULL_NEVER, SQL_NULL_UNKNOWN, SQL_NULL_MAYBE };

enum sql_class {
    SQL_CLASS_UNKNOWN,
    SQL_CLASS_NULL, /* the literal, which is of any type */
    SQL_CLASS_BOOLEAN,
    SQL_CLASS_INTEGER,
    SQL_CLASS_REAL,
    SQL_CLASS_TEXT,
    SQL_CLASS_BLOB,
    SQL_CLASS_TIME
};

/* What is known of the values of an expression. */
struct sql_value {
    enum sql_null null;
    const char *reason; /* why it can be NULL: "the LEFT JOIN may find no row"; NULL unless it is SQL_NULL_MAYBE */
    enum sql_class class;
    const struct member *column; /* the column whose values it has, or NULL */
};

/* A column of a table or of a result. */
struct sql_column {
    const char *name; /* NULL if it is an expression without an alias */
    struct sql_value value;
    size_t start, end; /* of its expression in the text */
};

struct sql_row {
    struct sql_column *columns;
    size_t count;
    bool is_unknown; /* the columns are not known */
};

/* A parameter that is compared with a value of another type, or assigned to a column. */
struct sql_use {
    const char *parameter;
    size_t start, end;      /* in the text */
    struct sql_value value; /* that it is compared with; the column that it is assigned to */
    bool is_assigned;
};

struct sql_inference {
    struct sql_row row; /* without columns if the statement returns none */
    struct sql_use *uses;
    size_t use_count;
};

/* Infer from the tree of the text. `parameters` maps names to members. */
struct sql_inference sql_infer(const struct model_set *set, const struct name_map *parameters, const char *sql,
                               const struct sql_tree *tree);

/* Return the class of the column's values in SQL. */
enum sql_class sql_class_of(const struct member *column);

/* Return true if a database has a function with this name, in lower case, of which the inference knows the result. */
bool sql_has_function(const char *name);

/* Return the name of a class with its article: "an integer". */
const char *sql_class_name(enum sql_class class);

#endif
