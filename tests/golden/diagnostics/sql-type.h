/* AR_SQL_TYPE: fields that are not strings, names that are not types, and types in which SQLite stores no strings. */
#include <armature/annotations.h>
#include <stdint.h>

struct host {
    int64_t id AR_PRIMARY_KEY;
    int64_t number AR_SQL_TYPE("inet");
    const char *none AR_SQL_TYPE();
    const char *empty AR_SQL_TYPE("");
    const char *attack AR_SQL_TYPE("text; DROP TABLE hosts");
    const char *open AR_SQL_TYPE("varchar(20");
    const char *quoted AR_SQL_TYPE("\"Email");
    const char *price AR_SQL_TYPE("money", .sqlite = "NUMERIC");
    const char *point AR_SQL_TYPE("point", .sqlite = "TEXT POINT");
    const char *both AR_SQL_TYPE("citext", .sqlite = "TEXT", .sqlite = "TEXT");
    const char *misspelt AR_SQL_TYPE("citext", .sqllite = "TEXT");
    const char *fine AR_SQL_TYPE("\"Film\".\"Year (AD)\"", .sqlite = "VARCHAR(20) COLLATE NOCASE");
} AR_TABLE(hosts);
