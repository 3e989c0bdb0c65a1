/* "Did you mean": the nearest of several names. */
#ifndef ARMATURE_PLUGIN_SUGGEST_H
#define ARMATURE_PLUGIN_SUGGEST_H

#include <stddef.h>

/* The best of the names offered so far; begins as {wanted}. */
struct suggestion {
    const char *wanted;
    const char *name; /* NULL where none is near enough */
    size_t distance;
};

void suggestion_offer(struct suggestion *suggestion, const char *name);

#endif
