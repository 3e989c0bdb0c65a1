/* Models without a column, which no database has a table for. */
#include <armature/annotations.h>

struct empty {
} AR_TABLE(empties, .read_only = true) AR_CHECK("size > 0");

struct transient {
    int size AR_TRANSIENT;
} AR_TABLE(transients, .read_only = true);
