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
 * ends with the name '\0', each line of the template with a newline. */
void template_add(struct text *out, const char *source, const struct placeholder *placeholders);

/* The two forms of a template with functions. The generated header, which every file of a program reads, has the
 * prototypes; the generated source has the bodies. */
enum template_form {
    TEMPLATE_DECLARATIONS, /* the comments, macros and prototypes */
    TEMPLATE_DEFINITIONS,  /* the functions alone */
};

/* Expand one form of a template with functions. The prototype of a function is one line of the template, its body
 * begins with the line `{` and ends with the line `}`. */
void template_add_functions(struct text *out, enum template_form form, const char *source,
                            const struct placeholder *placeholders);

#endif
