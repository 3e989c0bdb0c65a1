/* The table of hook kinds. */
#include "hook_kind.h"

#include <stddef.h>

#define KIND(name, signature)                                                                                          \
    {                                                                                                                  \
        ATTRIBUTE_##name, "AR_HOOK_" #name, signature                                                                  \
    }

static const struct hook_kind kinds[] = {
    KIND(BEFORE_INSERT, HOOK_CHANGES), KIND(AFTER_INSERT, HOOK_CHANGES),  KIND(BEFORE_UPDATE, HOOK_CHANGES),
    KIND(AFTER_UPDATE, HOOK_CHANGES),  KIND(BEFORE_DELETE, HOOK_CHANGES), KIND(AFTER_DELETE, HOOK_CHANGES),
    KIND(VALIDATE, HOOK_CHECKS),       KIND(AFTER_COMMIT, HOOK_ENDS),     KIND(AFTER_ROLLBACK, HOOK_ENDS),
};

const struct hook_kind *hook_kind_of(enum attribute_kind attribute)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].attribute == attribute)
            return &kinds[i];
    return NULL;
}
