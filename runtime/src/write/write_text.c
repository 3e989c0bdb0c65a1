/* The SQL of the statements that write single records. */
#include "write/write_text.h"

#include "sql/living.h"
#include "sql/run.h"
#include "write/parent_sql.h"

#include <stdlib.h>
#include <string.h>

/* A shared text, followed by the words of the columns and the string. */
struct write_text {
    struct shared_item item;
    struct write_shape shape;
    const char *sql;
    uint64_t words[];
};

/* Maximum number of shared texts per model: programs write few sets of columns. */
enum { TEXTS_MAX = 32 };

/* ---- SQL --------------------------------------------------------------------------------------------------------- */

/* Add a condition for the row with the write's key and, if it is checked, the write's version. An update changes no row
 * that is deleted by a time. */
static void add_row(struct sql *sql, const struct write *write, const struct write_shape *shape)
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
static void add_conflict(struct sql *sql, const struct write *write, const struct write_shape *shape)
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
        if ((column->flags & kept) == 0 && ar_columns_have(shape->columns, i))
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

static void add_insert(struct sql *sql, const struct write *write, const struct write_shape *shape)
{
    const struct ar_model *model = write->model;
    const char *intro = " (", *returning = " RETURNING ";
    size_t count = 0;

    ar_sql_add(sql, "INSERT INTO ", ar_sql_table(sql, model), NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        if (!ar_columns_have(shape->columns, i))
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

static void add_update(struct sql *sql, const struct write *write, const struct write_shape *shape)
{
    const struct ar_model *model = write->model;
    const struct ar_column *version = write->identity->layout.version;
    const char *intro = " SET ";

    ar_sql_add(sql, "UPDATE ", ar_sql_table(sql, model), NULL);
    for (size_t i = 0; i < model->column_count; i++) {
        if (!ar_columns_have(shape->columns, i))
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

static void add_text(struct sql *sql, const struct write *write, const struct write_shape *shape)
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

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

static bool has_shape(const struct write_text *text, const struct ar_model *model, const struct write_shape *shape)
{
    return text->shape.kind == shape->kind && text->shape.reports_key == shape->reports_key &&
           text->shape.has_version == shape->has_version &&
           (shape->columns == NULL || ar_columns_equal(model, text->words, shape->columns));
}

/* Find a shared text, and count those of the model up to it. */
static const struct write_text *find_text(const struct write *write, const struct write_shape *shape, size_t *count)
{
    const struct write_text *each = ar_shared_find(&write->link->db->write_texts, write->model);

    *count = 0;
    while (each != NULL && !has_shape(each, write->model, shape)) {
        ++*count;
        each = ar_shared_next(&each->item);
    }
    return each;
}

/* Return NULL if out of memory. */
static struct write_text *make_text(const struct ar_model *model, const struct write_shape *shape,
                                    const struct sql *sql)
{
    size_t words = shape->columns != NULL ? ar_columns_words(model) : 0;
    struct write_text *text = malloc(sizeof *text + words * sizeof *text->words + sql->text.size + 1);
    char *copy;

    if (text == NULL)
        return NULL;
    copy = (char *)(text->words + words);
    if (words > 0)
        memcpy(text->words, shape->columns, words * sizeof *text->words);
    memcpy(copy, sql->text.data, sql->text.size + 1);
    text->shape = *shape;
    text->shape.columns = text->words;
    text->sql = copy;
    return text;
}

static void use_text(const struct write *write, const struct write_text *text, struct statement *out)
{
    write->identity->write_text = text;
    out->is_constant = true;
    out->sql = text->sql;
}

/* Build the text. If it cannot be shared, it is in scratch memory of the session. */
static enum ar_status build_text(const struct write *write, const struct write_shape *shape, bool is_shared,
                                 struct statement *out)
{
    struct sql sql = ar_sql_start(write->link);
    struct write_text *text;

    add_text(&sql, write, shape);
    if (sql.text.out_of_memory)
        return ar_fail_no_memory(&write->store->failure);
    text = is_shared ? make_text(write->model, shape, &sql) : NULL;
    if (text == NULL) {
        out->sql = sql.text.data;
        return AR_OK;
    }
    ar_shared_add_another(&write->link->db->write_texts, write->model, &text->item);
    use_text(write, text, out);
    return AR_OK;
}

/* The database reports the key only if nothing else is left to it: all such inserts write the same columns. */
const struct write_shape *ar_write_text_again(const struct write *write, struct statement *out)
{
    const struct write_text *text = write->identity->write_text;

    if (text == NULL || text->shape.kind != WRITE_INSERT || !text->shape.reports_key || !write->reports_key ||
        write->or_update || !ar_write_omits(write, write->identity->layout.generated))
        return NULL;
    use_text(write, text, out);
    return &text->shape;
}

enum ar_status ar_write_text(const struct write *write, const struct write_shape *shape, struct statement *out)
{
    const struct write_text *text = write->identity->write_text;
    size_t count;

    if (text == NULL || !has_shape(text, write->model, shape))
        text = find_text(write, shape, &count);
    if (text == NULL)
        return build_text(write, shape, count < TEXTS_MAX, out);
    use_text(write, text, out);
    return AR_OK;
}
