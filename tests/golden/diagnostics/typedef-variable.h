/* Types that variables in generated functions would shadow. */
#include <armature/annotations.h>

typedef struct {
    int id AR_PRIMARY_KEY;
} AR_TABLE(records) record;

typedef struct status {
    int id AR_PRIMARY_KEY;
} AR_TABLE(statuses) status;
