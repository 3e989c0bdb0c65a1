/* Two times that a check compares get nanoseconds: no UPDATE may change one of them alone. */
#include <armature/armature.h>

struct stay {
    int64_t id AR_PRIMARY_KEY;
    time_t first;
    time_t last;
} AR_TABLE(stays) AR_CHECK("first < last");
