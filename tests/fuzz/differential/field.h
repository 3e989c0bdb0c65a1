/* Fields of any model, by its descriptor: filled at random from small domains, so that keys collide and foreign keys
 * meet their rows, and printed as the SQL literals that SQLite's quote() gives. */
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

/* Fill one field, never with NULL if it is part of the primary key. */
void field_fill(uint64_t *r, const struct ar_column *column, void *record);

/* Fill all fields. A generated key is left 0: the database assigns it. */
void record_fill(uint64_t *r, const struct ar_model *model, void *record);

/* Print one field as an SQL literal. */
void field_print(FILE *out, const struct ar_column *column, const void *record);

/* Print the fields, joined by commas. */
void record_print(FILE *out, const struct ar_model *model, const void *record);

/* Print "column = literal AND …" over columns, whose values are those of `from` in `record`. */
void key_print(FILE *out, const struct ar_model *model, const uint16_t *columns, const struct ar_model *from_model,
               const uint16_t *from, size_t count, const void *record);

/* A condition on this column with random values, and the same as SQL. */
struct ar_condition random_condition(uint64_t *r, const struct ar_column *column, FILE *sql);

/* Set this column to a random value, and the same as SQL. */
struct ar_assignment random_assignment(uint64_t *r, const struct ar_column *column, FILE *sql);

#endif
