/* What the hook of recipes has noted. */
#ifndef VALUES_HOOKS_H
#define VALUES_HOOKS_H

#include "arrays.ar.h"

struct noted_recipe {
    char tags[200];  /* each followed by a space */
    int64_t minutes; /* their sum */
};

extern struct noted_recipe noted;

#endif
