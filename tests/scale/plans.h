/* The plans of the statements, as the server has executed them. */
#ifndef SCALE_PLANS_H
#define SCALE_PLANS_H

#include "scale.h"

#include <stdio.h>

/* The numbers of executed statements, of distinct ones, and of the partitions or shards that the worst one read. */
struct plans {
    int executed, distinct, partitions;
};

/* Write the plan of each statement of this process to the file from now on. The database must have auto_explain send
 * them as notices. */
void keep_plans(FILE *file);

/* Return true if each statement that a process has observed has a plan, and each execution read the partitions or
 * shards of one tenant at most. Print the others. */
bool check_plans(const struct stage *stage, FILE *const *files, const char *url, struct plans *out);

#endif
