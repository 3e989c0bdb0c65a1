/* S-171: through relations that follow each other, or relations with errors of their own. */
#include <armature/annotations.h>
#include <stdint.h>

struct node {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
} AR_TABLE(nodes)
  AR_BELONGS_TO(parent, parent_id, .target = node)
  AR_HAS_MANY_THROUGH(a, parent, b)
  AR_HAS_MANY_THROUGH(b, parent, a)
  AR_HAS_MANY_THROUGH(self, parent, self)
  AR_BELONGS_TO(gone, parent_id)
  AR_HAS_ONE_THROUGH(later, gone, parent);

/* Two paths that follow each other make one that is too long. */
struct link {
    int64_t id AR_PRIMARY_KEY;
    int64_t next_id AR_NULLABLE;
} AR_TABLE(links)
  AR_BELONGS_TO(next, next_id, .target = link)
  AR_HAS_ONE_THROUGH(second, next, next)
  AR_HAS_ONE_THROUGH(fourth, second, second)
  AR_HAS_ONE_THROUGH(eighth, fourth, fourth)
  AR_HAS_ONE_THROUGH(sixteenth, eighth, eighth)
  AR_HAS_ONE_THROUGH(seventeenth, sixteenth, next);
