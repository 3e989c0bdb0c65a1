/* The plain client of the database, sqlite3's C API or libpq, to compare the results of statements with. */
#ifndef REAL_PLAIN_H
#define REAL_PLAIN_H

#include <armature/armature.h>

#include <stdio.h>

/* Connect to the SQLite file or to the server, end the connection. */
struct plain *plain_open(const char *file_or_url);
void plain_close(struct plain *plain);

/* Run SQL without a result. */
void plain_execute(struct plain *plain, const char *sql);

/* Run the statement with these arguments, one string for each parameter: NULL is SQL NULL, and the values of a list are
 * separated by '|'. Return the rows in the format of print_row(), and in *changed the number of rows that it changed.
 * The caller must free the result. */
char *plain_run(struct plain *plain, const struct ar_statement *statement, const char *const *arguments,
                int64_t *changed);

/* A value in the format of both clients. */
struct plain_value {
    enum ar_type type;
    bool is_null;
    int64_t integer; /* of integers, bool and times */
    double real;
    const char *text;
};

void plain_print(FILE *out, const struct plain_value *value);

#endif
