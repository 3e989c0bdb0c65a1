/* The checksum of rows of user SQL, and the statements that the hand-written sides run. */
#ifndef BENCH_LINES_CHECKSUM_H
#define BENCH_LINES_CHECKSUM_H

#include "lines.h"

#define LINES_SELECT                                                                                                   \
    "SELECT posts.id, posts.title, users.name, posts.views, users.score, posts.created_at"                             \
    " FROM posts JOIN users ON users.id = posts.user_id WHERE posts.id <= "
#define LINES_ORDER " ORDER BY posts.views DESC, posts.id"

uint64_t checksum_line(uint64_t sum, const struct line *line);

#endif
