/* Detection of the misuse of databases, in builds without NDEBUG. */
#include "link/use.h"

#ifndef NDEBUG

void ar_db_use_open(struct db_use *use)
{
    (void)pthread_mutex_init(&use->mutex, NULL);
}

bool ar_db_use_close(struct db_use *use)
{
    bool is_unused;

    (void)pthread_mutex_lock(&use->mutex);
    use->is_closed = true;
    is_unused = use->session_count == 0;
    (void)pthread_mutex_unlock(&use->mutex);
    return is_unused;
}

bool ar_db_use_is_closed(struct db_use *use)
{
    bool closed;

    (void)pthread_mutex_lock(&use->mutex);
    closed = use->is_closed;
    (void)pthread_mutex_unlock(&use->mutex);
    return closed;
}

void ar_db_use_add_session(struct db_use *use)
{
    (void)pthread_mutex_lock(&use->mutex);
    use->session_count++;
    (void)pthread_mutex_unlock(&use->mutex);
}

bool ar_db_use_remove_session(struct db_use *use, struct ar_session *s, void (*free_session)(struct ar_session *s))
{
    struct ar_session *oldest;
    bool is_last;

    (void)pthread_mutex_lock(&use->mutex);
    use->free_session = free_session;
    oldest = use->closed[use->next];
    use->closed[use->next] = s;
    use->next = (use->next + 1) % AR_TOMBSTONES;
    is_last = --use->session_count == 0 && use->is_closed;
    (void)pthread_mutex_unlock(&use->mutex);
    if (oldest != NULL)
        free_session(oldest);
    return is_last;
}

void ar_db_use_free(struct db_use *use)
{
    for (size_t i = 0; i < AR_TOMBSTONES; i++)
        if (use->closed[i] != NULL)
            use->free_session(use->closed[i]);
    (void)pthread_mutex_destroy(&use->mutex);
}

#endif
