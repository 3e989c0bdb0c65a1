/* Relations of every kind between the same few models, over single, composite and other unique keys. */
#ifndef SCENARIO_KINDS_H
#define SCENARIO_KINDS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct person {
    int64_t     id      AR_PRIMARY_KEY;
    const char *email   AR_NOT_NULL AR_UNIQUE;
    int64_t     boss_id AR_NULLABLE;
    int64_t     rank;
} AR_TABLE(people)
  AR_BELONGS_TO(boss, boss_id, reports, .target = person)
  AR_HAS_MANY(reports, boss_id, boss, .target = person)
  AR_HAS_ONE(senior_report, boss_id, .target = person, .order = "rank DESC, id")
  AR_HAS_MANY(notes, author_id, author, .target = note)
  AR_HAS_MANY(open_notes, author_id, .target = note, .where = "NOT is_done", .order = "weight DESC, id")
  AR_HAS_ONE(heaviest_note, author_id, .target = note, .where = "weight > 1", .order = "weight DESC")
  AR_HAS_MANY(mails, sender_email, sender, .references = email, .target = mail)
  AR_HAS_MANY(tips, about, .target = tip)
  AR_HAS_ONE(last_tip, about, .target = tip, .order = "id DESC")
  AR_HAS_MANY(votes, choice, .target = vote)
  AR_HAS_ONE(last_mail, sender_email, .references = email, .target = mail, .order = "id DESC")
  AR_HAS_ONE_THROUGH(grand_boss, boss, boss)
  AR_HAS_ONE_THROUGH(boss_mail, boss, last_mail)
  AR_HAS_MANY_THROUGH(note_projects, notes, project)
  AR_HAS_ONE_THROUGH(heaviest_project, heaviest_note, project)
  AR_HAS_MANY_THROUGH(projects, notes, project, .distinct = true)
  AR_HAS_MANY_THROUGH(open_projects, open_notes, project, .distinct = true, .order = "number DESC")
  AR_MANY_TO_MANY(tasks, assignments, person_id, (org_id, number), people, .target = project)
  AR_MANY_TO_MANY(friends, friendships, person_id, friend_id, fans, .target = person, .order = "rank DESC")
  AR_MANY_TO_MANY(fans, friendships, friend_id, person_id, friends, .target = person, .where = "rank > 0");

/* Numbered per organisation. */
struct project {
    int64_t     org_id  AR_PRIMARY_KEY;
    int64_t     number  AR_PRIMARY_KEY;
    int64_t     lead_id AR_NULLABLE;
} AR_TABLE(projects)
  AR_BELONGS_TO(lead, lead_id, .target = person)
  AR_HAS_MANY(notes, (org_id, project_number), project, .target = note)
  AR_HAS_MANY(done_notes, (org_id, project_number), .target = note, .where = "is_done", .order = "weight, id DESC")
  AR_HAS_ONE(lightest_note, (org_id, project_number), .target = note, .order = "weight")
  AR_HAS_MANY_THROUGH(authors, notes, author, .distinct = true)
  AR_HAS_ONE_THROUGH(top_author, notes, author, .where = "rank > 0", .order = "rank DESC")
  AR_HAS_MANY_THROUGH(senior_authors, authors, friends, .distinct = true, .where = "rank > 1")
  AR_MANY_TO_MANY(people, assignments, (org_id, number), person_id, tasks, .target = person)
  AR_HAS_MANY_THROUGH(mails, people, mails, .distinct = true);

struct note {
    int64_t     id             AR_PRIMARY_KEY;
    int64_t     author_id      AR_NULLABLE;
    int64_t     org_id         AR_NULLABLE;
    int64_t     project_number AR_NULLABLE;
    int64_t     weight;
    bool        is_done;
    time_t      removed_at     AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(notes)
  AR_BELONGS_TO(author, author_id, notes, .target = person)
  AR_BELONGS_TO(senior_author, author_id, .target = person, .where = "rank > 1")
  AR_BELONGS_TO(project, (org_id, project_number), notes)
  AR_HAS_ONE_THROUGH(boss, author, boss)
  AR_HAS_MANY_THROUGH(siblings, project, notes);

struct mail {
    int64_t     id           AR_PRIMARY_KEY;
    const char *sender_email;
    time_t      deleted_at   AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(mails)
  AR_BELONGS_TO(sender, sender_email, mails, .target = person, .references = email)
  AR_HAS_ONE_THROUGH(boss, sender, boss)
  AR_HAS_MANY(tips, about, .target = tip);

/* About a person or a mail, by name. */
struct tip {
    int64_t     id         AR_PRIMARY_KEY;
    const char *about_type;
    int64_t     about_id   AR_NULLABLE;
} AR_TABLE(tips)
  AR_BELONGS_TO_ANY(about, about_type, about_id, person, mail);

/* For a person or a mail, by one of two foreign keys. */
struct vote {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     person_id AR_NULLABLE;
    int64_t     mail_id   AR_NULLABLE;
} AR_TABLE(votes)
  AR_BELONGS_TO(person, person_id)
  AR_BELONGS_TO(mail, mail_id)
  AR_BELONGS_TO_ONE_OF(choice, person, mail);

/* A pair of related rows, as plain SQL found it: the name of the relation, and the keys as strings. */
struct edge {
    int64_t     id       AR_PRIMARY_KEY;
    const char *relation;
    const char *owner;
    int64_t     position;
    const char *target;
} AR_TABLE(edges);

/* clang-format on */

#endif
