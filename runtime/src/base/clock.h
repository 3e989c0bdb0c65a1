/* Clocks: monotonic time for durations, the current time for timestamps. */
#ifndef AR_CLOCK_H
#define AR_CLOCK_H

#include <stdint.h>
#include <time.h>

/* A monotonic clock in nanoseconds that the caller can replace. */
struct clock {
    uint64_t (*read)(void *payload);
    void *payload;
};

static inline uint64_t ar_clock_now(const struct clock *clock)
{
    return clock->read(clock->payload);
}

/* Read the system's monotonic clock, in nanoseconds. This is a `read` of struct clock. */
uint64_t ar_monotonic_clock(void *unused);

/* Read the system's monotonic clock, in microseconds. */
uint64_t ar_microseconds_now(void);

/* Return the time of CLOCK_MONOTONIC at which so many milliseconds will have passed. */
struct timespec ar_deadline_after(unsigned milliseconds);

/* Return the current time in whole microseconds, which every database can store. */
struct timespec ar_wall_clock(void);

/* Suspend the thread; a signal may end the pause early. */
void ar_pause(uint64_t microseconds);

#endif
