/* The rules of a record that is about to be written: those of its columns, and the functions of AR_VALIDATE. */
#ifndef AR_RULES_H
#define AR_RULES_H

#include "write/write_plan.h"

/* Check the columns that an insert or an update writes, and call the functions of AR_VALIDATE. Return AR_INVALID if any
 * rule is broken; the failure lists all that are. */
enum ar_status ar_write_check_rules(const struct write *write, bool is_insert);

#endif
