/* "Did you mean": the most similar of several names. */
#ifndef ARMATURE_PLUGIN_SUGGEST_H
#define ARMATURE_PLUGIN_SUGGEST_H

#include <stddef.h>

/* The most similar of the names offered so far. Initialize it with `wanted` only. */
struct suggestion {
    const char *wanted;
    const char *name; /* NULL if none is similar enough */
    size_t distance;
};

/* Make the name the suggestion if it is more similar than the one before. */
void suggestion_offer(struct suggestion *suggestion, const char *name);

#endif
