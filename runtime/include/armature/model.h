/* The tables that the armature tool generates: what the runtime knows of a program's models.
 *
 * All of it is constant data. Programs name descriptors (`&post_model`) but have no need to look inside. */
#ifndef ARMATURE_MODEL_H
#define ARMATURE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Raised whenever generated code and runtime would misunderstand each other. */
#define ARMATURE_ABI 4

/* At most this many columns make a key. */
#define AR_KEY_COLUMNS_MAX 8

#ifdef __cplusplus
extern "C" {
#endif

struct ar_model;
struct ar_relation;

/* SQL in the words of each database. */
struct ar_sql {
    const char *sqlite;
    const char *postgresql;
};

/* What a field holds. */
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
    AR_TYPE_CHARS,    /* char[N], always with a terminator */
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
    AR_COLUMN_GENERATED = 1 << 1, /* the database gives it: the single integer key */
    AR_COLUMN_NULLABLE = 1 << 2,  /* the zero value is SQL NULL */
    AR_COLUMN_NULL_FLAG = 1 << 3, /* with NULLABLE: `false` in the bool at null_offset is SQL NULL, not the zero */
    AR_COLUMN_NOT_NULL = 1 << 4,  /* a text or blob that is created NOT NULL */
    AR_COLUMN_DEFAULT = 1 << 5,   /* left to the database where the field is SQL NULL */
    AR_COLUMN_CREATED_AT = 1 << 6,
    AR_COLUMN_UPDATED_AT = 1 << 7,
    AR_COLUMN_VERSION = 1 << 8,
    AR_COLUMN_EMAIL = 1 << 9,
    AR_COLUMN_LENGTH = 1 << 10,        /* `rule.length` holds */
    AR_COLUMN_RANGE = 1 << 11,         /* `rule.integer` holds, or `rule.real` for float and double */
    AR_COLUMN_WRITABLE_TEXT = 1 << 12, /* char *: the program may write into the loaded text */
    AR_COLUMN_TIME_TEXT = 1 << 13,     /* SQLite stores the time as a text, not as a number, and … */
    AR_COLUMN_TIME_DATE = 1 << 14      /* … with TIME_TEXT: only a date, whose time of day is midnight */
};

struct ar_enum_name {
    const char *name;
    int64_t value;
};

struct ar_column {
    const struct ar_model *model;
    const char *field; /* in the struct */
    const char *name;  /* in the database */
    const char *sql;   /* the name, quoted where SQL needs it */
    uint32_t offset;
    uint32_t size;        /* of the field, in bytes */
    uint32_t null_offset; /* of the bool that NULL_FLAG speaks of */
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
    const struct ar_enum_name *names; /* of an enum its constants, closed by a NULL name */
};

enum ar_relation_kind { AR_RELATION_BELONGS_TO, AR_RELATION_HAS_ONE, AR_RELATION_HAS_MANY };

enum { AR_CACHE_FOREVER = -1, AR_CACHE_UNLIMITED = 0 };

/* What is remembered of a relation. */
struct ar_cache_policy {
    bool is_set;       /* the annotation says something; otherwise the session's defaults hold */
    bool off;          /* every access loads */
    int32_t ttl;       /* seconds; AR_CACHE_FOREVER */
    uint32_t max_size; /* owners; AR_CACHE_UNLIMITED */
};

struct ar_relation {
    const char *name;
    const struct ar_model *owner;
    const struct ar_model *target;
    const struct ar_relation *inverse; /* or NULL */
    const uint16_t
        *foreign_key; /* columns of the owner for belongs_to, of the target otherwise; in the order of the key */
    uint8_t kind;     /* enum ar_relation_kind */
    bool load_one;    /* a lazy access leaves the siblings alone */
    struct ar_cache_policy cache;
    /* Rows of the target for the keys bound as parameter 1, on SQLite with the key's position as the last column unless
     * keys are single integers. */
    struct ar_sql select;
};

struct ar_model {
    const char *name;
    const char *table; /* in the database */
    const char *sql;   /* the table's name, quoted where SQL needs it */
    size_t size;       /* of the struct, and … */
    size_t alignment;  /* … its alignment */
    const struct ar_column *columns;
    const uint16_t *key; /* columns of the primary key */
    const struct ar_relation *const *relations;
    const struct ar_relation *const *referrers; /* relations of any model that lead here, by foreign key */
    uint16_t column_count;
    uint16_t key_count;
    uint16_t relation_count;
    uint16_t referrer_count;
    struct ar_sql select;    /* SELECT columns FROM table */
    struct ar_sql find;      /* the same, WHERE key = parameters 1 to key_count */
    struct ar_sql create;    /* the table and its indexes, where they do not exist */
    struct ar_sql constrain; /* its foreign keys, once all tables are there; NULL where `create` has them */
};

/* The constants of an enum's column by value and by name: what the generated <enum>_name and <enum>_parse call.
 * ar_enum_name returns NULL if there is no such constant, the first of several with one value. ar_enum_parse returns
 * false if there is none, or `name` is NULL; *out is then as it was. */
const char *ar_enum_name(const struct ar_column *column, int64_t value);
bool ar_enum_parse(const struct ar_column *column, const char *name, int64_t *out);

#ifdef __cplusplus
}
#endif
#endif
