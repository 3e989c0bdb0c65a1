/* Makes rows living again that are deleted by a time. */
#ifndef AR_RESTORE_H
#define AR_RESTORE_H

#include "write/write_plan.h"

/* Clear the time of AR_DELETED_AT of the record's row. Of a caller-owned struct only the key is used. */
enum ar_status ar_write_restore(struct write *write);

#endif
