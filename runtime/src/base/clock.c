/* Clocks of the system. */
#include "base/clock.h"

uint64_t ar_monotonic_clock(void *unused)
{
    struct timespec now;

    (void)unused;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t ar_microseconds_now(void)
{
    return ar_monotonic_clock(NULL) / 1000;
}

struct timespec ar_deadline_after(unsigned milliseconds)
{
    struct timespec deadline;

    (void)clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += milliseconds / 1000;
    deadline.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec++;
        deadline.tv_nsec -= 1000000000;
    }
    return deadline;
}

struct timespec ar_wall_clock(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    now.tv_nsec -= now.tv_nsec % 1000;
    return now;
}

void ar_pause(uint64_t microseconds)
{
    const struct timespec pause = {.tv_sec = (time_t)(microseconds / 1000000),
                                   .tv_nsec = (long)(microseconds % 1000000) * 1000};

    (void)nanosleep(&pause, NULL);
}
