/* Many-to-many relations: of two models, of a model with itself, and with composite and text keys. */
#ifndef SKILLS_H
#define SKILLS_H

#include <armature/annotations.h>

#include <stdint.h>

/* clang-format off */

struct worker {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(workers)
  AR_MANY_TO_MANY(skills, worker_skills, worker_id, skill_id, workers)
  AR_MANY_TO_MANY(friends, friendships, worker_id, friend_id, admirers, .target = worker)
  AR_MANY_TO_MANY(admirers, friendships, friend_id, worker_id, friends, .target = worker)
  AR_HAS_MANY_THROUGH(friends_skills, friends, skills);

struct skill {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(skills)
  AR_MANY_TO_MANY(workers, worker_skills, skill_id, worker_id, skills);

/* Composite keys on one side, text on the other. */
struct document {
    int64_t tenant AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
    const char *title;
} AR_TABLE(documents)
  AR_MANY_TO_MANY(terms, document_terms, (tenant, document), term, documents)
  AR_HAS_MANY_THROUGH(related, terms, documents, .distinct = true);

struct term {
    const char *code AR_PRIMARY_KEY;
    const char *meaning;
} AR_TABLE(terms)
  AR_MANY_TO_MANY(documents, document_terms, term, (tenant, document), terms);

#endif
