/* Query plans of SQLite, from a database with the tables of the models and no rows. */
#ifndef ARMATURE_PLUGIN_QUERY_PLAN_H
#define ARMATURE_PLUGIN_QUERY_PLAN_H

#include "model.h"

#include <sqlite3.h>

/* A line of EXPLAIN QUERY PLAN. */
struct plan_step {
    const char *text; /* "SEARCH posts USING INDEX posts_user_id (user_id=?)" */
    int id;
    unsigned depth; /* 0 unless it is part of another step */
};

struct query_plan {
    struct plan_step *steps;
    size_t step_count;
    const char *error; /* SQLite's message if it cannot explain the statement; otherwise NULL */
};

/* A table of which a statement reads every row. */
struct full_scan {
    const struct model *model;
    const char *name; /* of the table in the statement: its own, or an alias */
    bool is_indexed;  /* SQLite would make an index for each execution */
};

/* Explain the statement. */
void query_plan_explain(struct arena *arena, sqlite3 *database, const char *sql, struct query_plan *out);

/* Return true if the step reads every row of a model's table. */
bool query_plan_scans(const struct model_set *set, const char *sql, const struct plan_step *step,
                      struct full_scan *out);

/* Return the columns by which an index would find the rows of the full scan that the statement looks for by equality;
 * *count is 0 if there are none. */
struct member **query_plan_missing_index(struct arena *arena, sqlite3 *database, const char *sql,
                                         const struct full_scan *scan, size_t *count);

#endif
