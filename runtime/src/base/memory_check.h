/* Annotations of arena memory for AddressSanitizer and valgrind: they report the use of a record or string after its
 * session was cleared, which would otherwise read another row. Without either tool they cost nothing: the valgrind
 * requests are compiled only without NDEBUG. */
#ifndef AR_MEMORY_CHECK_H
#define AR_MEMORY_CHECK_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AR_HAS_ASAN
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define AR_HAS_ASAN
#endif
#if defined(__has_include) && !defined(NDEBUG) && !defined(AR_HAS_ASAN)
#if __has_include(<valgrind/memcheck.h>)
#define AR_HAS_VALGRIND
#endif
#endif

#if defined(AR_HAS_ASAN)
#include <sanitizer/asan_interface.h>

#define AR_MEMORY_POOL(block, start, size) ASAN_POISON_MEMORY_REGION(start, size)
#define AR_MEMORY_GIVEN(block, start, size) ASAN_UNPOISON_MEMORY_REGION(start, size)
#define AR_MEMORY_TAKEN_FROM(block, first, start, size) ASAN_POISON_MEMORY_REGION(start, size)
#define AR_MEMORY_POOL_END(block) ((void)0)
#define AR_MEMORY_HIDE(start, size) ASAN_POISON_MEMORY_REGION(start, size)
#define AR_MEMORY_SHOW(start, size) ASAN_UNPOISON_MEMORY_REGION(start, size)

#elif defined(AR_HAS_VALGRIND)
#include <valgrind/memcheck.h>

/* A block of an arena is a pool; its pieces are allocations of the pool. */
#define AR_MEMORY_POOL(block, start, size)                                                                             \
    do {                                                                                                               \
        (void)VALGRIND_MAKE_MEM_NOACCESS(start, size);                                                                 \
        VALGRIND_CREATE_MEMPOOL(block, 0, 0);                                                                          \
    } while (0)
#define AR_MEMORY_GIVEN(block, start, size) VALGRIND_MEMPOOL_ALLOC(block, start, size)
#define AR_MEMORY_TAKEN_FROM(block, first, start, size)                                                                \
    do {                                                                                                               \
        VALGRIND_MEMPOOL_TRIM(block, first, (size_t)((char *)(start) - (char *)(first)));                              \
        (void)VALGRIND_MAKE_MEM_NOACCESS(start, size);                                                                 \
    } while (0)
#define AR_MEMORY_POOL_END(block) VALGRIND_DESTROY_MEMPOOL(block)
#define AR_MEMORY_HIDE(start, size) (void)VALGRIND_MAKE_MEM_NOACCESS(start, size)
#define AR_MEMORY_SHOW(start, size) (void)VALGRIND_MAKE_MEM_DEFINED(start, size)

#else

/* Note that `size` bytes of the block from `start` hold pieces; none is allocated yet. */
#define AR_MEMORY_POOL(block, start, size) ((void)0)
/* Note that a piece is allocated. */
#define AR_MEMORY_GIVEN(block, start, size) ((void)0)
/* Note that `size` bytes from `start` are free again; allocated pieces of the block are between `first` and `start`. */
#define AR_MEMORY_TAKEN_FROM(block, first, start, size) ((void)0)
/* Note that the block is about to be freed. */
#define AR_MEMORY_POOL_END(block) ((void)0)
/* Note that the program must not access these bytes of a piece, or that it may again. */
#define AR_MEMORY_HIDE(start, size) ((void)0)
#define AR_MEMORY_SHOW(start, size) ((void)0)

#endif
#endif
