/* The beginning and the end of a store. */
#ifndef AR_STORE_OPEN_H
#define AR_STORE_OPEN_H

#include "store/store.h"

/* Bytes of caller-owned memory that ar_store_open takes, aligned for any type. */
enum {
    AR_STORE_PERMANENT = 4096,
    AR_STORE_OBJECTS = 4096,
    AR_STORE_TEXT = 2048,
    AR_STORE_SCRATCH = 4096,
    AR_STORE_MEMORY = AR_STORE_PERMANENT + AR_STORE_OBJECTS + AR_STORE_TEXT + AR_STORE_SCRATCH
};

/* Open a store that is zero up to `failure`. It uses `memory` first, so that a small request allocates nothing. */
void ar_store_open(struct store *store, const struct store_options *options, char *memory);

/* Forget all records, cached relations and transactions; much of the memory is kept. */
void ar_store_clear(struct store *store);

/* Return the memory of the store in bytes. */
size_t ar_store_size(const struct store *store);

void ar_store_free(struct store *store);

#endif
