/* Diagnostics as text for people, as JSON for programs, and as SARIF 2.1.0 for code scanning.
 *
 * The JSON is documented in docs/schema.md; its "format" changes if a reader would have to change. SARIF is what
 * GitHub requires: rules with descriptions, and a location for each result. */
#ifndef ARMATURE_PLUGIN_DIAGNOSTIC_FORMAT_H
#define ARMATURE_PLUGIN_DIAGNOSTIC_FORMAT_H

#include "diagnostic.h"
#include "output.h"

enum diagnostic_format { DIAGNOSTIC_TEXT, DIAGNOSTIC_JSON, DIAGNOSTIC_SARIF };

/* What a command can report. */
struct diagnostic_rule {
    const char *id;      /* "missing-column" */
    const char *summary; /* a sentence */
};

struct diagnostic_output {
    enum diagnostic_format format;
    const struct diagnostic_rule *rules; /* of the command; only SARIF lists them */
    size_t rule_count;
    const char *file; /* of results without a location in SARIF, which requires one: at line 1 */
};

/* Set *format by its name: "text", "json" or "sarif". Return false if there is none. */
bool diagnostic_find_format(const char *name, enum diagnostic_format *format);

/* Sort the diagnostics and add them to the text. Without diagnostics, the text is empty, and JSON and SARIF are
 * complete. */
void diagnostic_write(struct text *out, struct diagnostics *diagnostics, const struct diagnostic_output *output);

#endif
