/* A table that parent and child could both write. */
#ifndef REGRESSION_FORKED_CLOSE_H
#define REGRESSION_FORKED_CLOSE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct job {
    int64_t     id    AR_PRIMARY_KEY;
    const char *state;
} AR_TABLE(jobs)
  AR_AFTER_COMMIT(note_commit)
  AR_AFTER_ROLLBACK(note_rollback);

/* clang-format on */

#endif
