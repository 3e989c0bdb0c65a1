/* Posts with their tags, as the hand-written sides store them: each tag once, and for each post a list of its tags and
 * of the taggings that lead to them, sorted by both keys. */
#ifndef BENCH_TAGGED_H
#define BENCH_TAGGED_H

#include "blog.h"
#include "data.h"
#include "rows.h"

#include <stdbool.h>

enum { TAGGED_ROWS_MAX = TAGGED_POSTS * 10, TAG_SLOTS = 1024 };

/* A row of a list. */
struct tagged_row {
    struct tag *tag;
    struct tagging *tagging;
};

struct tagged {
    struct tag tags[TAG_COUNT];
    size_t tag_count;
    struct tag *slots[TAG_SLOTS]; /* a hash table of the tags */
    struct tagging taggings[TAGGED_ROWS_MAX];
    struct tagged_row rows[TAGGED_ROWS_MAX];
    size_t starts[TAGGED_POSTS + 1]; /* of each post's list in `rows` */
    size_t count;
};

void tagged_reset(struct tagged *tagged);

/* Return the tag with this key. If it is new, its other members must be set. */
struct tag *tagged_find(struct tagged *tagged, int64_t id, bool *is_new);

/* Sort a list. */
void tagged_sort(struct tagged_row *rows, size_t count);

/* Return the checksum of the posts with their lists. */
uint64_t tagged_checksum(const struct tagged *tagged, const struct rows *posts, bool has_taggings);

#endif
