/* The fault counter, and faulty allocations: calls are forwarded until one must fail. Other faulty calls are in
 * fault_calls.c, faulty files in fault_file.c. */
#include "fault.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>

static struct {
    enum fault_kind kind;
    unsigned long countdown; /* 0: not armed */
    bool lasting;
    bool happened;
} fault;

static sqlite3_mem_methods sqlite_memory;

void fault_arm(enum fault_kind kind, unsigned long number, bool lasting)
{
    fault.kind = kind;
    fault.countdown = number;
    fault.lasting = lasting;
    fault.happened = false;
}

void fault_disarm(void)
{
    fault.countdown = 0;
}

bool fault_happened(void)
{
    return fault.happened;
}

bool fault_is_due(enum fault_kind kind)
{
    if (fault.countdown == 0 || fault.kind != kind)
        return false;
    if (fault.countdown > 1) {
        fault.countdown--;
        return false;
    }
    fault.happened = true;
    fault.countdown = fault.lasting ? 1 : 0;
    return true;
}

/* ---- Memory of the runtime --------------------------------------------------------------------------------------- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return fault_is_due(FAULT_RUNTIME_MEMORY) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fault_is_due(FAULT_RUNTIME_MEMORY) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fault_is_due(FAULT_RUNTIME_MEMORY) ? NULL : __real_realloc(memory, size);
}

/* ---- Memory of SQLite -------------------------------------------------------------------------------------------- */

static void *allocate(int size)
{
    return fault_is_due(FAULT_SQLITE_MEMORY) ? NULL : sqlite_memory.xMalloc(size);
}

static void *reallocate(void *memory, int size)
{
    return fault_is_due(FAULT_SQLITE_MEMORY) ? NULL : sqlite_memory.xRealloc(memory, size);
}

void fault_initialize(void)
{
    sqlite3_mem_methods methods;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory) != SQLITE_OK)
        abort();
    methods = sqlite_memory;
    methods.xMalloc = allocate;
    methods.xRealloc = reallocate;
    /* Disable SQLite's lookaside memory, so that every allocation can fail. */
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        abort();
}
