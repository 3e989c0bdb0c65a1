/* The labels of an enum type, as the catalog lists them: 'a','b''c'. */
#ifndef AR_SCHEMA_LABELS_H
#define AR_SCHEMA_LABELS_H

#include <stdbool.h>

/* Return true if the list contains the label. The list is the server's answer: it may be malformed, and then ends where
 * it is. */
bool ar_labels_have(const char *labels, const char *label);

#endif
