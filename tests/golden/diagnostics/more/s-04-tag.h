#ifndef TAG_H
#define TAG_H
#include <armature/annotations.h>
#include <stdint.h>

struct tag {
    int64_t id AR_PRIMARY_KEY;
    int64_t user_id;
} AR_TABLE(tags);
#endif
