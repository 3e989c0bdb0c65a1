/* A story of everything that a program does with the library, cut into steps that can be told again. */
#ifndef FAULT_STORY_H
#define FAULT_STORY_H

#include "support.h"

#include "blog.ar.h"

enum { POSTS = 3, ARTICLES = 30 };

/* The program of the story. */
struct story {
    const char *url;
    struct ar_db *db;
    struct ar_session *s;
    struct user ann, bob;
    struct post posts[POSTS];
};

/* A step that failed has changed nothing that it promises to leave, and has checked that itself; it can be told
 * again. */
struct step {
    const char *name;
    enum ar_status (*tell)(struct story *story);
};

extern const struct step story_steps[];
extern const size_t story_step_count;

/* The steps after them, in story_trips.c. */
extern const struct step story_trip_steps[];
extern const size_t story_trip_step_count;

/* Commit, or roll back after a failure inside, which must succeed. Return the status of the failure. */
enum ar_status story_end_transaction(struct story *story, enum ar_status status);

/* What the database holds in the end. */
void story_check(struct story *story);

void story_close(struct story *story);

#endif
