/* A list of labels. */
#include "schema/labels.h"

#include <stddef.h>

/* Compare a label with the one in the list that begins after this quote. Return the place after the closing quote, or
 * NULL if there is none. */
static const char *compare(const char *quote, const char *label, bool *is_same)
{
    const char *at = quote + 1;

    for (; *at != '\0' && (*at != '\'' || at[1] == '\''); at++) {
        at += *at == '\'';
        label = label != NULL && *label == *at ? label + 1 : NULL;
    }
    *is_same = label != NULL && *label == '\0';
    return *at == '\'' ? at + 1 : NULL;
}

bool ar_labels_have(const char *labels, const char *label)
{
    bool is_same = false;

    while (labels != NULL && *labels == '\'') {
        labels = compare(labels, label, &is_same);
        if (labels != NULL && is_same)
            return true;
        if (labels != NULL && *labels == ',')
            labels++;
    }
    return false;
}
