/* User SQL and views of sharded tables that are not limited to a tenant. */
#include <armature/annotations.h>
#include <stdint.h>

struct issue {
    int64_t     tenant_id AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id        AR_PRIMARY_KEY;
    const char *title     AR_NOT_NULL;
} AR_TABLE(issues)
  AR_SQL(fine, (), "SELECT * FROM issues WHERE tenant_id = :scope")
  AR_SQL(reported, (), "SELECT * FROM issues", .all_shards = "for a report")
  AR_SQL(careless, (), "SELECT * FROM issues")
  AR_SQL(quoted, (), "DELETE FROM \"issues\"")
  AR_SQL(in_string, (), "SELECT * FROM issues WHERE title <> ':scope'")
  AR_SQL(nested, (int64_t id), "DELETE FROM settings WHERE EXISTS (SELECT 1 FROM ISSUES WHERE id = :id)")
  AR_SQL(only_one, (), "SELECT * FROM issues WHERE tenant_id = :scope", .postgresql = "SELECT * FROM issues")
  AR_SQL(both, (), "SELECT * FROM issues WHERE tenant_id = :scope", .all_shards = "for a report")
  AR_SQL(own_scope, (int64_t scope), "SELECT * FROM issues WHERE tenant_id = :scope")
  AR_SQL(wrong_column, (), "SELECT id, tenant_id, title FROM issues WHERE title = :scope")
  AR_SQL(without_table, (), "DELETE FROM issues WHERE tenant_id = :scope AND id = (SELECT 1)")
  AR_SQL(inserting, (int64_t id), "INSERT INTO issues (tenant_id, id, title) VALUES (:scope, :id, 'a')")
  AR_SQL(inserting_all, (int64_t id), "INSERT INTO issues SELECT tenant_id, :id, title FROM issues")
  AR_SQL(quoted_scope, (), "DELETE FROM issues WHERE \"tenant_id\" = :scope")
  AR_SQL(through_view, (), "SELECT i.* FROM issues AS i JOIN per_tenant AS p ON p.tenant_id = i.tenant_id")
  AR_SQL(analyzed, (), "ANALYZE settings")
  AR_SQL(own_texts, (), "SELECT * FROM issues WHERE tenant_id = :scope",
         .postgresql = "SELECT * FROM issues WHERE tenant_id = :scope AND title ILIKE 'a'")
  AR_SQL(own_column, (), "SELECT * FROM issues WHERE tenant_id = :scope",
         .postgresql = "SELECT * FROM issues WHERE id > :scope")
  AR_SQL(of_view, (), "DELETE FROM issues WHERE tenant_id = :scope AND id IN (SELECT count FROM counts)");

struct visit {
    int64_t     site AR_PRIMARY_KEY AR_SHARD_KEY;
    int64_t     id   AR_PRIMARY_KEY;
} AR_TABLE(visits)
  AR_SQL(joined, (), "DELETE FROM visits WHERE id IN (SELECT id FROM issues WHERE tenant_id = :scope)");

struct setting {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
} AR_TABLE(settings)
  AR_SQL(all_settings, (), "SELECT * FROM settings");

struct total {
    int64_t count;
} AR_VIEW(totals, "SELECT count(*) AS count FROM issues");

struct count {
    int64_t count;
} AR_VIEW(counts, "SELECT count(*) AS count FROM issues", .all_shards = "for a report");

struct per_tenant {
    int64_t tenant_id AR_SHARD_KEY;
    int64_t count;
} AR_VIEW(per_tenant, "SELECT tenant_id, count(*) AS count FROM issues GROUP BY tenant_id");

struct unknown {
    int64_t count;
} AR_VIEW(unknowns);

struct doubtful {
    int64_t tenant_id AR_SHARD_KEY;
} AR_VIEW(doubtful, "SELECT tenant_id FROM issues", .all_shards = "for a report");

struct name {
    const char *name;
} AR_VIEW(names, "SELECT name FROM settings");
