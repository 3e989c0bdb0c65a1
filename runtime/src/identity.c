/* The identity map: records by primary key, read from rows, refreshed, and compared with their images. */
#include "identity.h"

#include "field.h"
#include "session.h"

#include <string.h>

/* ---- Records in memory ------------------------------------------------------------------------------------------- */

enum { ALIGNMENT = 16 };

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static const size_t header_size = (sizeof(struct record) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

void *ar_record_data(const struct record *record)
{
    return (char *)(uintptr_t)record + header_size;
}

struct record *ar_record_of(const void *data)
{
    return (struct record *)((uintptr_t)data - header_size);
}

void *ar_record_image(const struct ar_model *model, const struct record *record)
{
    return record->has_image ? (char *)ar_record_data(record) + aligned(model->size) : NULL;
}

/* A record with a zeroed struct, not yet in the map. */
static struct record *make_record(struct ar_session *s, const struct ar_model *model, const struct key *key)
{
    bool has_image = !s->options.read_only;
    size_t size = header_size + (has_image ? aligned(model->size) : 0) + model->size;
    struct record *record = ar_arena_allocate(&s->objects, size);

    if (record == NULL)
        return NULL;
    *record = (struct record){.has_image = has_image, .transaction = ar_transaction_serial(s)};
    memset(ar_record_data(record), 0, model->size);
    if (!ar_key_store(&record->key, key, &s->objects))
        return NULL;
    return record;
}

/* Makes the image the same as the struct. Text that the program may write into gets a copy of its own there. */
static enum ar_status take_image(struct ar_session *s, const struct ar_model *model, struct record *record)
{
    void *image = ar_record_image(model, record);

    if (image == NULL)
        return AR_OK;
    memcpy(image, ar_record_data(record), model->size);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        enum ar_status status = AR_OK;
        if ((column->flags & AR_COLUMN_WRITABLE_TEXT) != 0)
            status = ar_field_own(column, &s->text, &s->failure, image);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

bool ar_record_changed(const struct ar_model *model, const struct record *record)
{
    const void *data = ar_record_data(record);
    const void *image = ar_record_image(model, record);

    if (image == NULL || memcmp(data, image, model->size) == 0)
        return false;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        bool same = (column->flags & AR_COLUMN_WRITABLE_TEXT) != 0 ? ar_field_equal(column, data, image)
                                                                   : ar_field_identical(column, data, image);
        if (!same)
            return true;
    }
    return false;
}

/* ---- The map ----------------------------------------------------------------------------------------------------- */

struct identity *ar_identity(struct ar_session *s, const struct ar_model *model)
{
    struct identity *identity = ar_pointer_map_get(&s->identities.by_model, model);

    if (identity != NULL)
        return identity;
    identity = ar_arena_allocate_zero(&s->permanent, sizeof *identity);
    if (identity == NULL || !ar_pointer_map_add(&s->identities.by_model, model, identity)) {
        ar_session_no_memory(s);
        return NULL;
    }
    identity->model = model;
    identity->has_integer_key = ar_key_is_integer(ar_primary_key(model));
    return identity;
}

struct record *ar_identity_find(const struct identity *identity, const struct key *key)
{
    struct record *record = ar_table_find(&identity->records, key);

    return record != NULL && record->generation == identity->generation ? record : NULL;
}

static enum ar_status insert(struct ar_session *s, struct identity *identity, const struct key *key,
                             struct record *record)
{
    if (!ar_table_reserve(&identity->records))
        return ar_session_no_memory(s);
    record->generation = identity->generation;
    ar_table_insert(&identity->records, key, &record->key);
    return AR_OK;
}

static enum ar_status read_columns(struct ar_session *s, const struct ar_model *model, const struct ar_value *values,
                                   bool keep_equal, void *data)
{
    const struct field_reader reader = {.text = &s->text, .failure = &s->failure, .keep_equal = keep_equal};

    for (size_t i = 0; i < model->column_count; i++) {
        enum ar_status status = ar_field_read(&reader, &model->columns[i], &values[i], data);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

/* Reads the row into a record that is there: into a copy first, so that a value that does not fit changes nothing. A
 * record that the program changed stays as it is; that the row is another now is noted. */
static enum ar_status refresh(struct ar_session *s, struct identity *identity, const struct ar_value *values,
                              struct record *record)
{
    const struct ar_model *model = identity->model;
    bool is_changed = ar_record_changed(model, record), is_another;
    void *known = is_changed ? ar_record_image(model, record) : ar_record_data(record);
    void *copy = ar_arena_allocate(&s->scratch, model->size);
    enum ar_status status;

    if (copy == NULL)
        return ar_session_no_memory(s);
    memcpy(copy, known, model->size);
    status = read_columns(s, model, values, true, copy);
    is_another = status == AR_OK && memcmp(copy, known, model->size) != 0;
    if (is_another && !is_changed) {
        status = ar_transaction_log(s, model, record);
        if (status == AR_OK) {
            memcpy(known, copy, model->size);
            status = take_image(s, model, record);
        }
    }
    if (status == AR_OK) {
        record->generation = identity->generation;
        record->is_behind = is_another && is_changed;
    }
    return status;
}

static enum ar_status read_new(struct ar_session *s, struct identity *identity, const struct key *key,
                               const struct ar_value *values, struct table_slot *slot, struct record **out)
{
    struct record *record = make_record(s, identity->model, key);
    enum ar_status status;

    if (record == NULL)
        return ar_session_no_memory(s);
    status = read_columns(s, identity->model, values, false, ar_record_data(record));
    if (status == AR_OK)
        status = take_image(s, identity->model, record);
    if (status != AR_OK)
        return status;
    record->generation = identity->generation;
    ar_table_fill(&identity->records, slot, key, &record->key);
    *out = record;
    return AR_OK;
}

static enum ar_status key_of_row(struct ar_session *s, const struct identity *identity, const struct ar_value *values,
                                 struct key *out)
{
    const struct ar_model *model = identity->model;
    struct ar_value parts[AR_KEY_COLUMNS_MAX];

    if (identity->has_integer_key && values[model->key[0]].kind == AR_VALUE_INTEGER) {
        *out = ar_key_of_integer(values[model->key[0]].integer);
        return AR_OK;
    }
    for (size_t i = 0; i < model->key_count; i++)
        parts[i] = values[model->key[i]];
    switch (ar_key_of_values(ar_primary_key(model), parts, &s->scratch, out)) {
    case KEY_SET:
    case KEY_ZERO:
        return AR_OK;
    case KEY_NO_MEMORY:
        return ar_session_no_memory(s);
    case KEY_NULL:
        break;
    }
    return ar_fail(&s->failure, AR_INVALID, model, &model->columns[model->key[0]],
                   "a row of table %s has a primary key that is NULL or of another type than the struct's",
                   model->table);
}

enum ar_status ar_identity_take_row(struct ar_session *s, struct identity *identity, const struct ar_value *values,
                                    struct result *result, struct record **out)
{
    struct key key;
    struct table_slot *slot;
    enum ar_status status = key_of_row(s, identity, values, &key);

    if (status == AR_OK && !ar_table_reserve(&identity->records))
        status = ar_session_no_memory(s);
    if (status != AR_OK)
        return status;
    slot = ar_table_slot(&identity->records, &key);
    *out = (struct record *)slot->item;
    if (*out != NULL && (*out)->state == RECORD_PRESENT)
        status = refresh(s, identity, values, *out);
    else
        status = read_new(s, identity, &key, values, slot, out);
    if (status == AR_OK)
        (*out)->result = result;
    return status;
}

enum ar_status ar_identity_set_absent(struct ar_session *s, struct identity *identity, const struct key *key)
{
    struct record *record = ar_table_find(&identity->records, key);
    enum ar_status status;

    if (record != NULL) {
        status = ar_transaction_log(s, identity->model, record);
        if (status == AR_OK) {
            record->state = RECORD_ABSENT;
            record->generation = identity->generation;
        }
        return status;
    }
    record = ar_arena_allocate(&s->objects, sizeof *record);
    if (record == NULL || !ar_key_store(&record->key, key, &s->objects))
        return ar_session_no_memory(s);
    *record = (struct record){.key = record->key, .state = RECORD_ABSENT, .transaction = ar_transaction_serial(s)};
    return insert(s, identity, key, record);
}

/* ---- What was written -------------------------------------------------------------------------------------------- */

/* Copies `data` into the arena: texts that the image holds already stay the image's. */
static enum ar_status own_texts(struct ar_session *s, const struct ar_model *model, const void *image, void *data)
{
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        enum ar_status status = AR_OK;
        if (image != NULL && (column->flags & AR_COLUMN_WRITABLE_TEXT) == 0 && ar_field_equal(column, data, image))
            ar_field_copy(column, image, data);
        else
            status = ar_field_own(column, &s->text, &s->failure, data);
        if (status != AR_OK)
            return status;
    }
    return AR_OK;
}

/* Column by column: what lies between the columns of a program's struct may never have been written to. */
static void copy_columns(const struct ar_model *model, const void *from, void *to)
{
    for (size_t i = 0; i < model->column_count; i++)
        ar_field_copy(&model->columns[i], from, to);
}

static enum ar_status write_present(struct ar_session *s, struct identity *identity, struct record *record,
                                    const void *data)
{
    const struct ar_model *model = identity->model;
    void *own = ar_record_data(record);
    bool replace = own == data || !ar_record_changed(model, record);
    void *copy = ar_arena_allocate(&s->scratch, model->size);
    enum ar_status status = copy != NULL ? ar_transaction_log(s, model, record) : ar_session_no_memory(s);

    if (status != AR_OK)
        return status;
    memcpy(copy, data, model->size);
    status = own_texts(s, model, ar_record_image(model, record), copy);
    if (status != AR_OK)
        return status;
    if (!replace) {
        /* The program has changes of its own in the session's record: they stay, against the new image. */
        copy_columns(model, copy, ar_record_image(model, record));
        return AR_OK;
    }
    copy_columns(model, copy, own);
    record->generation = identity->generation;
    record->is_behind = false;
    return take_image(s, model, record);
}

enum ar_status ar_identity_wrote(struct ar_session *s, struct identity *identity, const struct key *key, void *data)
{
    struct record *record = ar_table_find(&identity->records, key);
    enum ar_status status;

    if (record != NULL && record->state == RECORD_PRESENT)
        return write_present(s, identity, record, data);
    record = make_record(s, identity->model, key);
    if (record == NULL)
        return ar_session_no_memory(s);
    copy_columns(identity->model, data, ar_record_data(record));
    status = own_texts(s, identity->model, NULL, ar_record_data(record));
    if (status == AR_OK)
        status = take_image(s, identity->model, record);
    return status == AR_OK ? insert(s, identity, key, record) : status;
}

/* ---- Forgetting -------------------------------------------------------------------------------------------------- */

void ar_identity_forget(struct identity *identity, const struct key *key)
{
    ar_table_remove(&identity->records, key);
}

void ar_identity_expire(struct identity *identity)
{
    identity->generation++;
}

static void each_identity(struct identities *identities, void (*call)(struct identity *identity, void *payload),
                          void *payload)
{
    for (size_t i = 0; i < identities->by_model.capacity; i++)
        if (identities->by_model.pairs[i].key != NULL)
            call(identities->by_model.pairs[i].value, payload);
}

static void expire_one(struct identity *identity, void *payload)
{
    (void)payload;
    ar_identity_expire(identity);
}

void ar_identities_expire(struct identities *identities)
{
    each_identity(identities, expire_one, NULL);
}

static bool came_since(void *item, void *payload)
{
    return ((const struct record *)item)->transaction >= *(const uint32_t *)payload;
}

static void drop_since(struct identity *identity, void *payload)
{
    ar_table_remove_if(&identity->records, came_since, payload);
}

void ar_identities_drop_since(struct identities *identities, uint32_t transaction)
{
    each_identity(identities, drop_since, &transaction);
}

static void clear_one(struct identity *identity, void *payload)
{
    (void)payload;
    ar_table_clear(&identity->records);
}

void ar_identities_clear(struct identities *identities)
{
    each_identity(identities, clear_one, NULL);
}

static void free_one(struct identity *identity, void *payload)
{
    (void)payload;
    ar_table_free(&identity->records);
}

void ar_identities_free(struct identities *identities)
{
    each_identity(identities, free_one, NULL);
    ar_pointer_map_free(&identities->by_model);
}
