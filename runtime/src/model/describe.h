/* Values as people read them, in messages and explanations. */
#ifndef AR_DESCRIBE_H
#define AR_DESCRIBE_H

#include <armature/value.h>

/* Format values for a message: 7, or ("de", 7). Truncate what does not fit. */
void ar_describe_values(const struct ar_value *values, size_t count, char *out, size_t size);

#endif
