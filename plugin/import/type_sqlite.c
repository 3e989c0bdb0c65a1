/* The C types of SQLite's columns.
 *
 * SQLite takes any word for a type, and derives an affinity from it: the form that it prefers for values. The words of
 * other databases, such as DATETIME, name the C type; all others are what their affinity is. */
#include "import.h"
#include "name.h"

#include <string.h>

#define IN_DATABASE "in the database, its type is "

/* Declared types that say more than their affinity. */
static const struct {
    const char *declared;
    struct import_type type;
} known[] = {
    {"bool", {"bool", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"boolean", {"bool", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"date", {"time_t", "", {"AR_STORED_AS(date)"}, "date", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"datetime", {"time_t", "", {"AR_STORED_AS(text)"}, "time", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"timestamp", {"time_t", "", {"AR_STORED_AS(text)"}, "time", IMPORT_NULL_ZERO, false, NULL, NULL}},
    {"time", {"struct ar_time_of_day", "", {NULL}, "time of day", IMPORT_NULL_FLAG, false, NULL, NULL}},
    {"json", {"const char *", "", {"AR_JSON"}, NULL, IMPORT_NULL_POINTER, false, NULL, IN_DATABASE "JSON"}},
    {"jsonb", {"struct ar_blob", "", {NULL}, NULL, IMPORT_NULL_POINTER, false, NULL, IN_DATABASE "JSONB"}},
    {"uuid", {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, IN_DATABASE "UUID"}},
    {"string", {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, IN_DATABASE "STRING"}},
    {"any", {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, IN_DATABASE "ANY"}},
};

static const struct import_type integer = {"int64_t", "", {NULL}, "integer", IMPORT_NULL_FLAG, true, NULL, NULL};
static const struct import_type text = {"const char *", "", {NULL}, "string", IMPORT_NULL_POINTER, false, NULL, NULL};
static const struct import_type blob = {"struct ar_blob", "", {NULL}, NULL, IMPORT_NULL_POINTER, false, NULL, NULL};
static const struct import_type real = {"double", "", {NULL}, NULL, IMPORT_NULL_FLAG, false, NULL, NULL};

/* By the rules of https://sqlite.org/datatype3.html#determination_of_column_affinity. */
static struct import_type type_of_affinity(const char *folded)
{
    if (strstr(folded, "int") != NULL)
        return integer;
    if (strstr(folded, "char") != NULL || strstr(folded, "clob") != NULL || strstr(folded, "text") != NULL)
        return text;
    return strstr(folded, "blob") != NULL || folded[0] == '\0' ? blob : real;
}

/* A collation is part of the type that a string has in SQLite. */
static void add_collation(struct import *import, struct import_type *type, const struct schema_column *column)
{
    if (column->collation == NULL)
        return;
    bool is_plain = strcmp(type->name, text.name) == 0 && type->attributes[0] == NULL &&
                    column->collation[strspn(column->collation, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                                "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
    if (is_plain)
        type->attributes[0] =
            arena_print(import->arena, "AR_SQL_TYPE(\"text\", .sqlite = \"TEXT COLLATE %s\")", column->collation);
    else
        type->note = arena_print(import->arena, "in the database, it has the collation `%s`", column->collation);
}

struct import_type import_type_sqlite(struct import *import, const struct schema_column *column, const char *declared)
{
    const char *folded = name_folded(import->arena, declared);
    const char *word = arena_copy(import->arena, folded, strcspn(folded, " ("));
    struct import_type type = type_of_affinity(folded);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(word, known[i].declared) == 0)
            type = known[i].type;
    if (column->type[0] == '\0')
        type.note = "in the database, it has no type";
    add_collation(import, &type, column);
    return type;
}
