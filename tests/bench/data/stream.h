/* What the streams do with a post and its user: little, so that their costs are those of reading. */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

#include "blog.h"

enum { STREAM_CHUNK = 1000 };

static inline uint64_t stream_sum(uint64_t sum, const struct post *post, const struct user *user)
{
    return sum * 31 + (uint64_t)(post->id + user->id) + (unsigned char)post->title[0] + (unsigned char)user->name[0];
}

#endif
