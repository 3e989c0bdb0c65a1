/* Differences between models and the tables of a database. The first one is a failure; the others are counted. */
#ifndef AR_SCHEMA_COMPARE_H
#define AR_SCHEMA_COMPARE_H

#include "schema/catalog.h"

enum comparison_depth {
    COMPARE_NAMES, /* tables that exist have all columns of their models */
    COMPARE_ALL    /* all that a statement of the runtime relies on */
};

/* Compare. Return AR_CONFLICT with a message if there are differences. */
enum ar_status ar_compare(struct link *link, const struct model_list *models, const struct catalog *catalog,
                          enum comparison_depth depth);

#endif
