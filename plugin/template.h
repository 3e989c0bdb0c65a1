/* C code from templates, with lines of at most 120 columns. */
#ifndef ARMATURE_PLUGIN_TEMPLATE_H
#define ARMATURE_PLUGIN_TEMPLATE_H

#include "output.h"

/* A placeholder: `@m` in a template is replaced by the value of the name 'm'. */
struct placeholder {
    char name;
    const char *value;
};

/* Expand the template. Code that is too long is broken after a comma, a comment at a space. The list of placeholders
 * ends with the name '\0'. */
void template_add(struct text *out, const char *source, const struct placeholder *placeholders);

#endif
