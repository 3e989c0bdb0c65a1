/* Key fields with the names of other fields' types, which C allows and C++ does not. */
#ifndef FIELDS_LIKE_TYPES_H
#define FIELDS_LIKE_TYPES_H

#include <armature/annotations.h>
#include <stdint.h>

typedef int64_t tenant;
typedef int64_t tenant_value;

struct account {
    tenant tenant AR_PRIMARY_KEY;
    tenant_value number AR_PRIMARY_KEY;
} AR_TABLE(accounts);

#endif
