/* Fault injection: fail the n-th allocation of the runtime or of SQLite, the n-th call of the runtime into SQLite or
 * libpq, or the n-th file operation of SQLite. The linker redirects the calls (--wrap), and a VFS the file operations;
 * the runtime is unchanged. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>

enum fault_kind {
    FAULT_RUNTIME_MEMORY,
    FAULT_PIECE, /* allocation from an arena, see fault_piece.h */
    FAULT_SQLITE_MEMORY,
    FAULT_SQLITE_CALL,
    FAULT_LIBPQ_CALL, /* before anything is sent, so the server cannot have acted */
    FAULT_FILE,       /* open, read, write, sync, truncate, size, lock, shared memory of the WAL */
    FAULT_FULL_DISK   /* a write */
};

/* Route SQLite's allocations and file operations through these faults. Call this before anything else. */
void fault_initialize(void);
void fault_register_files(void);

/* Count one call of this kind. Return true if it must fail. */
bool fault_is_due(enum fault_kind kind);

/* Fail the n-th call of this kind from now on, counted from 1; with `lasting`, all later ones as well. */
void fault_arm(enum fault_kind kind, unsigned long number, bool lasting);

/* Stop failing. */
void fault_disarm(void);

/* Return true if a call has failed since fault_arm. */
bool fault_happened(void);

#endif
