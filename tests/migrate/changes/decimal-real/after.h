/* A number with a fraction becomes an exact decimal, and an exact decimal a number with a fraction. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t price AR_DECIMAL(10, 2);
    double weight;
} AR_TABLE(notes);
