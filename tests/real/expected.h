/* What plain SQL says of the Chinook database: every row of every table, and every pair that a relation makes. The SQL
 * is written by hand in expected.c; nothing of it comes from the models. */
#ifndef REAL_EXPECTED_H
#define REAL_EXPECTED_H

#include "chinook.ar.h"

enum { TABLE_COUNT = 11, RELATION_COUNT = 22 };

/* One line per row, in the order of the key: the columns as print_record() writes them. */
struct expected_table {
    const struct ar_model *model;
    const char *sql;
};

/* One line per owner and target, in the order of their keys: the owner's key, '>', and the target's row or nothing. */
struct expected_relation {
    const struct ar_relation *relation;
    const char *sql;
};

extern const struct expected_table expected_tables[TABLE_COUNT];
extern const struct expected_relation expected_relations[RELATION_COUNT];

#endif
