/* Allocations of the runtime and of SQLite: they are made until one must fail. */
#include "fault.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>

static sqlite3_mem_methods sqlite_memory;

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
