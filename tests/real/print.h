/* Rows as text, from records and from plain SQL, so that both can be compared. Texts are the caller's to free. */
#ifndef REAL_PRINT_H
#define REAL_PRINT_H

#include <armature/armature.h>

#include <stdio.h>

/* Writes every column of a record, as SQLite's quote() writes values, with '|' between them. */
void print_record(FILE *out, const struct ar_model *model, const void *record);

/* Writes the record's key, with '/' between its parts. */
void print_key(FILE *out, const struct ar_model *model, const void *record);

/* Runs a query of one column on the file by a connection of its own, and returns a line per row. */
char *plain_sql(const char *file, const char *sql);

/* Fails the test where the texts differ, and shows the first line that does; `what` says of what. */
void assert_same_lines(const char *what, const char *actual, const char *expected);

#endif
