/* Notices with their subjects, as the hand-written sides store them: levels[0] are the notices, the other levels their
 * subjects of each kind; `parents` contains the index of each notice's subject in the level of its kind. */
#ifndef BENCH_NOTICED_H
#define BENCH_NOTICED_H

#include "blog.h"
#include "rows.h"

enum noticed_kind { NOTICED_USER = 1, NOTICED_POST, NOTICED_COMMENT, NOTICED_LEVELS };

/* The first letters of the types differ. */
static inline enum noticed_kind noticed_kind(const char *type)
{
    return *type == 'u' ? NOTICED_USER : *type == 'p' ? NOTICED_POST : NOTICED_COMMENT;
}

/* Find the subjects of all notices by their keys: set `subjects` to their indices. */
void noticed_find(const struct rows *levels, uint32_t *subjects);

/* Return the checksum of the notices with their subjects. */
uint64_t noticed_checksum(const struct rows *levels, const uint32_t *subjects);

#endif
