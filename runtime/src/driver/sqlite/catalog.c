/* The catalog as table functions (https://sqlite.org/pragma.html#pragfunc). They find a name as statements do: in the
 * schema temp first, then in the file, then in attached files. */
#include "driver/sqlite/catalog.h"

/* The types of virtual tables and shadow tables are not of interest; 1 and 2 are CATALOG_TABLE and CATALOG_VIEW. A
 * column is an alias of the rowid, and numbers rows, if its type is INTEGER and the primary key has no index
 * (https://sqlite.org/lang_createtable.html#rowid). Generated columns have `hidden` 2 or 3. */
const char ar_sqlite_columns_query[] =
    "WITH t AS MATERIALIZED (SELECT k.ordinal, k.k0 AS name, (SELECT l.type FROM pragma_table_list(k.k0) AS l"
    " ORDER BY l.schema = 'temp' DESC, l.schema = 'main' DESC LIMIT 1) AS type FROM temp.armature_keys(?1) AS k)"
    " SELECT t.ordinal, CASE t.type WHEN 'view' THEN 2 ELSE x.cid IS NOT NULL END, x.name, x.type, 0, x.\"notnull\","
    " x.dflt_value IS NOT NULL OR x.hidden > 1, x.hidden > 1, x.pk = 1 AND x.type = 'INTEGER' COLLATE NOCASE"
    " AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) AS i WHERE i.origin = 'pk'), 0"
    " FROM t LEFT JOIN pragma_table_xinfo(t.name) AS x ORDER BY t.ordinal, x.cid";

const char ar_sqlite_keys_query[] =
    "SELECT k.ordinal AS number, -1 AS place, 1, x.name, x.pk AS part"
    " FROM temp.armature_keys(?1) AS k JOIN pragma_table_xinfo(k.k0) AS x WHERE x.pk > 0"
    " UNION ALL SELECT k.ordinal, i.seq, 0, c.name, c.seqno"
    " FROM temp.armature_keys(?1) AS k JOIN pragma_index_list(k.k0) AS i JOIN pragma_index_info(i.name) AS c"
    " WHERE i.\"unique\" = 1 AND i.partial = 0 AND i.origin <> 'pk' ORDER BY number, place, part";

/* `gone` lists the tables whose rows the database deletes as well. ON DELETE SET DEFAULT refuses if no row has the
 * default as its key. */
const char ar_sqlite_refusing_query[] =
    "WITH RECURSIVE k AS MATERIALIZED (SELECT t.name, f.\"table\" AS target, f.on_delete FROM main.sqlite_master AS t"
    " JOIN pragma_foreign_key_list(t.name, 'main') AS f WHERE t.type = 'table'), gone (name) AS (SELECT ?1 UNION SELECT"
    " k.name FROM gone JOIN k ON k.target = gone.name COLLATE NOCASE WHERE k.on_delete = 'CASCADE')"
    " SELECT DISTINCT k.name FROM gone JOIN k ON k.target = gone.name COLLATE NOCASE"
    " WHERE k.on_delete NOT IN ('CASCADE', 'SET NULL') ORDER BY k.name";

/* schema_version changes with each change of the schema, by whichever program. ?1 is not used: it is the version of the
 * whole file. */
const char ar_sqlite_checked_query[] =
    "SELECT 1 FROM armature_schema AS c JOIN pragma_schema_version AS v"
    " WHERE c.models = ?2 AND c.state = CAST(v.schema_version AS TEXT) AND ?1 IS NULL";

const char ar_sqlite_note_checked[] =
    "INSERT INTO armature_schema (models, state) SELECT ?2, schema_version FROM pragma_schema_version WHERE ?1 IS NULL"
    " ON CONFLICT (models) DO UPDATE SET state = excluded.state";
