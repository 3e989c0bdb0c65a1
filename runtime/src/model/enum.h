/* Lookup of enum constants by value and by name. */
#ifndef AR_ENUM_H
#define AR_ENUM_H

#include <armature/model.h>

/* Return the constant with this name, which need not be terminated; NULL if there is none. */
const struct ar_enum_name *ar_enum_find(const struct ar_column *column, const char *name, size_t size);

#endif
