/* AR_NULLABLE_BY: the flag is a separate bool field, for a single field. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    int64_t a AR_NULLABLE_BY(has_aa);
    int64_t b AR_NULLABLE_BY(is_there);
    int64_t c AR_NULLABLE_BY(id);
    int64_t d AR_NULLABLE_BY(has_d);
    int64_t e AR_NULLABLE_BY(has_d);
    int64_t f AR_NULLABLE_BY(has_f);
    const char *g AR_NULLABLE_BY(has_g);
    int64_t h AR_NULLABLE AR_NULLABLE_BY(has_h);
    bool self AR_NULLABLE_BY(self);
    int64_t i AR_NULLABLE_BY(pointer);
    bool *pointer;
    bool has_a;
    bool has_d;
    bool has_f AR_UNIQUE;
    bool has_g;
    bool has_h;
} AR_TABLE(users);
