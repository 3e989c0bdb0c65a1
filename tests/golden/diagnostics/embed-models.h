/* A row of a model cannot be embedded, but the result of a statement can. */
#include <armature/annotations.h>
#include <stdint.h>

struct total {
    int64_t count;
} AR_ROW;

struct sum {
    int64_t id AR_PRIMARY_KEY;
    struct total total AR_EMBED(total_);
} AR_TABLE(sums);

struct view {
    int64_t id;
} AR_VIEW(views, "SELECT 1 AS id");

struct of_view {
    int64_t id AR_PRIMARY_KEY;
    struct view view AR_EMBED(view_);
} AR_TABLE(of_views);

struct mark {
    int64_t number AR_UNIQUE AR_CHECK("number > 0");
};

struct marked {
    struct mark mark AR_EMBED(mark_);
} AR_VIEW(marked, "SELECT 1 AS mark_number");
