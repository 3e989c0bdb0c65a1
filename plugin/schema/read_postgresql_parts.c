/* The schema of a PostgreSQL database: keys, foreign keys, checks and indexes of its tables. */
#include "read_postgresql_parts.h"

#ifdef ARMATURE_LIBPQ
#include <stdlib.h>
#include <string.h>

/* ---- Constraints ------------------------------------------------------------------------------------------------- */

static enum on_delete action_of(char letter)
{
    static const char letters[] = "crna";
    static const enum on_delete actions[] = {ON_DELETE_CASCADE, ON_DELETE_RESTRICT, ON_DELETE_SET_NULL,
                                             ON_DELETE_UNSET};
    const char *found = strchr(letters, letter);
    return found != NULL ? actions[found - letters] : ON_DELETE_UNSET;
}

static void add_foreign_key(struct catalog_reading *reading, struct schema_table *table, const PGresult *result,
                            int row)
{
    list_add(reading->arena, table->foreign_keys, table->foreign_key_count) = (struct schema_foreign_key){
        .name = catalog_text(reading, result, row, 2),
        .columns = catalog_names(reading, result, row, 3),
        .schema = catalog_text(reading, result, row, 4),
        .table = catalog_text(reading, result, row, 5),
        .referred = catalog_names(reading, result, row, 6),
        .on_delete = action_of(PQgetvalue(result, row, 7)[0]),
        .on_update = action_of(PQgetvalue(result, row, 8)[0]),
        .is_deferrable = catalog_bool(result, row, 9),
        .is_not_valid = !catalog_bool(result, row, 10),
    };
}

static void add_check(struct catalog_reading *reading, struct schema_table *table, const PGresult *result, int row)
{
    list_add(reading->arena, table->checks, table->check_count) = (struct schema_check){
        .name = catalog_text(reading, result, row, 2),
        .sql = catalog_expression(reading->arena, catalog_text(reading, result, row, 11)),
        .is_not_valid = !catalog_bool(result, row, 10),
    };
}

static void add_constraint(struct catalog_reading *reading, const PGresult *result, int row)
{
    struct schema_table *table = catalog_table(reading, result, row);
    char type = PQgetvalue(result, row, 1)[0];
    if (type == 'p')
        table->key = catalog_names(reading, result, row, 3);
    else if (type == 'f')
        add_foreign_key(reading, table, result, row);
    else
        add_check(reading, table, result, row);
}

/* A foreign key to a partitioned table has a constraint for each partition, too, with a parent. */
void catalog_read_constraints(struct catalog_reading *reading)
{
    static const char sql[] =
        "SELECT c.conrelid, c.contype, c.conname,"
        " (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k (number, place)"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number),"
        " CASE WHEN NOT pg_table_is_visible(f.oid) THEN n.nspname END, f.relname,"
        " (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY k (number, place)"
        " JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number),"
        " c.confdeltype, c.confupdtype, c.condeferrable, c.convalidated, pg_get_expr(c.conbin, c.conrelid) "
        "FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid AND c.contype = 'f' "
        "LEFT JOIN pg_namespace n ON n.oid = f.relnamespace "
        "WHERE c.conrelid = ANY ($1::oid[]) AND c.contype IN ('p', 'f', 'c') AND c.conparentid = 0 "
        "ORDER BY c.conrelid, c.contype, c.conname";
    PGresult *result = catalog_query(reading, sql, reading->numbers);
    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        add_constraint(reading, result, i);
    PQclear(result);
}

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

static struct schema_part part_of(struct catalog_reading *reading, const PGresult *result, int row)
{
    const char *column = catalog_text(reading, result, row, 8);
    const char *expression = column == NULL ? catalog_text(reading, result, row, 9) : NULL;
    return (struct schema_part){
        .column = column,
        .expression = catalog_expression(reading->arena, expression),
        .is_descending = catalog_bool(result, row, 10),
        .nulls = catalog_text(reading, result, row, 11),
        .extra = catalog_text(reading, result, row, 12),
    };
}

/* Add the part to the table's last index, after adding the index if this is its first part. */
static void add_part(struct catalog_reading *reading, const PGresult *result, int row)
{
    struct schema_table *table = catalog_table(reading, result, row);
    bool is_btree = strcmp(PQgetvalue(result, row, 5), "btree") == 0;
    if (strcmp(PQgetvalue(result, row, 7), "1") == 0)
        list_add(reading->arena, table->indexes, table->index_count) = (struct schema_index){
            .name = catalog_text(reading, result, row, 1),
            .is_unique = catalog_bool(result, row, 2),
            .is_constraint = catalog_bool(result, row, 3),
            .where_sql = catalog_expression(reading->arena, catalog_text(reading, result, row, 4)),
            .method = is_btree ? NULL : catalog_text(reading, result, row, 5),
            .includes = catalog_names(reading, result, row, 6),
            .is_deferrable = catalog_bool(result, row, 13),
        };
    struct schema_index *index = &table->indexes[table->index_count - 1];
    list_add(reading->arena, index->parts, index->part_count) = part_of(reading, result, row);
}

/* One row for each column of the index; one that is included in it is no column to search by. Bits of indoption are 1:
 * DESC, and 2: NULLS FIRST. */
void catalog_read_indexes(struct catalog_reading *reading)
{
    static const char sql[] =
        "SELECT i.indrelid, c.relname, i.indisunique, EXISTS (SELECT FROM pg_constraint u WHERE u.conindid = c.oid"
        " AND u.contype = 'u'), pg_get_expr(i.indpred, i.indrelid), m.amname,"
        " (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a"
        " WHERE a.attrelid = c.oid AND a.attnum > i.indnkeyatts), k.place, a.attname,"
        " CASE WHEN i.indkey[k.place - 1] = 0 THEN pg_get_indexdef(c.oid, k.place, false) END,"
        " i.indoption[k.place - 1] & 1 = 1,"
        " CASE i.indoption[k.place - 1] WHEN 1 THEN 'NULLS LAST' WHEN 2 THEN 'NULLS FIRST' END,"
        " nullif(concat_ws(' ',"
        " CASE WHEN i.indcollation[k.place - 1] <> coalesce(a.attcollation, i.indcollation[k.place - 1])"
        " THEN format('COLLATE %I', l.collname) END, CASE WHEN NOT o.opcdefault THEN quote_ident(o.opcname) END), ''),"
        " NOT i.indimmediate "
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam "
        "CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) k (place) "
        "LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1] AND a.attnum <> 0 "
        "LEFT JOIN pg_collation l ON l.oid = i.indcollation[k.place - 1] "
        "JOIN pg_opclass o ON o.oid = i.indclass[k.place - 1] "
        "WHERE i.indrelid = ANY ($1::oid[]) AND NOT i.indisprimary AND i.indisvalid AND NOT i.indisexclusion "
        "ORDER BY i.indrelid, c.relname, k.place";
    PGresult *result = catalog_query(reading, sql, reading->numbers);
    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        add_part(reading, result, i);
    PQclear(result);
}

#endif
