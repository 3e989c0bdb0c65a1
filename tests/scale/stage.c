/* The memory that the processes share, and how they wait for each other. */
#include "scale.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

uint64_t nanoseconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Return zeroed memory in a temporary file without a name. */
static struct stage *map_file(void)
{
    FILE *file = tmpfile();
    void *memory = MAP_FAILED;

    if (file != NULL && ftruncate(fileno(file), sizeof(struct stage)) == 0)
        memory = mmap(NULL, sizeof(struct stage), PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    if (file != NULL)
        (void)fclose(file);
    return memory != MAP_FAILED ? memory : NULL;
}

struct stage *stage_open(unsigned operations, bool has_failover)
{
    struct stage *stage = map_file();
    pthread_mutexattr_t mutex;
    pthread_condattr_t condition;

    if (stage == NULL)
        return NULL;
    (void)pthread_mutexattr_init(&mutex);
    (void)pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    (void)pthread_mutex_init(&stage->mutex, &mutex);
    (void)pthread_mutexattr_destroy(&mutex);
    (void)pthread_condattr_init(&condition);
    (void)pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    (void)pthread_condattr_setclock(&condition, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&stage->changed, &condition);
    (void)pthread_condattr_destroy(&condition);
    stage->operations = operations < MAX_OPERATIONS ? operations : MAX_OPERATIONS;
    stage->has_failover = has_failover;
    return stage;
}

void stage_close(struct stage *stage)
{
    (void)pthread_cond_destroy(&stage->changed);
    (void)pthread_mutex_destroy(&stage->mutex);
    (void)munmap(stage, sizeof *stage);
}

void stage_count(struct stage *stage, unsigned *number)
{
    (void)pthread_mutex_lock(&stage->mutex);
    ++*number;
    (void)pthread_cond_broadcast(&stage->changed);
    (void)pthread_mutex_unlock(&stage->mutex);
}

void stage_set_phase(struct stage *stage, enum phase phase)
{
    (void)pthread_mutex_lock(&stage->mutex);
    stage->phase = phase;
    stage->began[phase] = nanoseconds_now();
    (void)pthread_cond_broadcast(&stage->changed);
    (void)pthread_mutex_unlock(&stage->mutex);
}

/* Wait until the number, or without one the phase, is reached. */
static bool await(struct stage *stage, const unsigned *number, unsigned count)
{
    struct timespec deadline;
    int error = 0;

    (void)clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 120;
    (void)pthread_mutex_lock(&stage->mutex);
    while ((number != NULL ? *number : (unsigned)stage->phase) < count && error == 0)
        error = pthread_cond_timedwait(&stage->changed, &stage->mutex, &deadline);
    (void)pthread_mutex_unlock(&stage->mutex);
    return error == 0;
}

bool stage_await(struct stage *stage, const unsigned *number, unsigned count)
{
    return await(stage, number, count);
}

bool stage_await_phase(struct stage *stage, enum phase phase)
{
    return await(stage, NULL, phase);
}
