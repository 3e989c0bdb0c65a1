/* Attributes of nested fields only. */
#include <armature/annotations.h>
#include <stdint.h>

struct only_nested {
    struct {
        int64_t id AR_PRIMARY_KEY;
    };
};
