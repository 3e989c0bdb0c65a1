/* Loading a relation that follows others, in one statement whatever the length of its path.
 *
 * A row of the statement is a row of the target, followed by the columns of the first table on the path, the link, if
 * the relation has links, and by the key of the owner, if neither the link has it nor there is only one. The same
 * target is usually in many rows: if its key is one integer, only the first of them is decoded.
 *
 * Targets and links of an owner are in the same order: by primary key, first the target's, then the link's, unless the
 * relation or its refinement has an order. */
#ifndef AR_LOAD_PATH_H
#define AR_LOAD_PATH_H

#include "read/loading.h"

/* What only loads of such relations have. */
struct path_rows {
    size_t key_columns[AR_KEY_COLUMNS_MAX]; /* positions of the owner's key in a row, or of its ordinal */
    struct row_collector links;             /* in step with the rows of the load */
};

/* Prepare a load whose relation has a path. */
enum ar_status ar_loading_start_path(struct loading *loading, struct statement *statement);

/* Build the statement, by the access path that was chosen. */
enum ar_status ar_loading_add_path_statement(struct loading *loading, struct statement *statement);

#endif
