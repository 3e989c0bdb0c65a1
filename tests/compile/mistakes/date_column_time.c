/* A date compared with a time; dates and times compared with their own values. */
/* expect: incompatible|no matching function|could not convert|no viable conversion */
#include "times.ar.h"

enum ar_status use(struct ar_session *s, time_t moment, struct timespec exact, struct play_list *out);

enum ar_status use(struct ar_session *s, time_t moment, struct timespec exact, struct play_list *out)
{
    static const struct ar_date days[] = {{2024, 5, 1}, {2024, 5, 2}};
    static const struct ar_time_of_day times[] = {{20, 0, 0, 0}};
    struct play_query *q = play_query(s);
#ifdef MISTAKE
    play_where(q, ar_eq(play_column.day, moment));
#else
    play_where(q, ar_eq(play_column.day, days[0]));
    play_where(q, ar_between(play_column.starts, times[0], times[0]));
    play_where(q, ar_in(play_column.day, days, 2));
    play_where(q, ar_not_in(play_column.starts, times, 1));
    play_where(q, ar_in(play_column.sold, &moment, 1));
    play_where(q, ar_in(play_column.seen, &exact, 1));
    play_where(q, ar_le_column(play_column.day, play_column.moved));
    play_where(q, ar_lt_column(play_column.starts, play_column.ends));
#endif
    return play_all(q, out);
}
