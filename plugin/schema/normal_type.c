/* Normal forms of types. */
#include "name.h"
#include "normal.h"
#include "sql_reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- PostgreSQL -------------------------------------------------------------------------------------------------- */

/* Names in lower case, with single spaces, and the name that format_type prints. */
static const char *const synonyms[][2] = {
    {"int", "integer"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"float", "double precision"},
    {"bool", "boolean"},
    {"decimal", "numeric"},
    {"dec", "numeric"},
    {"varchar", "character varying"},
    {"char varying", "character varying"},
    {"char", "character"},
    {"bpchar", "character"},
    {"varbit", "bit varying"},
    {"timestamptz", "timestamp with time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timetz", "time with time zone"},
    {"time", "time without time zone"},
};

/* A type of PostgreSQL, taken apart. */
struct type_parts {
    const char *name;      /* the words of the name, those after the arguments included */
    const char *arguments; /* what is in parentheses, without spaces; or NULL */
    bool is_array;
};

static const char *without_spaces(struct arena *arena, const char *text)
{
    char *made = arena_take(arena, strlen(text) + 1), *at = made;
    for (; *text != '\0'; text++)
        if (*text != ' ')
            *at++ = *text;
    return made;
}

static const char *join(struct arena *arena, const char *left, const char *right)
{
    return *left == '\0' || strcmp(right, ".") == 0 || left[strlen(left) - 1] == '.'
               ? arena_print(arena, "%s%s", left, right)
               : arena_print(arena, "%s %s", left, right);
}

/* Words are folded, names in quotes are not. */
static const char *take_word(struct sql_reader *reader)
{
    const char *name = sql_reader_name(reader);
    if (name == NULL) {
        name = arena_copy(reader->arena, reader->start, reader->length);
        sql_reader_next(reader);
    }
    return name;
}

static struct type_parts read_type(struct arena *arena, const char *type)
{
    struct type_parts parts = {.name = ""};
    struct sql_reader reader;
    sql_reader_start(&reader, arena, DIALECT_POSTGRESQL, type);
    while (reader.kind != SQL_TOKEN_END) {
        if (sql_reader_is(&reader, "("))
            parts.arguments = without_spaces(arena, sql_reader_parenthesized(&reader));
        else if (sql_reader_is(&reader, "["))
            break;
        else
            parts.name = join(arena, parts.name, take_word(&reader));
    }
    parts.is_array = reader.kind != SQL_TOKEN_END;
    return parts;
}

/* Return the parts in the form that PostgreSQL prints. */
static struct type_parts normal_parts(struct arena *arena, const char *type)
{
    struct type_parts parts = read_type(arena, type);
    if (strncmp(parts.name, "pg_catalog.", strlen("pg_catalog.")) == 0)
        parts.name += strlen("pg_catalog.");
    if (strcmp(parts.name, "float") == 0 && parts.arguments != NULL) {
        parts.name = strtol(parts.arguments, NULL, 10) <= 24 ? "real" : "double precision";
        parts.arguments = NULL;
    }
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcmp(parts.name, synonyms[i][0]) == 0) {
            parts.name = synonyms[i][1];
            break;
        }
    if (strcmp(parts.name, "numeric") == 0 && parts.arguments != NULL && strchr(parts.arguments, ',') == NULL)
        parts.arguments = arena_print(arena, "%s,0", parts.arguments);
    bool is_time = strncmp(parts.name, "time", 4) == 0 || strcmp(parts.name, "interval") == 0;
    if (is_time && parts.arguments != NULL && strcmp(parts.arguments, "6") == 0)
        parts.arguments = NULL;
    if (strcmp(parts.name, "character") == 0 && parts.arguments == NULL)
        parts.arguments = "1";
    return parts;
}

static bool is_same_postgresql(struct arena *arena, const char *left, const char *right)
{
    struct type_parts a = normal_parts(arena, left), b = normal_parts(arena, right);
    return strcmp(a.name, b.name) == 0 && name_is_same(a.arguments, b.arguments) && a.is_array == b.is_array;
}

const char *normal_postgresql_type(struct arena *arena, const char *type)
{
    struct type_parts parts = normal_parts(arena, type);
    const char *array = parts.is_array ? "[]" : "";
    return parts.arguments == NULL ? arena_print(arena, "%s%s", parts.name, array)
                                   : arena_print(arena, "%s(%s)%s", parts.name, parts.arguments, array);
}

uint32_t normal_text_length(struct arena *arena, const char *type)
{
    struct type_parts parts = normal_parts(arena, type);
    bool is_varying = strcmp(parts.name, "character varying") == 0;
    if (parts.is_array || (!is_varying && strcmp(parts.name, "text") != 0))
        return 0;
    return parts.arguments != NULL ? (uint32_t)strtoul(parts.arguments, NULL, 10) : UINT32_MAX;
}

/* ---- SQLite ------------------------------------------------------------------------------------------------------ */

enum affinity { AFFINITY_INTEGER, AFFINITY_TEXT, AFFINITY_BLOB, AFFINITY_REAL, AFFINITY_NUMERIC };

static bool has_any(const char *type, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasestr(type, words[i]) != NULL)
            return true;
    return false;
}

#define HAS_ANY(type, ...)                                                                                             \
    has_any((type), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* The rules of https://www.sqlite.org/datatype3.html, in their order; ANY is a type of STRICT tables. */
static enum affinity affinity_of(const char *type)
{
    if (HAS_ANY(type, "INT"))
        return AFFINITY_INTEGER;
    if (HAS_ANY(type, "CHAR", "CLOB", "TEXT"))
        return AFFINITY_TEXT;
    if (*type == '\0' || HAS_ANY(type, "BLOB") || strcasecmp(type, "ANY") == 0)
        return AFFINITY_BLOB;
    return HAS_ANY(type, "REAL", "FLOA", "DOUB") ? AFFINITY_REAL : AFFINITY_NUMERIC;
}

const char *normal_affinity(const char *type)
{
    static const char *const names[] = {
        [AFFINITY_INTEGER] = "INTEGER", [AFFINITY_TEXT] = "TEXT",       [AFFINITY_BLOB] = "BLOB",
        [AFFINITY_REAL] = "REAL",       [AFFINITY_NUMERIC] = "NUMERIC",
    };
    return names[affinity_of(type)];
}

static bool is_numeric(enum affinity affinity)
{
    return affinity == AFFINITY_INTEGER || affinity == AFFINITY_REAL || affinity == AFFINITY_NUMERIC;
}

/* A date has the affinity NUMERIC, which leaves strings as they are. */
static bool is_date(const char *type)
{
    return HAS_ANY(type, "DATE", "TIME");
}

static bool is_same_sqlite(const char *left, const char *right)
{
    enum affinity a = affinity_of(left), b = affinity_of(right);
    if (a == b || (is_date(left) && b == AFFINITY_TEXT) || (is_date(right) && a == AFFINITY_TEXT))
        return true;
    return is_numeric(a) && is_numeric(b) && (a == AFFINITY_NUMERIC || b == AFFINITY_NUMERIC);
}

/* ---- Both -------------------------------------------------------------------------------------------------------- */

const char *normal_split_type(struct arena *arena, const struct dialect *dialect, const char *type,
                              const char **collation)
{
    struct sql_reader reader;
    *collation = NULL;
    sql_reader_start(&reader, arena, dialect->id, type);
    while (reader.kind != SQL_TOKEN_END && !sql_reader_is(&reader, "collate"))
        sql_reader_next(&reader);
    if (reader.kind == SQL_TOKEN_END)
        return type;
    size_t length = (size_t)(reader.start - type);
    while (length > 0 && type[length - 1] == ' ')
        length--;
    sql_reader_next(&reader);
    *collation = sql_reader_name(&reader);
    return arena_copy(arena, type, length);
}

bool normal_is_same_type(struct arena *arena, const struct dialect *dialect, const char *left, const char *right)
{
    const char *collation;
    left = normal_split_type(arena, dialect, left, &collation);
    right = normal_split_type(arena, dialect, right, &collation);
    return dialect->id == DIALECT_SQLITE ? is_same_sqlite(left, right) : is_same_postgresql(arena, left, right);
}

bool normal_is_integer(struct arena *arena, const struct dialect *dialect, const char *type)
{
    if (dialect->id == DIALECT_SQLITE)
        return affinity_of(type) == AFFINITY_INTEGER;
    struct type_parts parts = normal_parts(arena, type);
    return !parts.is_array && HAS_ANY(parts.name, "smallint", "integer", "bigint");
}
