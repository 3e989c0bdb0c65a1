/* The number of connections that several databases may have together. */
#include "link/budget.h"

#include "base/clock.h"

#include <errno.h>

void ar_budget_open(struct budget *budget, unsigned max)
{
    pthread_condattr_t attributes;

    *budget = (struct budget){.max = max};
    (void)pthread_mutex_init(&budget->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&budget->given_back, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

void ar_budget_close(struct budget *budget)
{
    (void)pthread_cond_destroy(&budget->given_back);
    (void)pthread_mutex_destroy(&budget->mutex);
}

/* Wait until a connection is given back, or has become idle, so that it can be closed. */
static bool wait_for_one(struct budget *budget, const struct timespec *deadline)
{
    bool is_late = false;

    (void)pthread_mutex_lock(&budget->mutex);
    if (budget->count >= budget->max)
        is_late = pthread_cond_timedwait(&budget->given_back, &budget->mutex, deadline) == ETIMEDOUT;
    (void)pthread_mutex_unlock(&budget->mutex);
    return !is_late;
}

static bool try_take(struct budget *budget)
{
    bool is_taken;

    (void)pthread_mutex_lock(&budget->mutex);
    is_taken = budget->count < budget->max;
    budget->count += is_taken ? 1 : 0;
    (void)pthread_mutex_unlock(&budget->mutex);
    return is_taken;
}

bool ar_budget_take(struct budget *budget, unsigned wait_ms)
{
    struct timespec deadline;
    bool is_taken = try_take(budget), is_late = false;

    if (is_taken)
        return true;
    deadline = ar_deadline_after(wait_ms);
    /* From now on, connections that become idle are closed, so that none is missed between make_room and the wait. */
    (void)atomic_fetch_add(&budget->waiting, 1);
    while (!is_taken && !is_late) {
        if (!budget->make_room(budget->payload))
            is_late = !wait_for_one(budget, &deadline);
        is_taken = try_take(budget);
    }
    (void)atomic_fetch_sub(&budget->waiting, 1);
    return is_taken;
}

void ar_budget_give_back(struct budget *budget)
{
    (void)pthread_mutex_lock(&budget->mutex);
    budget->count--;
    (void)pthread_cond_signal(&budget->given_back);
    (void)pthread_mutex_unlock(&budget->mutex);
}
