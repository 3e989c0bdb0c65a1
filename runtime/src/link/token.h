/* The content of struct ar_position. */
#ifndef AR_TOKEN_H
#define AR_TOKEN_H

#include <armature/position.h>

#include <stddef.h>

/* A WAL position in one database. The databases of a token are different, and the unused ones are last. */
struct place {
    uint64_t system; /* identifies the cluster; 0: unused */
    uint64_t wal;
    uint32_t timeline; /* on which it is; 0: unknown */
};

struct place ar_token_get(const struct ar_position *token, size_t i);

/* Return a token with one place. */
struct ar_position ar_token_of(const struct place *place);

/* Find the place in this system. Return false if there is none. */
bool ar_token_find(const struct ar_position *token, uint64_t system, struct place *out);

#endif
