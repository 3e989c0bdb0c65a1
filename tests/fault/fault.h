/* Faults on purpose: the n-th allocation of the runtime, the n-th allocation of SQLite, or the n-th call that has
 * SQLite do something fails. The linker leads those calls here (--wrap); nothing in the runtime knows of it. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>

enum fault_kind { FAULT_RUNTIME_MEMORY, FAULT_SQLITE_MEMORY, FAULT_STATEMENT };

/* Has SQLite allocate through this file. To be called before anything else. */
void fault_initialize(void);

/* The n-th from now on fails, counted from 1; with `lasting` all behind it fail as well. */
void fault_arm(enum fault_kind kind, unsigned long number, bool lasting);

/* Nothing fails any more. */
void fault_disarm(void);

/* Whether something failed since fault_arm. */
bool fault_happened(void);

#endif
