/* The number of connections that several databases may have together. */
#ifndef AR_BUDGET_H
#define AR_BUDGET_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct budget {
    unsigned max;
    /* Closes an idle connection, and gives it back; returns false if there is none. Set before the first
     * connection is taken. */
    bool (*make_room)(void *payload);
    void *payload;
    atomic_uint waiting;   /* callers that wait for a connection */
    pthread_mutex_t mutex; /* guards `count` */
    pthread_cond_t given_back;
    unsigned count;
};

void ar_budget_open(struct budget *budget, unsigned max);
void ar_budget_close(struct budget *budget);

/* Take the right to one connection. Return false if there was none in time. Do not hold the mutex of a pool. */
bool ar_budget_take(struct budget *budget, unsigned wait_ms);

void ar_budget_give_back(struct budget *budget);

/* Return true if a caller waits, so that a connection should be closed rather than kept. */
static inline bool ar_budget_is_wanted(struct budget *budget)
{
    return atomic_load_explicit(&budget->waiting, memory_order_relaxed) > 0;
}

#endif
