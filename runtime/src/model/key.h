/* Keys of records: tuples of integers, strings, bytes, dates and times in a form that can be compared and hashed.
 *
 * A key of one integer is that integer; any other key is the concatenated bytes of its parts. A record of a model
 * without a key, which is only read, has its address as its key. */
#ifndef AR_KEY_H
#define AR_KEY_H

#include "base/arena.h"
#include "base/hash.h"
#include "model/relation_kind.h"

#include <armature/model.h>
#include <armature/value.h>

#include <string.h>

struct field_reader;

struct key {
    union {
        int64_t integer;
        const void *bytes;
    };
    size_t size; /* of the bytes; 0 is an integer */
    uint64_t hash;
};

/* The bytes of a key that is not an integer. */
struct key_bytes {
    size_t size;
    uint64_t hash;
    unsigned char bytes[];
};

/* A key that is stored in an item. All keys of the same columns are integers, or none is. */
struct stored_key {
    union {
        int64_t integer;
        const struct key_bytes *bytes;
    };
};

enum key_state {
    KEY_SET,
    KEY_ZERO, /* the only column, or one that an insert fills in, is zero: an unsaved record, although a row may have it
               */
    KEY_NULL, /* a part is NULL, or not a value that a key can have; the key is not set */
    KEY_NO_MEMORY
};

/* The columns of a key, in order. */
struct key_columns {
    const struct ar_model *model;
    const uint16_t *columns;
    size_t count;
    const struct ar_guard *guard; /* the key is NULL in rows for which it does not hold; NULL: none */
};

/* Return true if both consist of the same columns of one model in the same order, whatever their guards. */
static inline bool ar_key_columns_equal(struct key_columns a, struct key_columns b)
{
    return a.model == b.model && a.count == b.count && memcmp(a.columns, b.columns, a.count * sizeof *a.columns) == 0;
}

static inline struct key_columns ar_primary_key(const struct ar_model *model)
{
    return (struct key_columns){model, model->key, model->key_count, NULL};
}

/* Return the index of the column that chooses the partition or shard of a row, if the table has any: the shard key, or
 * the first column. */
static inline size_t ar_key_routing(struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++)
        if (&columns.model->columns[columns.columns[i]] == columns.model->shard_key)
            return i;
    return 0;
}

/* Return the column of the primary key that the database numbers: the only one, or AR_IDENTITY; NULL: none. */
static inline const struct ar_column *ar_generated_key(const struct ar_model *model)
{
    for (size_t i = 0; i < model->key_count; i++)
        if ((model->columns[model->key[i]].flags & AR_COLUMN_GENERATED) != 0)
            return &model->columns[model->key[i]];
    return NULL;
}

/* The columns that the foreign key refers to. The relation has no path. */
static inline struct key_columns ar_referred_key(const struct ar_relation *relation)
{
    const struct ar_model *model = ar_referred_model(relation);

    if (relation->referred_key == NULL)
        return ar_primary_key(model);
    return (struct key_columns){model, relation->referred_key, relation->referred_key_count, NULL};
}

/* The relation has no path. */
static inline struct key_columns ar_foreign_key(const struct ar_relation *relation)
{
    const size_t count = ar_referred_key(relation).count;

    return (struct key_columns){ar_referring_model(relation), relation->foreign_key, count, relation->guard};
}

/* The columns of the owner, and of the target, that must be equal. If the relation has a path, they are those of the
 * first relation on it. */
static inline struct key_columns ar_owner_columns(const struct ar_relation *relation)
{
    relation = ar_first_hop(relation);
    return ar_owner_has_foreign_key(relation) ? ar_foreign_key(relation) : ar_referred_key(relation);
}

static inline struct key_columns ar_target_columns(const struct ar_relation *relation)
{
    relation = ar_first_hop(relation);
    return ar_owner_has_foreign_key(relation) ? ar_referred_key(relation) : ar_foreign_key(relation);
}

/* Return true if the target is the only row with the owner's foreign key as its primary key, unless it is deleted by a
 * time: the identity map finds it, but does not know of every such row. */
static inline bool ar_is_found_if_living(const struct ar_relation *relation)
{
    return ar_owner_has_foreign_key(relation) && relation->where == NULL && relation->referred_key == NULL;
}

/* Return true if related rows are found by the primary key of the owner, not by columns of it that may change. */
static inline bool ar_is_found_by_primary_key(const struct ar_relation *relation)
{
    relation = ar_first_hop(relation);
    return !ar_owner_has_foreign_key(relation) && relation->referred_key == NULL;
}

/* Return true if the identity map alone finds the target. */
static inline bool ar_is_found_by_identity(const struct ar_relation *relation)
{
    return ar_is_found_if_living(relation) && relation->target->deleted_at == NULL;
}

/* Return true if a row of the model, which the relation leads to, names the key of the only owner whose related rows it
 * can change: always, unless the relation has a path on which the model is not the first one. */
static inline bool ar_path_names_owner(const struct ar_relation *relation, const struct ar_model *model)
{
    if (!ar_has_path(relation))
        return true;
    if (!ar_is_found_by_primary_key(relation))
        return false;
    for (size_t i = 1; i < relation->path_count; i++)
        if (relation->path[i]->target == model)
            return false;
    return true;
}

/* Return the key of one integer. */
static inline struct key ar_key_of_integer(int64_t integer)
{
    return (struct key){.integer = integer, .hash = (uint64_t)integer};
}

/* Do the same in place, member by member: copying a whole struct right after its members were stored would stall. */
static inline void ar_key_set_integer(struct key *key, int64_t integer)
{
    key->integer = integer;
    key->size = 0;
    key->hash = (uint64_t)integer;
}

/* Read an int64_t of a struct. */
static inline int64_t ar_integer_at(const void *record, size_t offset)
{
    int64_t integer;

    memcpy(&integer, (const char *)record + offset, sizeof integer);
    return integer;
}

/* Read the key from the fields of a record; its bytes, if any, are allocated in the arena. */
enum key_state ar_key_of_fields(struct key_columns columns, const void *record, struct arena *arena, struct key *out);

/* Do the same, with a fast path for the usual key, one int64_t, because every access to a relation reads one. */
static inline enum key_state ar_key_of_record(struct key_columns columns, const void *record, struct arena *arena,
                                              struct key *out)
{
    const struct ar_column *column = columns.count == 1 ? &columns.model->columns[columns.columns[0]] : NULL;
    if (column == NULL || columns.guard != NULL || column->type != AR_TYPE_INT64 ||
        (column->flags & AR_COLUMN_NULL_FLAG) != 0)
        return ar_key_of_fields(columns, record, arena, out);
    ar_key_set_integer(out, ar_integer_at(record, column->offset));
    if (out->integer != 0)
        return KEY_SET;
    return (column->flags & AR_COLUMN_NULLABLE) != 0 ? KEY_NULL : KEY_ZERO;
}

/* Prepared reading of the same key from many records. */
struct key_reader {
    struct key_columns columns;
    bool is_usual;   /* the key is one int64_t that is not nullable, as nearly all are */
    uint32_t offset; /* of the usual key, in the struct */
};

static inline struct key_reader ar_key_reader(struct key_columns columns)
{
    const struct ar_column *first = columns.count > 0 ? &columns.model->columns[columns.columns[0]] : NULL;

    return (struct key_reader){
        .columns = columns,
        .is_usual = columns.count == 1 && columns.guard == NULL && first->type == AR_TYPE_INT64 &&
                    (first->flags & (AR_COLUMN_NULLABLE | AR_COLUMN_NULL_FLAG)) == 0,
        .offset = first != NULL ? first->offset : 0,
    };
}

static inline enum key_state ar_key_read(const struct key_reader *reader, const void *record, struct arena *arena,
                                         struct key *out)
{
    if (!reader->is_usual)
        return ar_key_of_record(reader->columns, record, arena, out);
    ar_key_set_integer(out, ar_integer_at(record, reader->offset));
    return out->integer != 0 ? KEY_SET : KEY_ZERO;
}

/* Store the values of a record's key in `out`, columns.count of them. Strings and bytes refer to the record. */
void ar_key_values(struct key_columns columns, const void *record, struct ar_value *out);

/* Make a key from the values of its columns, in order. */
enum key_state ar_key_of_values(struct key_columns columns, const struct ar_value *values, struct arena *arena,
                                struct key *out);

/* Make the strings and bytes of `values`, from which the key was made, refer to the stored key's copies, because the
 * fields that they were read from may change. The key is not a single integer. */
void ar_key_keep_values(const struct stored_key *stored, struct ar_value *values, size_t count);

/* Return true if two values of one column are the same integer, string or bytes. Values of other types are never equal:
 * such a column does not name a tenant. */
bool ar_key_parts_equal(const struct ar_value *a, const struct ar_value *b);

/* Compare two values of one column of a key: numbers, dates and times by value, strings and bytes as bytes. */
int ar_key_parts_compare(const struct ar_value *a, const struct ar_value *b);

/* Copy the strings and bytes of a key's values, each with a terminator: a single string is bound with it, but a stored
 * key does not have it. Return false if out of memory. */
bool ar_key_parts_copy(struct ar_value *parts, size_t count, struct arena *arena);

/* Set a foreign key to these values, and the type that selects its target, if it has one. */
enum ar_status ar_foreign_key_set(struct key_columns foreign, const struct ar_value *values,
                                  const struct field_reader *reader, void *record);

/* Return the value of the guard's column. */
static inline struct ar_value ar_guard_value(const struct ar_guard *guard)
{
    return guard->text != NULL ? ar_value_text(guard->text) : ar_value_integer(guard->number);
}

/* Return true if the column of the guard has its value in a record of the model. */
bool ar_guard_holds(const struct ar_guard *guard, const struct ar_model *model, const void *record);

/* Return true if a column is a string: its collation or padding then decides which keys are equal, and equal keys may
 * have different bytes. */
bool ar_key_has_text(struct key_columns columns);

/* List the descriptors of the columns in the arena. Return NULL if out of memory. */
const struct ar_column *const *ar_key_column_list(struct key_columns columns, struct arena *arena);

/* Return true if keys of these columns are integers: one column of an integer type, or addresses. */
bool ar_key_is_integer(struct key_columns columns);

#endif
