/* A natural merge sort. */
#include "base/merge_sort.h"

#include <string.h>

/* Return the end of the ascending run that begins at `from`. */
static size_t end_of_run(const struct keyed *items, size_t from, size_t count)
{
    while (from + 1 < count && items[from].key <= items[from + 1].key)
        from++;
    return from < count ? from + 1 : count;
}

/* Merge two neighbouring runs into another array. */
static void merge(const struct keyed *left, const struct keyed *right, const struct keyed *end, struct keyed *to)
{
    const struct keyed *middle = right;

    while (left < middle && right < end)
        *to++ = right->key < left->key ? *right++ : *left++;
    memcpy(to, left, (size_t)(middle - left) * sizeof *to);
    memcpy(to + (middle - left), right, (size_t)(end - right) * sizeof *to);
}

/* Merge each two neighbouring runs. Return the number of runs that remain. */
static size_t merge_runs(const struct keyed *from, size_t count, struct keyed *to)
{
    size_t runs = 0;

    for (size_t start = 0; start < count; runs++) {
        size_t middle = end_of_run(from, start, count), end = end_of_run(from, middle, count);
        merge(from + start, from + middle, from + end, to + start);
        start = end;
    }
    return runs;
}

void ar_merge_sort(struct keyed *items, size_t count, struct keyed *spare)
{
    struct keyed *from = items, *to = spare;
    size_t runs;

    if (end_of_run(items, 0, count) == count)
        return;
    do {
        struct keyed *merged = to;
        runs = merge_runs(from, count, to);
        to = from;
        from = merged;
    } while (runs > 1);
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}
