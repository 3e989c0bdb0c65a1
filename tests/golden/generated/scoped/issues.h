/* User SQL and views of a sharded table: `:scope`, which is not an argument, and `.all_shards`. */
#ifndef ISSUES_H
#define ISSUES_H
#include <armature/annotations.h>
#include <stdint.h>

struct issue {
    uint8_t tenant[16] AR_UUID AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t id         AR_PRIMARY_KEY;
    int32_t points;
} AR_TABLE(issues)
  AR_SQL(issues_above, (int32_t points), "SELECT * FROM issues WHERE tenant = :scope AND points > :points")
  AR_SQL(forget_issues, (), "DELETE FROM issues WHERE tenant = :scope")
  AR_SQL(forget_all, (), "DELETE FROM issues", .all_shards = "for tests");

struct points {
    int64_t points;
} AR_VIEW(points, "SELECT sum(points) AS points FROM issues", .all_shards = "for a report");
#endif
