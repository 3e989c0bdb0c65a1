/* A story that uses the whole library, divided into repeatable steps. */
#ifndef FAULT_STORY_H
#define FAULT_STORY_H

#include "support.h"

#include "blog.ar.h"
#include "journal.ar.h"
#include "values.ar.h"

enum { POSTS = 3, ARTICLES = 30 };

/* The state of the story. */
struct story {
    const char *url;
    struct ar_db *db;
    struct ar_session *s;
    struct user ann, bob;
    struct post posts[POSTS];
};

/* A failed step asserts that it has changed nothing that it promises to preserve. It can then be repeated. */
struct step {
    const char *name;
    enum ar_status (*run)(struct story *story);
};

extern const struct step story_steps[];
extern const size_t story_step_count;

/* The steps that follow, in story_trips.c. */
extern const struct step story_trip_steps[];
extern const size_t story_trip_step_count;

/* User SQL, in story_statements.c. */
extern const struct step story_statement_steps[];
extern const size_t story_statement_step_count;

/* Those after them, in story_likes.c. */
extern const struct step story_like_steps[];
extern const size_t story_like_step_count;

/* And those in story_writes.c. */
extern const struct step story_write_steps[];
extern const size_t story_write_step_count;

/* Those of story_values.c. */
extern const struct step story_value_steps[];
extern const size_t story_value_step_count;

/* The steps after those, in story_journal.c. */
extern const struct step story_journal_steps[];
extern const size_t story_journal_step_count;

/* Then those in story_nodes.c. */
extern const struct step story_node_steps[];
extern const size_t story_node_step_count;

/* Then those in story_places.c. */
extern const struct step story_place_steps[];
extern const size_t story_place_step_count;

/* The last steps, in story_calendar.c. */
extern const struct step story_calendar_steps[];
extern const size_t story_calendar_step_count;

/* The calls of the hooks in journal.c. */
struct journal {
    int entries, lines; /* that were committed */
    int rolled_back;
};
extern struct journal journal;

/* Commit; if `status` is a failure, roll back, which must succeed. Return the status. */
enum ar_status story_end_transaction(struct story *story, enum ar_status status);

/* Check the final contents of the database. */
void story_check(struct story *story);

void story_close(struct story *story);

#endif
