/* Relations with `.where` and `.order`, over single and composite keys. */
#ifndef SCOPES_SCOPE_H
#define SCOPES_SCOPE_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */

struct writer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    bool is_active;
} AR_TABLE(writers)
  AR_HAS_MANY(articles, writer_id, writer, .target = article)
  AR_HAS_MANY(published, writer_id, .target = article, .where = "Status = 'published'",
              .order = "published_at DESC, id")
  AR_HAS_ONE(latest, writer_id, .target = article, .order = "published_at DESC")
  AR_HAS_ONE(best, writer_id, .target = article, .where = "status = 'published' AND articles.views >= 10",
             .order = "views DESC", .cache = { .max_size = 2 });

struct article {
    int64_t id AR_PRIMARY_KEY;
    int64_t writer_id AR_NULLABLE;
    const char *title;
    const char *status;
    int64_t views;
    int64_t published_at AR_NULLABLE;
} AR_TABLE(articles)
  AR_BELONGS_TO(writer, writer_id, articles)
  AR_BELONGS_TO(active_writer, writer_id, .target = writer, .where = "is_active")
  AR_HAS_MANY(remarks, article_id, article, .target = remark, .order = "votes DESC")
  AR_HAS_ONE(top_remark, article_id, .target = remark, .order = "votes DESC");

struct remark {
    int64_t id AR_PRIMARY_KEY;
    int64_t article_id;
    int64_t votes;
} AR_TABLE(remarks)
  AR_BELONGS_TO(article, article_id, remarks);

/* Composite keys, and a column whose name must be quoted. */
struct room {
    int64_t house_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY;
} AR_TABLE(rooms)
  AR_HAS_MANY(open_tasks, (house_id, room_number), .target = task, .where = "NOT done", .order = "\"Due Day\"")
  AR_HAS_ONE(next_task, (house_id, room_number), .target = task, .where = "NOT done", .order = "\"Due Day\"");

struct task {
    int64_t id AR_PRIMARY_KEY;
    int64_t house_id;
    int64_t room_number;
    bool done;
    int32_t due AR_COLUMN("Due Day");
} AR_TABLE(tasks)
  AR_BELONGS_TO(room, (house_id, room_number));

#endif
