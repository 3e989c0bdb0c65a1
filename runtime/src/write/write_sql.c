/* The statements that write single records: their SQL, cached by the set of columns, and their parameters. */
#include "write/write_sql.h"

#include "model/field.h"
#include "sql/living.h"
#include "sql/run.h"
#include "write/parent_sql.h"

#include <string.h>

enum write_kind {
    WRITE_INSERT,
    WRITE_INSERT_OR_UPDATE,
    WRITE_UPDATE,
    WRITE_MARK,    /* the update that deletes by a time */
    WRITE_RESTORE, /* the update of a row that is deleted by a time */
    WRITE_DELETE
};

/* Everything that the SQL depends on, besides the model. */
struct shape {
    enum write_kind kind;
    bool reports_key; /* the database reports the key of an insert without RETURNING */
    bool has_version; /* the row's version must equal the record's */
    size_t words;
    uint64_t *columns; /* a bit for each column that is written */
};

/* A cached SQL text. */
struct write_text {
    struct write_text *next;
    struct shape shape;
    char *text;
};

/* Maximum number of cached texts per model: programs write few sets of columns. */
enum { TEXTS_MAX = 32 };

static bool start(const struct write *write, enum write_kind kind, struct shape *out)
{
    size_t words = (write->model->column_count + 63u) / 64;

    *out = (struct shape){.kind = kind,
                          .words = words,
                          .columns = ar_arena_allocate_zero(&write->store->scratch, words * sizeof *out->columns)};
    return out->columns != NULL;
}

static void include(struct shape *shape, size_t column)
{
    shape->columns[column / 64] |= UINT64_C(1) << column % 64;
}

static bool includes(const struct shape *shape, size_t column)
{
    return (shape->columns[column / 64] >> column % 64 & 1) != 0;
}

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

/* Add a condition for the row with the write's key and, if it is checked, the write's version. An update changes no row
 * that is deleted by a time. */
static void add_row(struct sql *sql, const struct write *write, const struct shape *shape)
{
    const struct ar_model *model = write->model;

    for (size_t i = 0; i < model->key_count; i++) {
        ar_sql_add(sql, i > 0 ? " AND " : " WHERE ", NULL);
        ar_sql_add_column(sql, &model->columns[model->key[i]]);
        ar_sql_add_operator_of(sql, &model->columns[model->key[i]], "=");
        ar_sql_add_placeholder(sql);
    }
    if (shape->kind == WRITE_UPDATE || shape->kind == WRITE_MARK)
        (void)ar_sql_add_living(sql, " AND ", model, NULL);
    if (shape->kind == WRITE_RESTORE) {
        ar_sql_add(sql, " AND ", NULL);
        ar_sql_add_column(sql, model->deleted_at);
        ar_sql_add(sql, " IS NOT NULL", NULL);
    }
    if (!shape->has_version)
        return;
    ar_sql_add(sql, " AND ", NULL);
    ar_sql_add_column(sql, write->identity->layout.version);
    ar_sql_add_operator(sql, "=");
    ar_sql_add_placeholder(sql);
}

/* Add the update of an existing row. If its version differs, or it is deleted by a time, nothing is written and nothing
 * is returned. */
static void add_conflict(struct sql *sql, const struct write *write, const struct shape *shape)
{
    const struct ar_model *model = write->model;
    const struct ar_column *version = write->identity->layout.version;
    const char *key = model->columns[model->key[0]].sql, *intro;

    ar_sql_add(sql, " ON CONFLICT (", NULL);
    for (size_t i = 0; i < model->key_count; i++)
        ar_sql_add(sql, i > 0 ? ", " : "", model->columns[model->key[i]].sql, NULL);
    /* The row is only counted and returned if a column is set: set the key to itself. */
    ar_sql_add(sql, ") DO UPDATE SET ", key, " = ", model->sql, ".", key, NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        uint32_t kept = AR_COLUMN_KEY | AR_COLUMN_CREATED_AT | AR_COLUMN_VERSION | AR_COLUMN_COUNTER;
        if ((column->flags & kept) == 0 && includes(shape, i))
            ar_sql_add(sql, ", ", column->sql, " = excluded.", column->sql, NULL);
    }
    if (version != NULL) {
        ar_sql_add(sql, ", ", version->sql, " = ", NULL);
        ar_sql_add_next_version(sql, version);
    }
    intro = ar_sql_add_living(sql, " WHERE ", model, NULL);
    if (version == NULL)
        return;
    ar_sql_add(sql, intro, NULL);
    ar_sql_add_column(sql, version);
    ar_sql_add_operator(sql, "=");
    ar_sql_add(sql, "excluded.", version->sql, NULL);
}

/* Cast a generated key, so that the insert fails if the key does not fit its field. */
static void add_returned(struct sql *sql, const struct ar_column *column)
{
    bool is_generated = (column->flags & AR_COLUMN_GENERATED) != 0;
    const char *type = is_generated ? sql->driver->dialect.casts[column->type] : NULL;

    if (type != NULL)
        ar_sql_add(sql, "CAST(", column->sql, " AS ", type, ")", NULL);
    else
        ar_sql_add_result(sql, NULL, column);
}

static void add_insert(struct sql *sql, const struct write *write, const struct shape *shape)
{
    const struct ar_model *model = write->model;
    const char *intro = " (", *returning = " RETURNING ";
    size_t count = 0;

    ar_sql_add(sql, "INSERT INTO ", ar_sql_table(sql, model), NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        if (!includes(shape, i))
            continue;
        ar_sql_add(sql, intro, model->columns[i].sql, NULL);
        intro = ", ";
        count++;
    }
    ar_sql_add(sql, count > 0 ? ") VALUES (" : " DEFAULT VALUES", NULL);
    for (size_t i = 0; i < count; i++) {
        ar_sql_add(sql, i > 0 ? ", " : "", NULL);
        ar_sql_add_placeholder(sql);
    }
    ar_sql_add(sql, count > 0 ? ")" : "", NULL);
    if (shape->kind == WRITE_INSERT_OR_UPDATE)
        add_conflict(sql, write, shape);
    for (size_t i = 0; i < model->column_count && !shape->reports_key; i++) {
        if (!ar_write_returns(write, &model->columns[i]))
            continue;
        ar_sql_add(sql, returning, NULL);
        add_returned(sql, &model->columns[i]);
        returning = ", ";
    }
}

static void add_update(struct sql *sql, const struct write *write, const struct shape *shape)
{
    const struct ar_model *model = write->model;
    const struct ar_column *version = write->identity->layout.version;
    const char *intro = " SET ";

    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, model), NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        if (!includes(shape, i))
            continue;
        ar_sql_add(sql, intro, model->columns[i].sql, " = ", NULL);
        ar_sql_add_placeholder(sql);
        intro = ", ";
    }
    if (version != NULL) {
        ar_sql_add(sql, intro, version->sql, " = ", NULL);
        ar_sql_add_next_version(sql, version);
    }
    add_row(sql, write, shape);
}

/* Return the foreign keys of a row that its parents no longer count, or count again. */
static void add_returned_keys(struct sql *sql, const struct write *write, bool with_time)
{
    const struct ar_model *model = write->model;

    if (!write->identity->layout.has_parents)
        return;
    ar_parent_sql_add_columns(sql, " RETURNING ", model, NULL);
    if (with_time && model->deleted_at != NULL)
        ar_sql_add(sql, ", ", model->deleted_at->sql, NULL);
}

/* Return the computed columns. */
static void add_refreshed(struct sql *sql, const struct write *write)
{
    const struct ar_model *model = write->model;
    const char *intro = " RETURNING ";

    for (size_t i = 0; i < model->column_count; i++) {
        if (!ar_write_refreshes(write, &model->columns[i]))
            continue;
        ar_sql_add(sql, intro, NULL);
        ar_sql_add_result(sql, NULL, &model->columns[i]);
        intro = ", ";
    }
}

static void add_text(struct sql *sql, const struct write *write, const struct shape *shape)
{
    switch (shape->kind) {
    case WRITE_INSERT:
    case WRITE_INSERT_OR_UPDATE:
        add_insert(sql, write, shape);
        break;
    case WRITE_UPDATE:
        add_update(sql, write, shape);
        add_refreshed(sql, write);
        break;
    case WRITE_MARK:
    case WRITE_RESTORE:
        add_update(sql, write, shape);
        add_returned_keys(sql, write, false);
        break;
    case WRITE_DELETE:
        ar_sql_add(sql, "DELETE FROM ", ar_sql_table(sql, write->model), NULL);
        add_row(sql, write, shape);
        add_returned_keys(sql, write, true);
    }
}

static const char *find_text(const struct identity *identity, const struct shape *shape)
{
    for (const struct write_text *each = identity->write_texts; each != NULL; each = each->next)
        if (each->shape.kind == shape->kind && each->shape.reports_key == shape->reports_key &&
            each->shape.has_version == shape->has_version &&
            memcmp(each->shape.columns, shape->columns, shape->words * sizeof *shape->columns) == 0)
            return each->text;
    return NULL;
}

/* Cache the text until the session is closed; ar_session_clear does not free it. If out of memory, do nothing. */
static void cache_text(const struct write *write, const struct shape *shape, const struct sql *sql)
{
    struct arena *permanent = &write->store->permanent;
    struct identity *identity = write->identity;
    size_t size = shape->words * sizeof *shape->columns;
    struct write_text *kept;

    if (identity->write_text_count == TEXTS_MAX)
        return;
    kept = ar_arena_allocate(permanent, sizeof *kept);
    if (kept == NULL)
        return;
    *kept = (struct write_text){.next = identity->write_texts, .shape = *shape};
    kept->shape.columns = ar_arena_allocate(permanent, size);
    kept->text = ar_arena_copy_text(permanent, sql->text.data, sql->text.size);
    if (kept->shape.columns == NULL || kept->text == NULL)
        return;
    memcpy(kept->shape.columns, shape->columns, size);
    identity->write_texts = kept;
    identity->write_text_count++;
}

static enum ar_status set_text(const struct write *write, const struct shape *shape, struct statement *out)
{
    struct sql sql = ar_sql_start(write->link);

    out->sql = find_text(write->identity, shape);
    if (out->sql != NULL)
        return AR_OK;
    add_text(&sql, write, shape);
    if (sql.text.out_of_memory)
        return ar_fail_no_memory(&write->store->failure);
    cache_text(write, shape, &sql);
    out->sql = sql.text.data;
    return AR_OK;
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static void bind(const struct write *write, const struct ar_column *column, struct parameter **next)
{
    **next = (struct parameter){.value = ar_field_value(column, write->copy), .column = column};
    (*next)++;
}

/* Bind the columns of the shape, then the key and the version if the text compares with them. */
static enum ar_status set_parameters(const struct write *write, const struct shape *shape, struct statement *out)
{
    const struct ar_model *model = write->model;
    size_t most = (size_t)model->column_count + model->key_count + 1;
    struct parameter *parameters = ar_arena_allocate(&write->store->scratch, most * sizeof *parameters);
    struct parameter *next = parameters;

    if (parameters == NULL)
        return ar_fail_no_memory(&write->store->failure);
    for (size_t i = 0; i < model->column_count; i++)
        if (includes(shape, i))
            bind(write, &model->columns[i], &next);
    if (shape->kind != WRITE_INSERT && shape->kind != WRITE_INSERT_OR_UPDATE)
        for (size_t i = 0; i < model->key_count; i++)
            bind(write, &model->columns[model->key[i]], &next);
    if (shape->has_version)
        bind(write, write->identity->layout.version, &next);
    out->parameters = parameters;
    out->parameter_count = (size_t)(next - parameters);
    return AR_OK;
}

static enum ar_status finish(const struct write *write, const struct shape *shape, struct statement *out)
{
    enum ar_status status = set_text(write, shape, out);

    return status == AR_OK ? set_parameters(write, shape, out) : status;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

enum ar_status ar_write_sql_insert(const struct write *write, struct statement *out)
{
    struct shape shape;

    if (!start(write, write->or_update ? WRITE_INSERT_OR_UPDATE : WRITE_INSERT, &shape))
        return ar_fail_no_memory(&write->store->failure);
    for (size_t i = 0; i < write->model->column_count; i++)
        if (!ar_write_omits(write, &write->model->columns[i]))
            include(&shape, i);
    shape.reports_key = write->reports_key;
    return finish(write, &shape, out);
}

enum ar_status ar_write_sql_update(const struct write *write, const void *image, struct statement *out)
{
    struct shape shape;

    if (!start(write, WRITE_UPDATE, &shape))
        return ar_fail_no_memory(&write->store->failure);
    for (size_t i = 0; i < write->model->column_count; i++)
        if (ar_write_sets(write, &write->model->columns[i], image))
            include(&shape, i);
    shape.has_version = write->identity->layout.version != NULL;
    return finish(write, &shape, out);
}

/* Include the columns that a delete by a time sets; add_update adds the version. */
static void include_marks(const struct ar_model *model, struct shape *shape)
{
    for (size_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & (AR_COLUMN_DELETED_AT | AR_COLUMN_UPDATED_AT)) != 0)
            include(shape, i);
}

enum ar_status ar_write_sql_delete(const struct write *write, bool checks_version, struct statement *out)
{
    bool marks = ar_write_marks(write);
    struct shape shape;

    if (!start(write, marks ? WRITE_MARK : WRITE_DELETE, &shape))
        return ar_fail_no_memory(&write->store->failure);
    if (marks)
        include_marks(write->model, &shape);
    shape.has_version = checks_version;
    return finish(write, &shape, out);
}

enum ar_status ar_write_sql_restore(const struct write *write, bool checks_version, struct statement *out)
{
    struct shape shape;

    if (!start(write, WRITE_RESTORE, &shape))
        return ar_fail_no_memory(&write->store->failure);
    include_marks(write->model, &shape);
    shape.has_version = checks_version;
    return finish(write, &shape, out);
}
