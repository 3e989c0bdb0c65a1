/* Lending the connection of a link to another one. */
#include "link/lend.h"

#include "link/connection.h"

/* Move the connection and what is open on it. */
static void move(struct link *from, struct link *to)
{
    to->connection = from->connection;
    to->lease = from->lease;
    to->transaction = from->transaction;
    to->has_snapshot = from->has_snapshot;
    to->traced_as = from->traced_as;
    from->connection = NULL;
    from->transaction = (struct transaction){.depth = 0};
    from->has_snapshot = false;
}

void ar_link_lend(struct link *link, struct link *borrower)
{
    borrower->options = link->options;
    borrower->options.snapshot = true;
    borrower->is_borrower = true;
    borrower->outer_depth = link->transaction.depth;
    (void)pthread_mutex_lock(&link->mutex);
    move(link, borrower);
    link->borrower = borrower;
    (void)pthread_mutex_unlock(&link->mutex);
}

bool ar_link_take_back(struct link *link, struct link *borrower)
{
    bool has_written = borrower->has_written || borrower->write_count > 0;

    if (!link->options.snapshot)
        ar_link_leave_snapshot(borrower);
    (void)pthread_mutex_lock(&link->mutex);
    (void)pthread_mutex_lock(&borrower->mutex);
    move(borrower, link);
    link->borrower = NULL;
    (void)pthread_mutex_unlock(&borrower->mutex);
    (void)pthread_mutex_unlock(&link->mutex);
    borrower->is_borrower = false;
    link->has_written |= borrower->has_written;
    link->write_count += borrower->write_count;
    borrower->has_written = false;
    return has_written;
}
