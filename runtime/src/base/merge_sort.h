/* Sorting of items that mostly arrive in order, such as the rows of a table: a natural merge sort (Knuth, The Art of
 * Computer Programming, volume 3, section 5.2.4, algorithm N). Items in order are compared once, and r ascending runs
 * of n items take n·log2(r) comparisons. It is stable, and reads and writes memory in order. */
#ifndef AR_MERGE_SORT_H
#define AR_MERGE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* An item, and the number that it is sorted by. */
struct keyed {
    int64_t key;
    void *item;
};

/* Sort the items by ascending key. `spare` has room for as many. */
void ar_merge_sort(struct keyed *items, size_t count, struct keyed *spare);

#endif
