/** @file
 * Model descriptors: constant tables that the armature tool generates and the runtime reads.
 *
 * Programs pass descriptors to functions (`&post_model`) but do not need their members. Descriptors are never written,
 * so all threads may use them. */
#ifndef ARMATURE_MODEL_H
#define ARMATURE_MODEL_H

#include <armature/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The version of the interface between generated code and the runtime; raised by each incompatible change. */
#define ARMATURE_ABI 9

/** Maximum number of columns of a key. */
#define AR_KEY_COLUMNS_MAX 8

/** Maximum number of relations that one of AR_HAS_MANY_THROUGH follows. */
#define AR_PATH_MAX 16

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* exported */

struct ar_model;
struct ar_relation;
struct ar_session;

/** SQL in the dialect of each database. */
struct ar_sql {
    const char *sqlite;     /**< for SQLite */
    const char *postgresql; /**< for PostgreSQL */
};

/** The type of a field. */
enum ar_type {
    AR_TYPE_BOOL,        /**< bool */
    AR_TYPE_INT8,        /**< a signed integer of 8 bits, or an enum of this size */
    AR_TYPE_INT16,       /**< of 16 bits */
    AR_TYPE_INT32,       /**< of 32 bits */
    AR_TYPE_INT64,       /**< of 64 bits */
    AR_TYPE_UINT8,       /**< an unsigned integer of 8 bits, or an enum of this size */
    AR_TYPE_UINT16,      /**< of 16 bits */
    AR_TYPE_UINT32,      /**< of 32 bits */
    AR_TYPE_UINT64,      /**< of 64 bits; values above INT64_MAX cannot be stored */
    AR_TYPE_FLOAT,       /**< float */
    AR_TYPE_DOUBLE,      /**< double */
    AR_TYPE_DECIMAL,     /**< a signed integer of 16, 32 or 64 bits, in units of 10^-scale */
    AR_TYPE_INTERVAL,    /**< int64_t, in microseconds */
    AR_TYPE_TEXT,        /**< char * or const char * */
    AR_TYPE_CHARS,       /**< char[N], always terminated */
    AR_TYPE_BLOB,        /**< struct ar_blob */
    AR_TYPE_BYTES,       /**< uint8_t[N] */
    AR_TYPE_UUID,        /**< uint8_t[16], AR_UUID */
    AR_TYPE_UUID_TEXT,   /**< likewise, stored as a string of 36 characters */
    AR_TYPE_TIME,        /**< time_t */
    AR_TYPE_TIMESPEC,    /**< struct timespec */
    AR_TYPE_ENUM_TEXT,   /**< an enum of 4 bytes, stored as the name of its constant */
    AR_TYPE_DATE,        /**< struct ar_date */
    AR_TYPE_TIME_OF_DAY, /**< struct ar_time_of_day */
    AR_TYPE_INT64S,      /**< struct ar_int64s */
    AR_TYPE_TEXTS        /**< struct ar_texts */
};

/** Number of column types. */
enum { AR_TYPE_COUNT = AR_TYPE_TEXTS + 1 };

/** Return true if the type is an integer of any width; bool is not. */
static inline bool ar_type_is_integer(enum ar_type type)
{
    return type >= AR_TYPE_INT8 && type <= AR_TYPE_UINT64;
}

/** Return true if the type is an array. */
static inline bool ar_type_is_array(enum ar_type type)
{
    return type == AR_TYPE_INT64S || type == AR_TYPE_TEXTS;
}

/** Return true if the database stores the type as a string. */
static inline bool ar_type_is_text(enum ar_type type)
{
    return type == AR_TYPE_TEXT || type == AR_TYPE_CHARS || type == AR_TYPE_ENUM_TEXT;
}

/** Properties of a column, combined with |. */
enum ar_column_flag {
    AR_COLUMN_KEY = 1 << 0,            /**< part of the primary key */
    AR_COLUMN_GENERATED = 1 << 1,      /**< the database numbers it: a single integer key, or AR_IDENTITY */
    AR_COLUMN_NULLABLE = 1 << 2,       /**< the zero value is SQL NULL */
    AR_COLUMN_NULL_FLAG = 1 << 3,      /**< with NULLABLE: a false bool at `null_offset` is SQL NULL instead */
    AR_COLUMN_NOT_NULL = 1 << 4,       /**< a string or blob that is created NOT NULL */
    AR_COLUMN_DEFAULT = 1 << 5,        /**< an insert omits the column if the field is SQL NULL */
    AR_COLUMN_CREATED_AT = 1 << 6,     /**< AR_CREATED_AT */
    AR_COLUMN_UPDATED_AT = 1 << 7,     /**< AR_UPDATED_AT */
    AR_COLUMN_VERSION = 1 << 8,        /**< AR_VERSION */
    AR_COLUMN_EMAIL = 1 << 9,          /**< AR_EMAIL */
    AR_COLUMN_LENGTH = 1 << 10,        /**< `rule.length` applies */
    AR_COLUMN_RANGE = 1 << 11,         /**< `rule.range` applies: `integer`, or `real` for float and double */
    AR_COLUMN_WRITABLE_TEXT = 1 << 12, /**< char *: the caller may write into the loaded string */
    AR_COLUMN_TIME_TEXT = 1 << 13,     /**< SQLite stores the time as text, not as a number */
    AR_COLUMN_TIME_DATE = 1 << 14,     /**< with TIME_TEXT: a date without time of day, read as midnight */
    AR_COLUMN_UNIQUE = 1 << 15,        /**< AR_UNIQUE */
    AR_COLUMN_DECIMAL = 1 << 16,       /**< AR_DECIMAL: `precision` and `scale` apply */
    AR_COLUMN_JSON = 1 << 19,          /**< AR_JSON */
    AR_COLUMN_PARAMETER = 1 << 28,     /**< a parameter of user SQL */
    AR_COLUMN_COUNTER = 1 << 20,       /**< the `.counter` of a relation: updates of the record do not write it */
    AR_COLUMN_DELETED_AT = 1 << 21,    /**< AR_DELETED_AT */
    AR_COLUMN_NEW_UUID = 1 << 24,      /**< AR_GENERATE_UUID(v7): an insert makes a UUID if the field is zero */
    AR_COLUMN_ZERO_DEFAULT = 1 << 25,  /**< with DEFAULT: an insert also omits the column if the field is zero */
    AR_COLUMN_TIME_ISO = 1 << 22,     /**< with TIME_TEXT: in the form 2009-01-31T23:59:59Z, with `scale` more digits */
    AR_COLUMN_WITHOUT_ZONE = 1 << 23, /**< PostgreSQL stores the time as a timestamp without time zone, in UTC */
    AR_COLUMN_COMPUTED = 1 << 27,     /**< AR_GENERATED: the database computes it; it is read, never written */
    AR_COLUMN_EXACT = 1 << 26         /**< part of a key: values that the field would change are refused */
};

/** A constant of an enum. */
struct ar_enum_name {
    const char *name; /**< NULL at the end of a list */
    int64_t value;    /**< its number */
};

/** The type of a column for which the runtime has no binary form. PostgreSQL converts its values from and to strings;
 * SQLite stores the strings. */
struct ar_cast {
    const char *type;     /**< of PostgreSQL, without length: strings of many rows are cast to it */
    const char *read;     /**< begins an expression that converts a value to a string; NULL: none is necessary */
    const char *read_end; /**< … and ends it */
};

/** A field and its column. */
struct ar_column {
    const struct ar_model *model; /**< the model that it belongs to */
    const char *field;            /**< its name in the struct */
    const char *name;             /**< its name in the database */
    const char *sql;              /**< `name`, quoted if necessary */
    uint32_t offset;              /**< of the field in the struct, in bytes */
    uint32_t size;                /**< of the field, in bytes */
    uint32_t null_offset;         /**< of the bool of AR_COLUMN_NULL_FLAG, in bytes */
    uint32_t flags;               /**< of enum ar_column_flag */
    uint8_t type;                 /**< enum ar_type */
    uint16_t precision;           /**< of a decimal, in digits */
    uint16_t scale;               /**< of a decimal, and of a time stored in ISO form: its digits after the point */
    struct {
        struct {
            uint32_t minimum, maximum;
        } length; /**< of AR_LENGTH, in characters */
        union {
            struct {
                int64_t minimum, maximum;
            } integer; /* of a decimal in units of 10^-scale */
            struct {
                double minimum, maximum;
            } real;                   /* of float and double */
        } range;                      /**< of AR_RANGE */
    } rule;                           /**< the rules for values */
    const struct ar_enum_name *names; /**< the constants of an enum, terminated by a NULL name */
    const struct ar_cast *cast;       /**< of a column with a type that only PostgreSQL has; NULL: `type` decides */
};

/** Maximum number of relations between a row and the column or count that it is ordered by. */
#define AR_ORDER_RELATIONS 4

/** A sort key, as ar_asc, ar_desc and the generated `<model>_by_<relation>` return it. */
struct ar_order {
    /** NULL: the number of rows that the last relation of `path` leads to; without a path, the end of a list. */
    const struct ar_column *column;
    bool descending;                                    /**< largest value first */
    uint8_t path_count;                                 /**< of `path`; above AR_ORDER_RELATIONS: too many */
    const struct ar_relation *path[AR_ORDER_RELATIONS]; /**< from the ordered row to the row with the column */
};

/** The kind of a relation. */
enum ar_relation_kind {
    AR_RELATION_BELONGS_TO,       /**< the owner's foreign key refers to the target */
    AR_RELATION_HAS_ONE,          /**< the foreign key of at most one row of the target refers to the owner */
    AR_RELATION_HAS_MANY,         /**< the foreign keys of any number of rows of the target refer to the owner */
    AR_RELATION_HAS_ONE_THROUGH,  /**< `path` leads to at most one row of the target */
    AR_RELATION_HAS_MANY_THROUGH, /**< `path` leads to any number of rows of the target */
    AR_RELATION_MANY_TO_MANY      /**< likewise, by a join table that has no struct of the program */
};

/** What deleting an owner does with the rows of a relation: `.dependent`. */
enum ar_dependent {
    AR_DEPENDENT_NONE,    /**< nothing: while rows refer to the owner, the database refuses to delete it */
    AR_DEPENDENT_DESTROY, /**< delete each row by the rules of its own model */
    AR_DEPENDENT_DELETE,  /**< delete the rows in one statement, without the rules of their model */
    AR_DEPENDENT_NULLIFY, /**< set their foreign keys to SQL NULL */
    AR_DEPENDENT_RESTRICT /**< refuse to delete the owner if there are any */
};

/** Special values of struct ar_cache_policy. */
enum {
    AR_CACHE_FOREVER = -1, /**< as `ttl`: a loaded relation does not expire */
    AR_CACHE_UNLIMITED = 0 /**< as `max_size`: any number of owners */
};

/** How long a loaded relation is cached, and for how many owners. */
struct ar_cache_policy {
    bool is_set;       /**< the annotation has .cache; otherwise the session's defaults apply */
    bool off;          /**< every access loads */
    int32_t ttl;       /**< in seconds, or AR_CACHE_FOREVER */
    uint32_t max_size; /**< number of owners, or AR_CACHE_UNLIMITED */
};

/** What tells that the foreign key of a row refers to one of the models of an AR_BELONGS_TO_ANY: a column has a value.
 */
struct ar_guard {
    uint16_t column;  /**< of the model with the foreign key */
    const char *text; /**< the value; NULL: `number` */
    int64_t number;   /**< the value, if it is not a string */
    const char *sql;  /**< the value as an SQL literal */
};

/** A relation from an owner to its target. */
struct ar_relation {
    const char *name;                  /**< as in its annotation */
    const struct ar_model *owner;      /**< the model that declares it */
    const struct ar_model *target;     /**< the model of the related records */
    const struct ar_relation *inverse; /**< the relation of the target that leads back, or NULL */
    /** Columns of the owner for a belongs_to, otherwise of the target; in the order of the key. NULL with a path. */
    const uint16_t *foreign_key;
    /** Columns of the other model that the foreign key refers to, from .references; NULL: its primary key. */
    const uint16_t *referred_key;
    uint8_t referred_key_count; /**< of `referred_key` */
    /** The relations to follow from the owner to the target, each with a foreign key; `path_count` of them. */
    const struct ar_relation *const *path;
    uint8_t path_count; /**< 0, or 2 to AR_PATH_MAX */
    bool is_distinct;   /**< a list has each target once */
    bool has_links;     /**< a load also reads the rows of the first relation's target */
    /** Of AR_BELONGS_TO_ANY and its other side; NULL: all foreign keys refer to one model. */
    const struct ar_guard *guard;
    uint8_t kind;                 /**< enum ar_relation_kind */
    bool load_one;                /**< a lazy load does not cover siblings */
    uint8_t dependent;            /**< enum ar_dependent, of a has_many or has_one */
    bool touches;                 /**< of a belongs_to: a write of the owner sets the target's AR_UPDATED_AT */
    bool has_counter;             /**< of a belongs_to: the target counts the rows that refer to it */
    uint16_t counter;             /**< the column of the target that has the count */
    struct ar_cache_policy cache; /**< from .cache */
    /** The condition of .where on rows of the target: strings between which the name or alias of the target's table
     * goes, ended by NULL. NULL: none. */
    const char *const *where;
    const struct ar_order *order;  /**< from .order, ended by a NULL column; NULL: by primary key */
    const uint16_t *scope_columns; /**< columns of the target that .where and .order name */
    uint16_t scope_column_count;   /**< of `scope_columns` */
    /** Selects the rows of the target for the keys bound as parameter 1. On SQLite the last column is the ordinal of
     * the key, unless keys are single integers. NULL with a path. */
    struct ar_sql select;
};

/** When a function of the program is called. */
enum ar_hook_event {
    AR_HOOK_BEFORE_INSERT, /**< AR_BEFORE_INSERT */
    AR_HOOK_AFTER_INSERT,  /**< AR_AFTER_INSERT */
    AR_HOOK_BEFORE_UPDATE, /**< AR_BEFORE_UPDATE */
    AR_HOOK_AFTER_UPDATE,  /**< AR_AFTER_UPDATE */
    AR_HOOK_BEFORE_DELETE, /**< AR_BEFORE_DELETE */
    AR_HOOK_AFTER_DELETE,  /**< AR_AFTER_DELETE */
    AR_HOOK_VALIDATE,      /**< AR_VALIDATE */
    AR_HOOK_AFTER_COMMIT,  /**< AR_AFTER_COMMIT */
    AR_HOOK_AFTER_ROLLBACK /**< AR_AFTER_ROLLBACK */
};

/** What a transaction did to a row. */
enum ar_change {
    AR_INSERTED, /**< the row is new */
    AR_UPDATED,  /**< the row existed before, and still does */
    AR_DELETED   /**< the row is gone */
};

/** A function of the program that the runtime calls when it writes a record. */
struct ar_hook {
    const char *name; /**< of the function */
    uint8_t event;    /**< enum ar_hook_event */
    /** The function, for all events of a write. */
    enum ar_status (*call)(struct ar_session *s, void *record);
    /** The function, for AFTER_COMMIT and AFTER_ROLLBACK. */
    void (*end)(struct ar_session *s, const void *record, enum ar_change change);
};

/** A relation to one of several models: AR_BELONGS_TO_ANY or AR_BELONGS_TO_ONE_OF. */
struct ar_union {
    const char *name;                          /**< as in its annotation */
    const struct ar_model *owner;              /**< the model that declares it */
    const struct ar_relation *const *variants; /**< `variant_count` relations of the owner, each a belongs_to */
    uint16_t variant_count;                    /**< of `variants` */
    bool is_exclusive;                         /**< exactly one has a foreign key that is not null */
};

/** An AR_CHECK of a table. */
struct ar_check {
    const char *constraint;         /**< its name in the database */
    const char *sql;                /**< the condition as written */
    const struct ar_column *column; /**< of the field that declares it; NULL: the struct does */
};

/** Columns whose values are unique together: an AR_UNIQUE_KEY, or an AR_INDEX with `.unique` on all rows. */
struct ar_unique {
    const uint16_t *columns; /**< their indexes in the model */
    uint16_t column_count;   /**< of `columns`; at most AR_KEY_COLUMNS_MAX */
};

/** A struct and its table. */
struct ar_model {
    const char *name;                           /**< the struct's tag, or .prefix */
    const char *table;                          /**< its name in the database */
    const char *sql;                            /**< `table`, quoted if necessary; it also qualifies columns */
    const char *qualified;                      /**< `sql` with its schema, where there are schemas; NULL: without */
    size_t size;                                /**< of the struct, in bytes */
    size_t alignment;                           /**< of the struct, in bytes */
    const struct ar_column *columns;            /**< `column_count` columns, in the order of the fields */
    const uint16_t *key;                        /**< indexes of the `key_count` columns of the primary key */
    const struct ar_relation *const *relations; /**< `relation_count` relations that it owns */
    /** Relations of all models whose target is this one, or whose path leads through it. */
    const struct ar_relation *const *referrers;
    const struct ar_union *const *arcs; /**< `arc_count` AR_BELONGS_TO_ONE_OF, which a write checks */
    uint16_t arc_count;                 /**< of `arcs` */
    uint16_t column_count;              /**< of `columns` */
    uint16_t key_count;                 /**< of `key`; at most AR_KEY_COLUMNS_MAX */
    uint16_t relation_count;            /**< of `relations` */
    uint16_t referrer_count;            /**< of `referrers` */
    uint16_t hook_count;                /**< of `hooks` */
    uint16_t hook_events;               /**< a bit for each event of `hooks` */
    const struct ar_column *deleted_at; /**< the column of AR_DELETED_AT, or NULL: deletes remove rows */
    const struct ar_hook *hooks;        /**< `hook_count` functions, in the order of their declaration */
    struct ar_sql select;               /**< SELECT columns FROM table */
    struct ar_sql find;                 /**< `select`, with WHERE key = parameters 1 to key_count */
    struct ar_sql create;               /**< creates the table and its indexes if they do not exist */
    struct ar_sql constrain; /**< what follows when all tables exist: foreign keys, a view; NULL if `create` does it */
    const char *distribute; /**< SQL that follows `create` on Citus, of a sharded model or a reference table; or NULL */
    /** The model with whose table Citus colocates the one of a sharded model; NULL if this is the first one. */
    const struct ar_model *colocated;
    /** Models whose rows the database deletes or changes by itself when a row is deleted: `.on_delete`. */
    const struct ar_model *const *cascaded;
    uint16_t cascaded_count;                /**< of `cascaded` */
    uint16_t check_count;                   /**< of `checks` */
    uint16_t unique_count;                  /**< of `uniques` */
    const struct ar_check *checks;          /**< `check_count` constraints */
    const struct ar_unique *uniques;        /**< `unique_count` sets of columns, without single AR_UNIQUE columns */
    uint16_t sibling_count;                 /**< of `siblings` */
    const struct ar_model *const *siblings; /**< the other models of the same table */
    bool is_join;                           /**< the join table of an AR_MANY_TO_MANY */
    bool is_read_only; /**< a view, or a table with `.read_only`: writes are AR_MISUSE; it may have no key */
    bool is_reference; /**< AR_REFERENCE_TABLE: every server of a sharded database has all rows */
    /** The column of AR_SHARD_KEY, which is part of every key and of every relation to another sharded model; NULL: the
     * model is not sharded. */
    const struct ar_column *shard_key;
    bool all_shards; /**< `.all_shards` of an AR_VIEW: it has no shard key, but rows of sharded tables */
};

/** Return the name of an enum's constant. The generated `<enum>_name` calls it.
 *
 * @param column  a column of the enum
 * @param value   the number of a constant; if several constants have it, the first one is used
 * @return  a static string, or NULL if no constant has this number */
const char *ar_enum_name(const struct ar_column *column, int64_t value);

/** Find an enum's constant by its name. The generated `<enum>_parse` calls it.
 *
 * @param column  a column of the enum
 * @param name    compared exactly; may be NULL, which is not found
 * @param out     receives the number of the constant; unchanged if there is none
 * @return  true if there is a constant with this name */
bool ar_enum_parse(const struct ar_column *column, const char *name, int64_t *out);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
