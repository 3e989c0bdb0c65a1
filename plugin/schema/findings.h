/* The differences between a database and the models, as diagnostics at the lines of the headers. */
#ifndef ARMATURE_PLUGIN_FINDINGS_H
#define ARMATURE_PLUGIN_FINDINGS_H

#include "compare.h"
#include "diagnostic_format.h"

/* The rules of the diagnostics. */
extern const struct diagnostic_rule finding_rule_list[];
extern const size_t finding_rule_count;

/* The location of diagnostics that are about nothing in a header: after all others. */
extern const struct location finding_nowhere;

/* Report the differences, of which `to` are the models. Errors are differences that let statements of the program fail
 * or behave in another way; warnings are missing indexes; notes are what only the database has, and what a program
 * without it does not notice. */
void findings_report(struct diagnostics *diagnostics, const struct difference_list *differences,
                     const struct schema *to);

/* Return the number of findings that are not notes. */
size_t findings_count(const struct diagnostics *findings);

#endif
