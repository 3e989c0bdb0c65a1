/* Recognizes statements of scripts that need special care. */
#ifndef AR_RECOGNIZE_H
#define AR_RECOGNIZE_H

#include "base/scan.h"

/* Return true if the statement begins or ends a transaction. `length` is without its semicolon. */
bool ar_recognize_transaction(enum script_language language, const char *statement, size_t length);

/* The names in a CREATE INDEX CONCURRENTLY, as they are written. */
struct concurrent_index {
    const char *name;
    size_t name_length;
    const char *schema;
    size_t schema_length; /* 0: it has none */
    const char *table;
    size_t table_length;
};

/* Return true if the statement is a CREATE INDEX CONCURRENTLY with a name. */
bool ar_recognize_concurrent_index(const char *statement, size_t length, struct concurrent_index *out);

#endif
