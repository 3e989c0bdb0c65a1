/* Statements of AR_SQL: their SQL for each database, and places in it. */
#ifndef ARMATURE_PLUGIN_STATEMENT_H
#define ARMATURE_PLUGIN_STATEMENT_H

#include "model.h"

/* Return the statement with numbered placeholders in place of the names of parameters, in the form of the dialect.
 * Names that are not parameters remain. */
const char *statement_sql(struct arena *arena, const struct sql_statement *statement, const struct dialect *dialect);

/* A placeholder, or a list with its operator, and the parameter that it is in place of. */
struct statement_piece {
    size_t start, end;                 /* in the rewritten SQL */
    size_t written_start, written_end; /* in the text of the user */
};

/* The same SQL, with the places of its parts in the text of the user. */
struct statement_sql {
    const char *sql;
    struct statement_piece *pieces;
    size_t piece_count;
};

struct statement_sql statement_rewrite(struct arena *arena, const struct sql_statement *statement,
                                       const struct dialect *dialect);

/* Return the offset in the text of the user for one in the rewritten SQL. */
size_t statement_written(const struct statement_sql *sql, size_t offset);

/* Return the index of the parameter with this name, or the number of parameters. */
size_t statement_parameter(const struct sql_statement *statement, const char *name, size_t length);

/* Return the number of parameters that are arguments of the function: all but `:scope`. */
size_t statement_argument_count(const struct sql_statement *statement);

/* Find out from the words of the text if the statement returns rows, and if it writes. */
void statement_classify(struct sql_statement *statement);

/* Return the place of a character of the text in the string literals of the header; that of the attribute if it was
 * not written there, but in a macro. */
struct location statement_location(const struct model_set *set, const struct sql_statement *statement,
                                   enum dialect_id dialect, size_t offset);

#endif
