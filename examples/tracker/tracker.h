/* The models of an issue tracker: organisations with members and projects, issues in trees, labels, and comments on
 * issues and projects. */
#ifndef TRACKER_H
#define TRACKER_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum role { GUEST, DEVELOPER, MAINTAINER };
enum state { OPEN, IN_PROGRESS, CLOSED };

/* A project cannot be lost with its organisation: it must be deleted first. */
struct organisation {
    int64_t id             AR_PRIMARY_KEY;
    const char *name       AR_NOT_NULL AR_UNIQUE AR_LENGTH(1, 100);
    int32_t projects_count;
} AR_TABLE(organisations)
  AR_HAS_MANY(projects, organisation_id, organisation, .dependent = restrict, .order = "name")
  AR_HAS_MANY(members, organisation_id, organisation, .dependent = delete)
  AR_HAS_MANY_THROUGH(people, members, person);

struct person {
    int64_t id             AR_PRIMARY_KEY;
    const char *email      AR_NOT_NULL AR_EMAIL AR_UNIQUE;
    const char *name       AR_NOT_NULL AR_LENGTH(1, 80);
    time_t created_at      AR_CREATED_AT;
} AR_TABLE(people)
  AR_HAS_MANY(memberships, person_id, person, .target = member, .dependent = delete)
  AR_HAS_MANY(assigned, assignee_id, assignee, .target = issue, .dependent = nullify)
  AR_HAS_MANY(urgent, assignee_id, .target = issue, .where = "priority <= 1 AND state <> 'CLOSED'",
              .order = "priority, id");

/* Who belongs to an organisation, and as what. */
struct member {
    int64_t organisation_id AR_PRIMARY_KEY;
    int64_t person_id       AR_PRIMARY_KEY;
    enum role role          AR_ENUM_TEXT;
    time_t joined_at        AR_CREATED_AT;
} AR_TABLE(members)
  AR_BELONGS_TO(organisation, organisation_id, members, .on_delete = cascade)
  AR_BELONGS_TO(person, person_id, memberships, .on_delete = cascade);

struct project {
    int64_t id              AR_PRIMARY_KEY;
    int64_t organisation_id;
    const char *name        AR_NOT_NULL AR_LENGTH(1, 80);
    int32_t issues_count;
    time_t updated_at       AR_UPDATED_AT;
    time_t deleted_at       AR_DELETED_AT AR_NULLABLE;
} AR_TABLE(projects)
  AR_UNIQUE_KEY(organisation_id, name)
  AR_BELONGS_TO(organisation, organisation_id, projects, .counter = projects_count)
  AR_HAS_MANY(issues, project_id, project, .dependent = destroy)
  AR_HAS_MANY(labels, project_id, project, .order = "name")
  AR_HAS_MANY(comments, subject, .target = comment);

/* A deleted issue stays in its table, as its project does, and can be restored. */
struct issue {
    int64_t id              AR_PRIMARY_KEY;
    int64_t project_id;
    int64_t parent_id       AR_NULLABLE;
    int64_t assignee_id     AR_NULLABLE;
    const char *title       AR_NOT_NULL AR_LENGTH(3, 200);
    enum state state        AR_ENUM_TEXT;
    int32_t priority        AR_RANGE(0, 3);
    time_t closed_at        AR_NULLABLE;
    time_t created_at       AR_CREATED_AT;
    time_t deleted_at       AR_DELETED_AT AR_NULLABLE;
    int32_t version         AR_VERSION;
} AR_TABLE(issues)
  AR_BELONGS_TO(project, project_id, issues, .counter = issues_count, .touch = true)
  AR_BELONGS_TO(assignee, assignee_id, assigned, .target = person)
  AR_BELONGS_TO(parent, parent_id, children, .target = issue)
  AR_HAS_MANY(children, parent_id, parent, .target = issue, .dependent = destroy)
  AR_MANY_TO_MANY(labels, issue_labels, issue_id, label_id, issues, .target = label)
  AR_HAS_MANY(comments, subject, .target = comment, .order = "id")
  AR_HAS_ONE(latest_comment, subject, .target = comment, .order = "id DESC")
  AR_VALIDATE(check_issue)
  AR_BEFORE_UPDATE(note_closing)
  AR_AFTER_COMMIT(announce_issue);

struct label {
    int64_t id              AR_PRIMARY_KEY;
    int64_t project_id;
    const char *name        AR_NOT_NULL AR_LENGTH(1, 30);
} AR_TABLE(labels)
  AR_UNIQUE_KEY(project_id, name)
  AR_BELONGS_TO(project, project_id, labels)
  AR_MANY_TO_MANY(issues, issue_labels, label_id, issue_id, labels, .target = issue);

/* A comment is on an issue or on a project. The blog, which may be in the same database, has the table `comments`. */
struct comment {
    int64_t id              AR_PRIMARY_KEY;
    const char *subject_type AR_NOT_NULL;
    int64_t subject_id;
    int64_t author_id;
    const char *body        AR_NOT_NULL AR_LENGTH(1, 10000);
} AR_TABLE(tracker_comments)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, issue, project)
  AR_BELONGS_TO(author, author_id, .target = person);

#endif
