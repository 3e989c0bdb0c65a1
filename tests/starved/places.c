/* A hash set of places in a shared file. Addresses are relative to the library, which each process loads elsewhere. */
#include "places.h"

#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    PLACES = 1 << 18, /* more than are ever reached; then none is new */
    PROBES = 64,
    FRAMES = 24, /* that are looked at */
    DEPTH = 8    /* of the library, the first of which are of this folder */
};

/* The start and the end of the library, defined by the linker. */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));

static _Atomic uint64_t *places;

bool places_open(const char *file)
{
    void *frame;
    int descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return false;
    void *map = MAP_FAILED;
    if (ftruncate(descriptor, PLACES * sizeof *places) == 0)
        map = mmap(NULL, PLACES * sizeof *places, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    (void)close(descriptor);
    if (map == MAP_FAILED)
        return false;
    (void)backtrace(&frame, 1); /* the first call allocates memory */
    places = map;
    return true;
}

/* Return a hash of the innermost addresses in the library; never 0. */
static uint64_t hash_of_place(void)
{
    void *frames[FRAMES];
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a over whole addresses */
    int count = backtrace(frames, FRAMES);
    for (int i = 0, depth = 0; i < count && depth < DEPTH; i++) {
        const char *address = frames[i];
        if (address < __ehdr_start || address >= _end)
            continue;
        hash = (hash ^ (uint64_t)(address - __ehdr_start)) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
        depth++;
    }
    return hash | 1;
}

bool places_is_new(void)
{
    uint64_t place = hash_of_place();
    for (uint64_t probe = 0; probe < PROBES; probe++) {
        uint64_t found = 0;
        if (atomic_compare_exchange_strong(&places[((place >> 20) + probe) % PLACES], &found, place))
            return true;
        if (found == place)
            return false;
    }
    return false;
}
