/* The rows after the load, compared with the journals of the workers. */
#ifndef SCALE_VERIFY_H
#define SCALE_VERIFY_H

#include "scale.h"

struct outcomes {
    unsigned committed, unknown, refused;
};

/* Return true if every write that was reported as committed is there, and none that was reported as not committed.
 * Print the others. */
bool verify_commits(struct stage *stage, struct ar_db *db, struct outcomes *outcomes);

/* Return true if versions, views, counters and budgets are those of the journals and of the rows. */
bool verify_numbers(struct stage *stage, struct ar_db *db);

#endif
