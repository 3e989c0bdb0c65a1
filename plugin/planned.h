/* The statements that the models have: those that find a row by its key, those that load relations, and user SQL; their
 * query plans on an in-memory SQLite database, and the indexes that they lack. */
#ifndef ARMATURE_PLUGIN_PLANNED_H
#define ARMATURE_PLUGIN_PLANNED_H

#include "dialect.h"
#include "model.h"
#include "query_plan.h"

struct planned {
    const char *title; /* "AR_HAS_MANY(comments) of `post`" */
    struct location at;
    const struct model *model; /* that declares it */
    const char *sql[DIALECT_COUNT];
    const char *full_scan;                 /* why it may read every row, or NULL */
    const struct relation *relation;       /* whose rows it selects, or NULL */
    const struct sql_statement *statement; /* user SQL, or NULL */
};

struct planned_list {
    struct planned *items;
    size_t count;
};

/* An index by which the statement would find rows that it looks for in all rows of a table. */
struct missing_index {
    const char *name; /* no other object has it */
    const struct model *model;
    struct member *const *columns;
    size_t count;
};

struct planned_step {
    const char *text;
    unsigned depth;
    const struct missing_index *missing; /* it reads every row of a table without need; or NULL */
};

struct planned_result {
    struct planned_step *steps;
    size_t step_count;
    const char *error; /* SQLite's message if it cannot explain the statement; otherwise NULL */
};

/* Return all statements: of each model in the order of the headers, and of each AR_ROW. A relation with a path has
 * none: it loads what the relations that it follows load. */
struct planned_list planned_list(const struct model_set *set);

/* Explain the statement in a database of sql_database_open. */
void planned_explain(struct model_set *set, sqlite3 *database, const struct planned *planned,
                     struct planned_result *out);

/* Return the names of the columns: of their fields, or in the database. */
const char *missing_index_columns(struct arena *arena, const struct missing_index *index, const char *separator,
                                  bool are_fields);

#endif
