/* Print rows as text, from records and from plain SQL, to compare them. The caller must free returned strings. */
#ifndef REAL_PRINT_H
#define REAL_PRINT_H

#include <armature/armature.h>

#include <stdio.h>

/* Print all columns of a record in the format of SQLite's quote(), separated by '|'. */
void print_record(FILE *out, const struct ar_model *model, const void *record);

/* Print the key of a record; key columns are separated by '/'. */
void print_key(FILE *out, const struct ar_model *model, const void *record);

/* Run a query with one column on the SQLite file in a separate connection, and return one line per row. */
char *plain_sql(const char *file, const char *sql);

/* Assert that the strings are equal; otherwise print `what` and the first line that differs. */
void assert_same_lines(const char *what, const char *actual, const char *expected);

#endif
