/* A store without a database. */
#include "fake_store.h"

#include "model/row.h"
#include "store/identity_row.h"
#include "store/open.h"

#include <stdlib.h>
#include <string.h>

/* ---- Models ------------------------------------------------------------------------------------------------------ */

#define COLUMN(tag, member, of_type, with_flags)                                                                       \
    {                                                                                                                  \
        .model = &tag##_model, .field = #member, .name = #member, .sql = #member,                                      \
        .offset = offsetof(struct tag, member), .size = sizeof(((struct tag *)0)->member), .type = (of_type),          \
        .flags = (with_flags)                                                                                          \
    }

static const struct ar_column user_columns[] = {
    COLUMN(user, id, AR_TYPE_INT64, AR_COLUMN_KEY | AR_COLUMN_GENERATED),
    COLUMN(user, name, AR_TYPE_TEXT, AR_COLUMN_NULLABLE),
    COLUMN(user, note, AR_TYPE_TEXT, AR_COLUMN_NULLABLE | AR_COLUMN_WRITABLE_TEXT),
};
static const struct ar_column post_columns[] = {
    COLUMN(post, id, AR_TYPE_INT64, AR_COLUMN_KEY | AR_COLUMN_GENERATED),
    COLUMN(post, user_id, AR_TYPE_INT64, AR_COLUMN_NULLABLE),
    COLUMN(post, title, AR_TYPE_TEXT, AR_COLUMN_NULLABLE),
};
static const uint16_t key[] = {0}, foreign_key[] = {1};

const struct ar_relation user_posts = {.name = "posts",
                                       .owner = &user_model,
                                       .target = &post_model,
                                       .foreign_key = foreign_key,
                                       .kind = AR_RELATION_HAS_MANY};
const struct ar_relation post_author = {.name = "author",
                                        .owner = &post_model,
                                        .target = &user_model,
                                        .foreign_key = foreign_key,
                                        .kind = AR_RELATION_BELONGS_TO};
static const struct ar_relation *const of_user[] = {&user_posts}, *const of_post[] = {&post_author};

const struct ar_model user_model = {.name = "user",
                                    .table = "users",
                                    .sql = "users",
                                    .size = sizeof(struct user),
                                    .alignment = _Alignof(struct user),
                                    .columns = user_columns,
                                    .column_count = 3,
                                    .key = key,
                                    .key_count = 1,
                                    .relations = of_user,
                                    .relation_count = 1,
                                    .referrers = of_post,
                                    .referrer_count = 1};
const struct ar_model post_model = {.name = "post",
                                    .table = "posts",
                                    .sql = "posts",
                                    .size = sizeof(struct post),
                                    .alignment = _Alignof(struct post),
                                    .columns = post_columns,
                                    .column_count = 3,
                                    .key = key,
                                    .key_count = 1,
                                    .relations = of_post,
                                    .relation_count = 1,
                                    .referrers = of_user,
                                    .referrer_count = 1};

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

struct fake_row {
    struct row base; /* must be first */
    const struct ar_value *values;
};

static bool read_column(const struct row *row, size_t column, struct ar_value *out)
{
    *out = ((const struct fake_row *)row)->values[column];
    return true;
}

static enum ar_status read_record(const struct row *row, const struct ar_model *model,
                                  const struct field_reader *reader, void *record)
{
    enum ar_status status = AR_OK;

    for (size_t i = 0; i < model->column_count && status == AR_OK; i++)
        status = ar_field_read(reader, &model->columns[i], &((const struct fake_row *)row)->values[i], record);
    return status;
}

static const struct row_methods fake_rows = {.value = read_column, .read = read_record};

enum ar_status fake_read(struct fake_store *fake, const struct ar_model *model, const struct ar_value *values,
                         struct record **out)
{
    const struct fake_row row = {.base = {&fake_rows}, .values = values};

    return ar_identity_take_row(&fake->store, ar_identity(&fake->store, model), &row.base, NULL, out);
}

struct user *fake_read_user(struct fake_store *fake, int64_t id, const char *name)
{
    const struct ar_value values[] = {ar_value_integer(id), ar_value_text(name), ar_value_text("a note")};
    struct record *record;

    return fake_read(fake, &user_model, values, &record) == AR_OK ? ar_record_data(record) : NULL;
}

/* ---- The store --------------------------------------------------------------------------------------------------- */

static uint64_t read_now(void *payload)
{
    return *(const uint64_t *)payload;
}

void fake_open(struct fake_store *fake, struct store_options options)
{
    memset(fake, 0, sizeof *fake);
    fake->memory = malloc(AR_STORE_MEMORY);
    assert_non_null(fake->memory);
    fake->clock = (struct clock){.read = read_now, .payload = &fake->now};
    options.clock = &fake->clock;
    options.layouts = &fake->layouts;
    ar_store_open(&fake->store, &options, fake->memory);
}

void fake_close(struct fake_store *fake)
{
    ar_store_free(&fake->store);
    ar_shared_free(&fake->layouts);
    free(fake->memory);
}
