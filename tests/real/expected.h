/* The expected contents of the Chinook database: every row of every table, and every pair of related rows. They are
 * read with hand-written SQL in expected.c, which does not depend on the models. */
#ifndef REAL_EXPECTED_H
#define REAL_EXPECTED_H

#include "chinook.ar.h"

enum { TABLE_COUNT = 11, RELATION_COUNT = 22 };

/* One line per row, ordered by key, in the format of print_record(). */
struct expected_table {
    const struct ar_model *model;
    const char *sql;
};

/* One line per owner and target, ordered by their keys: the owner's key, '>', and the target's row if there is one. */
struct expected_relation {
    const struct ar_relation *relation;
    const char *sql;
};

extern const struct expected_table expected_tables[TABLE_COUNT];
extern const struct expected_relation expected_relations[RELATION_COUNT];

#endif
