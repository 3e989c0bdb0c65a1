/* Declarations that the parts of the check of AR_SQL share. */
#ifndef ARMATURE_PLUGIN_CHECK_SQL_H
#define ARMATURE_PLUGIN_CHECK_SQL_H

#include "model.h"
#include "sql_infer.h"
#include "suggest.h"

#include <sqlite3.h>

/* One text of a statement. */
struct sql_check {
    struct model_set *set;
    sqlite3 *database; /* with the tables of all models */
    const struct sql_statement *statement;
    enum dialect_id dialect; /* the one that the text is for; SQLite if it is for both */
    const char *sql;
    struct name_map parameters;
    const struct sql_tree *tree;
    struct sql_inference inference;
};

/* Report an error at an offset of the text, after the macro and the name of the statement. */
__attribute__((format(printf, 3, 4))) void sql_fail(const struct sql_check *check, size_t offset, const char *format,
                                                    ...);

/* Add the help "did you mean", or the other one, which may be NULL. */
void sql_help_similar(const struct sql_check *check, const struct suggestion *suggestion, const char *other);

/* Return the offset of a name in the text: the first token that is equal to it, or to its part after the last dot. */
size_t sql_find(const struct sql_check *check, const char *name);

/* Return the offset of a character, of which the first is number 1, in the UTF-8 text. */
size_t sql_character(const char *sql, size_t number);

/* Report SQLite's latest error, with a suggestion for the name in it. */
void sql_fail_message(const struct sql_check *check);

/* Check the names of parameters. Return false after an error. */
bool check_sql_parameters(const struct sql_check *check);

/* Check that the types of parameters fit the values that they are compared with and the columns that they are assigned
 * to. */
void check_sql_uses(const struct sql_check *check);

/* Check that the columns fit the fields of the struct: those that a database reports, or those that were inferred if
 * there are none. Classes that are reported override those that were inferred. Return false after an error. */
bool check_sql_columns(const struct sql_check *check, const struct sql_row *reported);

/* Set what the checks need of one text of the statement: its parameters, tree and inference. */
void sql_check_start(struct sql_check *check);

/* Parse the text with PostgreSQL's grammar, if the tool was built with it. Return false after an error. */
bool check_sql_grammar(const struct sql_check *check);

/* Return true if PostgreSQL's grammar accepts the text; false also if the tool was built without it. */
bool sql_is_postgresql(const struct sql_check *check);

/* Report a value from a column that SQLite stores in another form than the member, which is `what`: "parameter `id`".
 */
void check_sql_form(const struct sql_check *check, size_t offset, const struct sql_value *value,
                    const struct member *member, const char *what);

/* Return true if a field can take the values. Unknown classes fit. */
bool sql_fits(const struct sql_value *value, const struct member *field);

#endif
