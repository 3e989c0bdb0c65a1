/* The kinds of hooks: when the runtime calls a function of the program, and with which parameters. */
#ifndef ARMATURE_PLUGIN_HOOK_KIND_H
#define ARMATURE_PLUGIN_HOOK_KIND_H

#include "attribute.h"

/* The parameters of a hook, besides the session. */
enum hook_signature {
    HOOK_CHANGES, /* a record that it may change; returns a status */
    HOOK_CHECKS,  /* a constant record; returns a status */
    HOOK_ENDS     /* a constant record, and what happened to it; returns nothing */
};

struct hook_kind {
    enum attribute_kind attribute;
    const char *event; /* in generated code: "AR_HOOK_BEFORE_INSERT" */
    enum hook_signature signature;
};

/* Return the kind that the attribute declares, or NULL if it declares no hook. */
const struct hook_kind *hook_kind_of(enum attribute_kind attribute);

#endif
