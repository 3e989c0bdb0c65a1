/* Faults on purpose: the n-th allocation of the runtime or of SQLite, the n-th call of the runtime into SQLite or libpq,
 * or the n-th operation of SQLite on a file fails. The linker leads the calls here (--wrap), and a VFS the operations;
 * nothing in the runtime knows of it. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>

enum fault_kind {
    FAULT_RUNTIME_MEMORY,
    FAULT_PIECE, /* of an arena: fault_piece.h */
    FAULT_SQLITE_MEMORY,
    FAULT_SQLITE_CALL,
    FAULT_LIBPQ_CALL, /* before anything is sent: whether the server acted is never in doubt */
    FAULT_FILE,       /* open, read, write, sync, truncate, size, lock, shared memory of the WAL */
    FAULT_FULL_DISK   /* a write */
};

/* Make SQLite allocate, and operate on files, through these faults. To be called before anything else. */
void fault_initialize(void);
void fault_register_files(void);

/* Count one call of this kind. Return true if it must fail. */
bool fault_is_due(enum fault_kind kind);

/* The n-th from now on fails, counted from 1; with `lasting` all behind it fail as well. */
void fault_arm(enum fault_kind kind, unsigned long number, bool lasting);

/* Nothing fails any more. */
void fault_disarm(void);

/* Whether something failed since fault_arm. */
bool fault_happened(void);

#endif
