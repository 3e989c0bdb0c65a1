/* Fields as PostgreSQL prints their columns in text format, with the time zone UTC. */
#ifndef TEST_PAGILA_SHOW_H
#define TEST_PAGILA_SHOW_H

#include <armature/armature.h>

#include <stdio.h>

/* Print all columns of a record, separated by '|'; NULL is \N. */
void show_record(FILE *out, const struct ar_model *model, const void *record);

/* Return the records as lines; the caller must free them. */
char *show_list(const struct ar_model *model, struct ar_list list);

#endif
