/* The SET of an UPDATE by assignments of the caller, with the columns that the runtime maintains. */
#ifndef AR_ASSIGNMENTS_H
#define AR_ASSIGNMENTS_H

#include "model/type_info.h"
#include "sql/builder.h"

#include <armature/assign.h>

struct assignments {
    struct sql *sql;
    const struct ar_model *model;
    const struct ar_assignment *set;
    const char *call;           /* begins messages: "update_all" */
    struct field_reader reader; /* of the values */
    void *record;               /* receives the values that do not depend on the row, as the fields have them */
    const char *intro;
};

/* Add ` SET column = …` for each column of the assignments, and for AR_UPDATED_AT and AR_VERSION unless they are among
 * them. Check that the columns can be assigned, and the values by the rules of their columns. */
enum ar_status ar_assignments_add(struct assignments *assignments);

/* Return true if the column is among the first `count` assignments. */
bool ar_assignments_have(const struct ar_assignment *set, size_t count, const struct ar_column *column);

/* Return true if the database computes the assigned value from that of the row. */
bool ar_assignments_compute(const struct ar_assignment *set, const struct ar_column *column);

#endif
