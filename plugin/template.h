/* Generated C text from templates, broken into lines of 120 columns. */
#ifndef ARMATURE_PLUGIN_TEMPLATE_H
#define ARMATURE_PLUGIN_TEMPLATE_H

#include "output.h"

/* What stands for a placeholder: `@m` in a template is the value of the name 'm'. */
struct placeholder {
    char name;
    const char *value;
};

/* Adds the template's lines. A line of code that is too long is broken behind a comma, a comment at a space. The list
 * of placeholders ends with the name '\0'. */
void template_add(struct text *out, const char *source, const struct placeholder *placeholders);

#endif
