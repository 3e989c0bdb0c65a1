/* Posts with their tags, as the hand-written sides store them. */
#include "tagged.h"

#include "checksum.h"

#include <string.h>

void tagged_reset(struct tagged *tagged)
{
    tagged->tag_count = tagged->count = 0;
    memset(tagged->slots, 0, sizeof tagged->slots);
}

struct tag *tagged_find(struct tagged *tagged, int64_t id, bool *is_new)
{
    size_t slot = key_hash(id) % TAG_SLOTS;
    while (tagged->slots[slot] != NULL && tagged->slots[slot]->id != id)
        slot = (slot + 1) % TAG_SLOTS;
    *is_new = tagged->slots[slot] == NULL;
    if (*is_new) {
        tagged->slots[slot] = &tagged->tags[tagged->tag_count++];
        tagged->slots[slot]->id = id;
    }
    return tagged->slots[slot];
}

static bool precedes(const struct tagged_row *a, const struct tagged_row *b)
{
    if (a->tag->id != b->tag->id)
        return a->tag->id < b->tag->id;
    return a->tagging != NULL && a->tagging->id < b->tagging->id;
}

void tagged_sort(struct tagged_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct tagged_row moved = rows[i];
        size_t place = i;
        for (; place > 0 && precedes(&moved, &rows[place - 1]); place--)
            rows[place] = rows[place - 1];
        rows[place] = moved;
    }
}

uint64_t tagged_checksum(const struct tagged *tagged, const struct rows *posts, bool has_taggings)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < posts->count; i++) {
        sum = checksum_post(sum, &((const struct post *)posts->items)[i]);
        for (size_t j = tagged->starts[i]; j < tagged->starts[i + 1]; j++) {
            sum = checksum_tag(sum, tagged->rows[j].tag);
            if (has_taggings)
                sum = checksum_tagging(sum, tagged->rows[j].tagging);
        }
    }
    return sum;
}
