/* Loading a relation for many owners in one statement; loading.h explains it. */
#ifndef AR_LOAD_H
#define AR_LOAD_H

#include "read/loading.h"

/* Start a load and build its statement. *is_needed is false if there are no keys: there is nothing to run. What the
 * statement returns is remembered when it has run. */
enum ar_status ar_loading_start(const struct load *load, struct loading *out, struct statement *statement,
                                bool *is_needed);

/* Do the same for a load whose owners are read in the same round trip. Its statement names the key of the load, if it
 * is given, or repeats the conditions of the parent query. */
enum ar_status ar_loading_start_one_trip(const struct load *load, struct loading *out, struct statement *statement);

/* Build the statement that one of the two would run for few keys. It is only described, never run. */
enum ar_status ar_loading_preview(const struct load *load, bool is_one_trip, struct loading *out,
                                  struct statement *statement);

/* Return true if all rows of the first table that the relation leads to belong to some owner, so that the rows of all
 * owners are all rows. */
bool ar_load_can_take_all(const struct ar_relation *relation, const struct ar_query *refinement);

/* End a load, successful or not. */
void ar_loading_end(struct loading *loading);

/* Load the relation for all owners in one statement. On failure nothing is remembered. */
enum ar_status ar_load(const struct load *load);

#endif
