/* Keys of records: made from fields and values. */
#include "model/key.h"

#include "base/calendar.h"
#include "model/field.h"

bool ar_key_is_integer(struct key_columns columns)
{
    if (columns.count == 0)
        return true;
    return columns.count == 1 && ar_type_is_integer(columns.model->columns[columns.columns[0]].type);
}

bool ar_key_has_text(struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++)
        if (ar_type_is_text(columns.model->columns[columns.columns[i]].type))
            return true;
    return false;
}

const struct ar_column *const *ar_key_column_list(struct key_columns columns, struct arena *arena)
{
    const struct ar_column **list = ar_arena_allocate(arena, columns.count * sizeof *list);

    for (size_t i = 0; i < columns.count && list != NULL; i++)
        list[i] = &columns.model->columns[columns.columns[i]];
    return list;
}

/* Convert a value without bytes to a number, which is different for different values: seconds of a time, days of a
 * date, microseconds of a time of day. */
static int64_t number_of(const struct ar_value *part)
{
    if (part->kind == AR_VALUE_TIME)
        return part->time.seconds;
    if (part->kind == AR_VALUE_DATE)
        return ar_date_to_days(part->date);
    if (part->kind == AR_VALUE_TIME_OF_DAY)
        return ar_time_of_day_to_microseconds(part->time_of_day);
    return part->integer;
}

static bool has_bytes(const struct ar_value *part)
{
    return part->kind == AR_VALUE_TEXT || part->kind == AR_VALUE_BLOB;
}

static int compare_bytes(struct ar_bytes a, struct ar_bytes b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size > 0 ? memcmp(a.data, b.data, size) : 0;

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

int ar_key_parts_compare(const struct ar_value *a, const struct ar_value *b)
{
    int64_t left, right;

    if (has_bytes(a))
        return compare_bytes(a->bytes, b->bytes);
    left = number_of(a);
    right = number_of(b);
    if (left != right || a->kind != AR_VALUE_TIME)
        return (left > right) - (left < right);
    return (a->time.nanoseconds > b->time.nanoseconds) - (a->time.nanoseconds < b->time.nanoseconds);
}

bool ar_key_parts_copy(struct ar_value *parts, size_t count, struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        if (!has_bytes(&parts[i]))
            continue;
        parts[i].bytes.data = ar_arena_copy_text(arena, parts[i].bytes.data, parts[i].bytes.size);
        if (parts[i].bytes.data == NULL)
            return false;
    }
    return true;
}

/* Return the size of a part: a number has 8 bytes, after which a time has its nanoseconds; strings and bytes follow
 * their length, so that different tuples have different bytes. */
static size_t part_size(const struct ar_value *part)
{
    if (has_bytes(part))
        return sizeof(size_t) + part->bytes.size;
    return sizeof(int64_t) + (part->kind == AR_VALUE_TIME ? sizeof part->time.nanoseconds : 0);
}

static char *append(char *end, const void *data, size_t size)
{
    memcpy(end, data, size);
    return end + size;
}

static char *append_bytes(char *end, struct ar_bytes bytes)
{
    return append(append(end, &bytes.size, sizeof bytes.size), bytes.data, bytes.size);
}

static char *append_part(char *end, const struct ar_value *part)
{
    const int64_t number = has_bytes(part) ? 0 : number_of(part);

    if (has_bytes(part))
        return append_bytes(end, part->bytes);
    end = append(end, &number, sizeof number);
    return part->kind == AR_VALUE_TIME ? append(end, &part->time.nanoseconds, sizeof part->time.nanoseconds) : end;
}

bool ar_key_parts_equal(const struct ar_value *a, const struct ar_value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case AR_VALUE_INTEGER:
        return a->integer == b->integer;
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
        return a->bytes.size == b->bytes.size && memcmp(a->bytes.data, b->bytes.data, a->bytes.size) == 0;
    case AR_VALUE_NULL:
    case AR_VALUE_REAL:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
    case AR_VALUE_ARRAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

/* Return true if a value can be part of a key. */
static bool is_part(const struct ar_value *value)
{
    switch (value->kind) {
    case AR_VALUE_INTEGER:
    case AR_VALUE_TEXT:
    case AR_VALUE_BLOB:
    case AR_VALUE_TIME:
    case AR_VALUE_DATE:
    case AR_VALUE_TIME_OF_DAY:
        return true;
    case AR_VALUE_NULL:
    case AR_VALUE_REAL:
    case AR_VALUE_ARRAY:
    case AR_VALUE_DECIMAL:
    case AR_VALUE_OUT_OF_RANGE:
    case AR_VALUE_OTHER:
        break;
    }
    return false;
}

/* Return true if the value is zero: the number 0, an empty string, or bytes that are all zero. */
static bool is_zero(const struct ar_value *part)
{
    const unsigned char *bytes = part->bytes.data;

    if (part->kind == AR_VALUE_INTEGER)
        return part->integer == 0;
    if (part->kind != AR_VALUE_TEXT && part->kind != AR_VALUE_BLOB)
        return false;
    for (size_t i = 0; i < part->bytes.size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* Return true if the part of a key of several columns, or of one that is not an integer, is not set. */
static bool is_unset(struct key_columns columns, size_t part, const struct ar_value *value)
{
    const uint32_t made = AR_COLUMN_NEW_UUID | AR_COLUMN_ZERO_DEFAULT | AR_COLUMN_GENERATED; /* by an insert */
    bool is_made = (columns.model->columns[columns.columns[part]].flags & made) != 0;

    return (is_made || (columns.count == 1 && value->kind == AR_VALUE_BLOB)) && is_zero(value);
}

enum key_state ar_key_of_values(struct key_columns columns, const struct ar_value *values, struct arena *arena,
                                struct key *out)
{
    enum key_state state = KEY_SET;
    size_t size = 0;
    char *bytes, *end;

    if (ar_key_is_integer(columns)) {
        if (values[0].kind != AR_VALUE_INTEGER)
            return KEY_NULL;
        *out = ar_key_of_integer(values[0].integer);
        return values[0].integer != 0 ? KEY_SET : KEY_ZERO;
    }
    for (size_t i = 0; i < columns.count; i++) {
        if (!is_part(&values[i]))
            return KEY_NULL;
        size += part_size(&values[i]);
        if (is_unset(columns, i, &values[i]))
            state = KEY_ZERO;
    }
    bytes = ar_arena_allocate(arena, size);
    if (bytes == NULL)
        return KEY_NO_MEMORY;
    end = bytes;
    for (size_t i = 0; i < columns.count; i++)
        end = append_part(end, &values[i]);
    *out = (struct key){.bytes = bytes, .size = size, .hash = ar_hash_bytes(bytes, size)};
    return state;
}

void ar_key_keep_values(const struct stored_key *stored, struct ar_value *values, size_t count)
{
    const unsigned char *part = stored->bytes->bytes;

    for (size_t i = 0; i < count; part += part_size(&values[i++]))
        if (has_bytes(&values[i]))
            values[i].bytes.data = (const char *)part + sizeof(size_t);
}

/* Return true if all parts are strings that the fields point to, as in most keys that are not integers. */
static bool are_texts(struct key_columns columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        const struct ar_column *column = &columns.model->columns[columns.columns[i]];
        if (column->type != AR_TYPE_TEXT || (column->flags & AR_COLUMN_NULL_FLAG) != 0)
            return false;
    }
    return true;
}

/* Return the key of such fields, as ar_key_of_values does for their values. */
static enum key_state key_of_texts(struct key_columns columns, const void *record, struct arena *arena, struct key *out)
{
    struct ar_bytes parts[AR_KEY_COLUMNS_MAX];
    size_t size = 0;
    char *bytes, *end;

    for (size_t i = 0; i < columns.count; i++) {
        const char *text;
        memcpy(&text, (const char *)record + columns.model->columns[columns.columns[i]].offset, sizeof text);
        if (text == NULL)
            return KEY_NULL;
        parts[i] = (struct ar_bytes){text, strlen(text)};
        size += sizeof parts[i].size + parts[i].size;
    }
    bytes = ar_arena_allocate(arena, size);
    if (bytes == NULL)
        return KEY_NO_MEMORY;
    end = bytes;
    for (size_t i = 0; i < columns.count; i++)
        end = append_bytes(end, parts[i]);
    *out = (struct key){.bytes = bytes, .size = size, .hash = ar_hash_bytes(bytes, size)};
    return KEY_SET;
}

void ar_key_values(struct key_columns columns, const void *record, struct ar_value *out)
{
    size_t i = 0;

    do /* a key has at least one column */
        out[i] = ar_field_value(&columns.model->columns[columns.columns[i]], record);
    while (++i < columns.count);
}

enum ar_status ar_foreign_key_set(struct key_columns foreign, const struct ar_value *values,
                                  const struct field_reader *reader, void *record)
{
    const struct ar_model *model = foreign.model;
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < foreign.count && status == AR_OK; i++)
        status = ar_field_read(reader, &model->columns[foreign.columns[i]], &values[i], record);
    if (status == AR_OK && foreign.guard != NULL) {
        const struct ar_value type = ar_guard_value(foreign.guard);
        status = ar_field_read(reader, &model->columns[foreign.guard->column], &type, record);
    }
    return status;
}

bool ar_guard_holds(const struct ar_guard *guard, const struct ar_model *model, const void *record)
{
    struct ar_value value = ar_field_value(&model->columns[guard->column], record);

    if (value.kind == AR_VALUE_INTEGER)
        return guard->text == NULL && value.integer == guard->number;
    return value.kind == AR_VALUE_TEXT && guard->text != NULL && value.bytes.size == strlen(guard->text) &&
           memcmp(value.bytes.data, guard->text, value.bytes.size) == 0;
}

enum key_state ar_key_of_fields(struct key_columns columns, const void *record, struct arena *arena, struct key *out)
{
    struct ar_value values[AR_KEY_COLUMNS_MAX];

    if (columns.count == 0) {
        *out = ar_key_of_integer((int64_t)(intptr_t)record);
        return KEY_SET;
    }
    if (columns.guard != NULL && !ar_guard_holds(columns.guard, columns.model, record))
        return KEY_NULL;
    if (are_texts(columns))
        return key_of_texts(columns, record, arena, out);
    ar_key_values(columns, record, values);
    return ar_key_of_values(columns, values, arena, out);
}
