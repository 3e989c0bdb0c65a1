/* The C types of PostgreSQL's columns: those that docs/types.md lists, and strings of any other type. */
#include "import.h"
#include "name.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* The names that format_type gives to types, without a precision. */
static const struct {
    const char *sql;
    struct import_type type;
} known[] = {
    {"smallint", {"int16_t", "", {NULL}, "integer", IMPORT_NULL_FLAG, true, NULL, NULL}},
    {"integer", {"int32_t", "", {NULL}, "integer", IMPORT_NULL_FLAG, true, NULL, NULL}},
    {"bigint", {"int64_t", "", {NULL}, "integer", IMPORT_NULL_FLAG, true, NULL, NULL}},
    {"boolean", {"bool", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"real", {"float", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"double precision", {"double", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"text", {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, NULL}},
    {"bytea", {"struct ar_blob", "", {NULL}, NULL, IMPORT_NULL_POINTER, false, NULL, NULL}},
    {"uuid", {"uint8_t", "[16]", {"AR_UUID"}, "uuid", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"jsonb", {"const char *", "", {"AR_JSON"}, NULL, IMPORT_NULL_POINTER, false, NULL, NULL}},
    {"date", {"struct ar_date", "", {NULL}, "date", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"time without time zone",
     {"struct ar_time_of_day", "", {NULL}, "time of day", IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"timestamp with time zone", {"struct timespec", "", {NULL}, "time", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"timestamp without time zone",
     {"struct timespec", "", {"AR_WITHOUT_ZONE"}, "time without zone", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"interval", {"int64_t", "", {"AR_INTERVAL"}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"bigint[]", {"struct ar_int64s", "", {NULL}, NULL, IMPORT_NULL_POINTER, false, NULL, NULL}},
    {"text[]", {"struct ar_texts", "", {NULL}, NULL, IMPORT_NULL_POINTER, false, NULL, NULL}},
};

/* Shorter names of types, and a type of SQLite for strings that ignore case. */
static const struct {
    const char *prefix, *name, *sqlite;
} synonyms[] = {
    {"character varying", "varchar", NULL},
    {"character", "char", NULL},
    {"citext", "citext", "TEXT COLLATE NOCASE"},
};

static struct import_type string_of(struct import *import, const char *sql)
{
    struct import_type type = {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, NULL};
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        size_t length = strlen(synonyms[i].prefix);
        if (strncmp(sql, synonyms[i].prefix, length) != 0 || (sql[length] != '\0' && sql[length] != '('))
            continue;
        sql = arena_print(import->arena, "%s%s", synonyms[i].name, sql + length);
        if (synonyms[i].sqlite != NULL)
            type.attributes[0] = arena_print(import->arena, "AR_SQL_TYPE(%s, .sqlite = \"%s\")",
                                             import_literal(import->arena, sql), synonyms[i].sqlite);
        break;
    }
    if (type.attributes[0] == NULL)
        type.attributes[0] = arena_print(import->arena, "AR_SQL_TYPE(%s)", import_literal(import->arena, sql));
    return type;
}

/* numeric(10,2) is a number that fits an integer, or a string of digits. Return false for any other form. */
static bool read_numeric(struct import *import, const char *sql, struct import_type *type)
{
    long digits = 0, after = 0;
    char *end;
    if (strncmp(sql, "numeric(", 8) != 0)
        return false;
    digits = strtol(sql + 8, &end, 10);
    if (*end == ',')
        after = strtol(end + 1, &end, 10);
    if (strcmp(end, ")") != 0 || digits < 1 || after < 0 || after > digits)
        return false;
    *type = (struct import_type){digits <= 4    ? "int16_t"
                                 : digits <= 9  ? "int32_t"
                                 : digits <= 18 ? "int64_t"
                                                : "const char *",
                                 "",
                                 {NULL},
                                 NULL,
                                 IMPORT_NULL_FLAG,
                                 false,
                                 NULL,
                                 NULL};
    if (digits > 18)
        type->null = IMPORT_NULL_POINTER;
    type->attributes[0] = arena_print(import->arena, "AR_DECIMAL(%ld, %ld)", digits, after);
    type->kind = digits <= 18 ? arena_print(import->arena, "decimal with %ld digits", after) : "string";
    return true;
}

static struct import_enum *find_enum(const struct import *import, const char *sql)
{
    for (size_t i = 0; i < import->enum_count; i++) {
        struct import_enum *each = import->enums[i];
        bool is_it = strcmp(sql_name(import->arena, each->type->name), sql) == 0 || strcmp(each->type->name, sql) == 0;
        if (is_it && each->item.left_out == NULL)
            return each;
    }
    return NULL;
}

static struct import_type enum_of(struct import *import, struct import_enum *type)
{
    return (struct import_type){
        type->c_type,
        "",
        {arena_print(import->arena, "AR_ENUM_TYPE(%s)", import_sql_name(import->arena, type->type->name))},
        NULL,
        IMPORT_NULL_FLAG,
        false,
        type,
        NULL};
}

/* A precision is not part of the C type: `timestamp(0) without time zone` is one of the known types without it. */
static const char *without_precision(struct arena *arena, const char *sql)
{
    const char *open = strchr(sql, '(');
    const char *close = open != NULL ? strchr(open, ')') : NULL;
    bool is_time = strncmp(sql, "time", 4) == 0 || strncmp(sql, "interval", 8) == 0;
    if (close == NULL || !is_time)
        return sql;
    return arena_print(arena, "%.*s%s", (int)(open - sql), sql, close + 1);
}

static struct import_type type_of(struct import *import, const struct schema_column *column)
{
    struct import_type type;
    struct import_enum *enumeration = find_enum(import, column->type);
    const char *sql = without_precision(import->arena, column->type);
    if (enumeration != NULL)
        return enum_of(import, enumeration);
    if (read_numeric(import, sql, &type))
        return type;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(sql, known[i].sql) == 0) {
            type = known[i].type;
            if (sql != column->type && strstr(column->type, "(6)") == NULL) /* 6 digits are the most */
                type.note = arena_print(import->arena, "in the database, its type is %s", column->type);
            return type;
        }
    return string_of(import, column->type);
}

struct import_type import_type_postgresql(struct import *import, const struct schema_column *column)
{
    struct import_type type = type_of(import, column);
    if (column->collation != NULL)
        type.note = arena_print(import->arena, "in the database, it has the collation `%s`", column->collation);
    return type;
}
