/* The models of a program whose first version had no `stars`. */
#ifndef EMBEDDED_NOTE_H
#define EMBEDDED_NOTE_H

#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t stars AR_DEFAULT("3");
} AR_TABLE(notes);

#endif
