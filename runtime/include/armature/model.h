/* Model descriptors: constant tables that the armature tool generates and the runtime reads.
 *
 * Programs pass descriptors to functions (`&post_model`) but do not need their members. */
#ifndef ARMATURE_MODEL_H
#define ARMATURE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The version of the interface between generated code and the runtime; raised by each incompatible change. */
#define ARMATURE_ABI 4

/* Maximum number of columns of a key. */
#define AR_KEY_COLUMNS_MAX 8

#ifdef __cplusplus
extern "C" {
#endif

struct ar_model;
struct ar_relation;

/* SQL in the dialect of each database. */
struct ar_sql {
    const char *sqlite;
    const char *postgresql;
};

/* The type of a field. */
enum ar_type {
    AR_TYPE_BOOL,
    AR_TYPE_INT8,
    AR_TYPE_INT16,
    AR_TYPE_INT32,
    AR_TYPE_INT64,
    AR_TYPE_UINT8,
    AR_TYPE_UINT16,
    AR_TYPE_UINT32,
    AR_TYPE_UINT64,
    AR_TYPE_FLOAT,
    AR_TYPE_DOUBLE,
    AR_TYPE_TEXT,     /* char * or const char * */
    AR_TYPE_CHARS,    /* char[N], always terminated */
    AR_TYPE_BLOB,     /* struct ar_blob */
    AR_TYPE_UUID,     /* uint8_t[16] */
    AR_TYPE_TIME,     /* time_t */
    AR_TYPE_TIMESPEC, /* struct timespec */
    AR_TYPE_ENUM_TEXT /* an enum of 4 bytes, stored as the name of its constant */
};

static inline bool ar_type_is_integer(enum ar_type type)
{
    return type >= AR_TYPE_INT8 && type <= AR_TYPE_UINT64;
}

static inline bool ar_type_is_text(enum ar_type type)
{
    return type == AR_TYPE_TEXT || type == AR_TYPE_CHARS || type == AR_TYPE_ENUM_TEXT;
}

enum ar_column_flag {
    AR_COLUMN_KEY = 1 << 0,       /* part of the primary key */
    AR_COLUMN_GENERATED = 1 << 1, /* the database generates it: a single integer key */
    AR_COLUMN_NULLABLE = 1 << 2,  /* the zero value is SQL NULL */
    AR_COLUMN_NULL_FLAG =
        1 << 3,                  /* with NULLABLE: SQL NULL is `false` in the bool at null_offset, not the zero value */
    AR_COLUMN_NOT_NULL = 1 << 4, /* a string or blob that is created NOT NULL */
    AR_COLUMN_DEFAULT = 1 << 5,  /* an insert omits the column if the field is SQL NULL */
    AR_COLUMN_CREATED_AT = 1 << 6,
    AR_COLUMN_UPDATED_AT = 1 << 7,
    AR_COLUMN_VERSION = 1 << 8,
    AR_COLUMN_EMAIL = 1 << 9,
    AR_COLUMN_LENGTH = 1 << 10,        /* `rule.length` applies */
    AR_COLUMN_RANGE = 1 << 11,         /* `rule.integer` applies, or `rule.real` for float and double */
    AR_COLUMN_WRITABLE_TEXT = 1 << 12, /* char *: the caller may write into the loaded string */
    AR_COLUMN_TIME_TEXT = 1 << 13,     /* SQLite stores the time as text, not as a number */
    AR_COLUMN_TIME_DATE = 1 << 14      /* with TIME_TEXT: a date without time of day, read as midnight */
};

struct ar_enum_name {
    const char *name;
    int64_t value;
};

struct ar_column {
    const struct ar_model *model;
    const char *field; /* in the struct */
    const char *name;  /* in the database */
    const char *sql;   /* the name, quoted if necessary */
    uint32_t offset;
    uint32_t size;        /* of the field, in bytes */
    uint32_t null_offset; /* of the bool of NULL_FLAG */
    uint16_t flags;
    uint8_t type; /* enum ar_type */
    union {
        struct {
            uint32_t minimum, maximum;
        } length; /* in characters */
        struct {
            int64_t minimum, maximum;
        } integer;
        struct {
            double minimum, maximum;
        } real;
    } rule;
    const struct ar_enum_name *names; /* the constants of an enum, terminated by a NULL name */
};

enum ar_relation_kind { AR_RELATION_BELONGS_TO, AR_RELATION_HAS_ONE, AR_RELATION_HAS_MANY };

enum { AR_CACHE_FOREVER = -1, AR_CACHE_UNLIMITED = 0 };

/* How long a loaded relation is cached, and for how many owners. */
struct ar_cache_policy {
    bool is_set;       /* the annotation has .cache; otherwise the session's defaults apply */
    bool off;          /* every access loads */
    int32_t ttl;       /* seconds; AR_CACHE_FOREVER */
    uint32_t max_size; /* owners; AR_CACHE_UNLIMITED */
};

struct ar_relation {
    const char *name;
    const struct ar_model *owner;
    const struct ar_model *target;
    const struct ar_relation *inverse; /* or NULL */
    const uint16_t *foreign_key; /* columns of the owner for belongs_to, else of the target; in the order of the key */
    uint8_t kind;                /* enum ar_relation_kind */
    bool load_one;               /* a lazy load does not cover siblings */
    struct ar_cache_policy cache;
    /* Selects the rows of the target for the keys bound as parameter 1. On SQLite the last column is the ordinal of the
     * key, unless keys are single integers. */
    struct ar_sql select;
};

struct ar_model {
    const char *name;
    const char *table; /* in the database */
    const char *sql;   /* the table's name, quoted if necessary */
    size_t size;       /* of the struct */
    size_t alignment;  /* of the struct */
    const struct ar_column *columns;
    const uint16_t *key; /* columns of the primary key */
    const struct ar_relation *const *relations;
    const struct ar_relation *const *referrers; /* relations of all models whose foreign key refers to this one */
    uint16_t column_count;
    uint16_t key_count;
    uint16_t relation_count;
    uint16_t referrer_count;
    struct ar_sql select;    /* SELECT columns FROM table */
    struct ar_sql find;      /* select, with WHERE key = parameters 1 to key_count */
    struct ar_sql create;    /* creates the table and its indexes if they do not exist */
    struct ar_sql constrain; /* adds its foreign keys after all tables exist; NULL if `create` does */
};

/* Return the name of the enum's constant with this value: the first one, if several have it; NULL if none has. The
 * generated <enum>_name calls it. The string is static. */
const char *ar_enum_name(const struct ar_column *column, int64_t value);

/* Find the enum's constant with this name and store its value in *out. Return false, with *out unchanged, if there is
 * none or `name` is NULL. The generated <enum>_parse calls it. */
bool ar_enum_parse(const struct ar_column *column, const char *name, int64_t *out);

#ifdef __cplusplus
}
#endif
#endif
