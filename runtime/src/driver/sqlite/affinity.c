/* Type affinity of columns, compared with the types of fields. */
#include "driver/sqlite/affinity.h"

#include "model/decimal_text.h"

#include <string.h>
#include <strings.h>

/* NUMERIC is divided: columns declared NUMERIC, DECIMAL or BOOLEAN have numbers, all others (DATETIME, STRING, JSON)
 * usually have strings that do not look like numbers, which this affinity keeps. */
enum affinity {
    AFFINITY_INTEGER = 1 << 0,
    AFFINITY_REAL = 1 << 1,
    AFFINITY_TEXT = 1 << 2,
    AFFINITY_BLOB = 1 << 3, /* of a column without a type: nothing is converted */
    AFFINITY_NUMBER = 1 << 4,
    AFFINITY_ANY = 1 << 5
};

static bool contains(const char *type, const char *word)
{
    size_t length = strlen(word);

    for (; *type != '\0'; type++)
        if (strncasecmp(type, word, length) == 0)
            return true;
    return false;
}

/* SQLite's rules, in their order. */
static enum affinity affinity_of(const char *type)
{
    static const struct {
        const char *word;
        enum affinity affinity;
    } rules[] = {
        {"INT", AFFINITY_INTEGER}, {"CHAR", AFFINITY_TEXT},  {"CLOB", AFFINITY_TEXT},   {"TEXT", AFFINITY_TEXT},
        {"BLOB", AFFINITY_BLOB},   {"REAL", AFFINITY_REAL},  {"FLOA", AFFINITY_REAL},   {"DOUB", AFFINITY_REAL},
        {"NUM", AFFINITY_NUMBER},  {"DEC", AFFINITY_NUMBER}, {"BOOL", AFFINITY_NUMBER},
    };

    if (*type == '\0')
        return AFFINITY_BLOB;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (contains(type, rules[i].word))
            return rules[i].affinity;
    return AFFINITY_ANY;
}

/* What a column stores for a field. */
enum storage { STORES_INTEGER, STORES_REAL, STORES_TEXT, STORES_DIGITS, STORES_BYTES };

static enum storage storage_of(const struct ar_column *column)
{
    switch ((enum ar_type)column->type) {
    case AR_TYPE_BOOL:
    case AR_TYPE_INT8:
    case AR_TYPE_INT16:
    case AR_TYPE_INT32:
    case AR_TYPE_INT64:
    case AR_TYPE_UINT8:
    case AR_TYPE_UINT16:
    case AR_TYPE_UINT32:
    case AR_TYPE_UINT64:
    case AR_TYPE_DECIMAL:
    case AR_TYPE_INTERVAL:
        return STORES_INTEGER;
    case AR_TYPE_FLOAT:
    case AR_TYPE_DOUBLE:
        return STORES_REAL;
    case AR_TYPE_TEXT:
    case AR_TYPE_CHARS:
        return ar_column_has_decimal_text(column) ? STORES_DIGITS : STORES_TEXT;
    case AR_TYPE_TIME:
    case AR_TYPE_TIMESPEC:
        return (column->flags & AR_COLUMN_TIME_TEXT) != 0 ? STORES_TEXT : STORES_INTEGER;
    case AR_TYPE_UUID_TEXT:
    case AR_TYPE_ENUM_TEXT:
    case AR_TYPE_DATE:
    case AR_TYPE_TIME_OF_DAY:
    case AR_TYPE_INT64S:
    case AR_TYPE_TEXTS:
        return STORES_TEXT;
    case AR_TYPE_BLOB:
    case AR_TYPE_BYTES:
    case AR_TYPE_UUID:
        break;
    }
    return STORES_BYTES;
}

/* For each storage, the affinities that keep its values. */
static const struct {
    unsigned affinities;
    const char *name;
} storages[] = {
    /* REAL affinity makes 5 a 5.0. */
    [STORES_INTEGER] = {AFFINITY_INTEGER | AFFINITY_BLOB | AFFINITY_NUMBER | AFFINITY_ANY, "INTEGER"},
    [STORES_REAL] = {AFFINITY_INTEGER | AFFINITY_REAL | AFFINITY_BLOB | AFFINITY_NUMBER | AFFINITY_ANY, "REAL"},
    [STORES_TEXT] = {AFFINITY_TEXT | AFFINITY_BLOB | AFFINITY_ANY, "TEXT"},
    /* All others make "0.50" a 0.5. */
    [STORES_DIGITS] = {AFFINITY_TEXT | AFFINITY_BLOB, "TEXT"},
    /* No affinity converts a blob, but a column that is declared TEXT or INTEGER has other rows. */
    [STORES_BYTES] = {AFFINITY_BLOB | AFFINITY_ANY, "BLOB"},
};

bool ar_sqlite_has_field_type(const struct ar_column *column, const struct catalog_type *type)
{
    return (storages[storage_of(column)].affinities & (unsigned)affinity_of(type->name)) != 0;
}

const char *ar_sqlite_type_name(const struct ar_column *column)
{
    if ((column->flags & AR_COLUMN_TIME_TEXT) != 0 && (column->flags & AR_COLUMN_TIME_ISO) == 0)
        return (column->flags & AR_COLUMN_TIME_DATE) != 0 ? "DATE" : "DATETIME";
    return storages[storage_of(column)].name;
}
