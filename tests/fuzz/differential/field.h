/* Fields of any model, described by its columns: filled with random values from small domains, so that keys collide and
 * foreign keys match rows, and printed as SQL literals like those of SQLite's quote(). */
#ifndef FUZZ_FIELD_H
#define FUZZ_FIELD_H

#include "../random.h"

#include <armature/armature.h>

#include <stdio.h>

/* Larger than any struct of world.h. */
union record {
    max_align_t alignment;
    char bytes[256];
};

/* Fill one field. A field of the primary key is never NULL. */
void field_fill(uint64_t *r, const struct ar_column *column, void *record);

/* Fill all fields. A generated key is set to 0: the database assigns it. */
void record_fill(uint64_t *r, const struct ar_model *model, void *record);

/* Print one field as an SQL literal. */
void field_print(FILE *out, const struct ar_column *column, const void *record);

/* Print all fields, separated by commas. */
void record_print(FILE *out, const struct ar_model *model, const void *record);

/* Print "column = literal AND …" for these columns, with the values of the columns `from` in `record`. */
void key_print(FILE *out, const struct ar_model *model, const uint16_t *columns, const struct ar_model *from_model,
               const uint16_t *from, size_t count, const void *record);

/* Return a condition on this column with random values, and print it as SQL. */
struct ar_condition random_condition(uint64_t *r, const struct ar_column *column, FILE *sql);

/* Return the condition that this column equals a random value, and print it as SQL. */
struct ar_condition random_equality(uint64_t *r, const struct ar_column *column, FILE *sql);

/* Return an assignment of a random value to this column, and print it as SQL. */
struct ar_assignment random_assignment(uint64_t *r, const struct ar_column *column, FILE *sql);

#endif
