/* The edit distance between names; swapping two adjacent letters counts as one edit. */
#include "suggest.h"

#include <ctype.h>
#include <string.h>

enum { LENGTH_MAX = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char character)
{
    return tolower((unsigned char)character);
}

static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LENGTH_MAX + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replaced = above[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = smaller(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

void suggestion_offer(struct suggestion *suggestion, const char *name)
{
    size_t wanted_length = strlen(suggestion->wanted);
    size_t length = strlen(name);
    if (wanted_length > LENGTH_MAX || length > LENGTH_MAX || length == 0)
        return;
    size_t distance = edit_distance(suggestion->wanted, wanted_length, name, length);
    size_t allowed = smaller(wanted_length, length) / 3 + 1;
    if (distance > allowed || distance >= length)
        return;
    if (suggestion->name == NULL || distance < suggestion->distance) {
        suggestion->name = name;
        suggestion->distance = distance;
    }
}
