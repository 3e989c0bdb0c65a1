/* Former names. */
#include <armature/annotations.h>
#include <stdint.h>

enum kind { KIND_A AR_WAS("old kind"), KIND_B AR_WAS(a, b), KIND_C AR_WAS(c) };

struct note {
    int64_t id AR_PRIMARY_KEY;
    int64_t first AR_WAS(old);
    int64_t second AR_WAS(old);
    int64_t third AR_WAS(a) AR_WAS(b);
    int64_t fourth AR_WAS();
    int64_t fifth AR_WAS(x, .y = 1);
    enum kind kind AR_ENUM_TEXT;
} AR_TABLE(notes) AR_WAS(papers) AR_WAS(sheets);

struct sheet {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(sheets) AR_WAS(papers);

struct page {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(pages) AR_WAS(a.b.c) AR_WAS(x, .y = 1);

struct leaf {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(leaves) AR_WAS(blades);

struct leaf_line {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(leaves, .read_only = true) AR_WAS(blades);

struct blade {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(new_blades) AR_WAS(garden.blades);

struct garden_blade {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(garden_blades) AR_WAS(garden.blades);
