/* The type of a column changes, of which a generated column with a check and indexes is computed. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    int32_t size;
    int64_t twice AR_GENERATED("size * 2") AR_CHECK("twice >= 0", .name = notes_twice_check);
} AR_TABLE(notes) AR_INDEX(notes_twice, twice) AR_INDEX(notes_big, size, .where = "twice > 3")
    AR_INDEX(notes_expr, "twice + 1") AR_CHECK("twice + size >= 0", .name = sum_check);
