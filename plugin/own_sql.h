/* The check of an SQL expression or condition in an attribute, before the models are planned. SQLite prepares the
 * statement that it becomes part of, which detects anything that is not an expression, names that are not columns, and
 * functions that are not allowed there. */
#ifndef ARMATURE_PLUGIN_OWN_SQL_H
#define ARMATURE_PLUGIN_OWN_SQL_H

#include "model.h"

/* SQL in an attribute. */
struct own_sql {
    const struct model *model;
    struct location at;
    const char *subject; /* begins the message: "AR_CHECK", "AR_INDEX(recent): `.where`" */
    const char *sql;
    const char *article_and_kind; /* "a condition", "an expression" */
    const char *statement;        /* to prepare: what the SQL becomes part of */
};

/* Report what is wrong with the SQL. What only PostgreSQL can parse passes. */
void own_sql_check(struct model_set *set, const struct own_sql *own);

#endif
