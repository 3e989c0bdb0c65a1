/* Comparison of models with the tables of a database.
 *
 * A difference is something that makes a statement of the runtime fail, or a value be read or written in another way
 * than the model declares. Equivalent types, the order of columns, names of constraints, additional columns that
 * inserts may omit, and missing foreign keys, checks and indexes that are not unique are not differences. */
#include "schema/compare.h"

#include "base/text_buffer.h"
#include "model/field.h"
#include "model/type_info.h"
#include "schema/labels.h"

enum { TEXT_SIZE = 400 }; /* of the description of a difference */

struct comparison {
    const struct catalog *catalog;
    struct failure *failure;
    const struct ar_model *model;      /* that is compared now */
    const struct catalog_table *table; /* its table */
    size_t cast_count;                 /* of the columns before its own */
    size_t count;                      /* of differences so far */
};

/* ---- Messages ---------------------------------------------------------------------------------------------------- */

/* Note a difference. It is about the column with this name, or about the table if that is NULL; `column` is that of the
 * model, or NULL. */
static void differ(struct comparison *comparison, const struct ar_column *column, const char *name, const char *text)
{
    const struct ar_model *model = comparison->model;
    bool has_schemas = comparison->catalog->driver->dialect.has_schemas;

    if (comparison->count++ > 0)
        return;
    (void)ar_fail(comparison->failure, AR_CONFLICT, model, column, "%s%s%s: %s", ar_models_table(has_schemas, model),
                  name != NULL ? "." : "", name != NULL ? name : "", text);
}

static void differ_in_column(struct comparison *comparison, const struct ar_column *column, const char *text)
{
    differ(comparison, column, column->name, text);
}

/* Add the names of a model's columns, in parentheses. */
static void add_names(struct text_buffer *text, const struct ar_model *model, const uint16_t *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ar_text_buffer_add(text, "%s%s", i == 0 ? "(" : ", ", model->columns[columns[i]].name);
    ar_text_buffer_add(text, ")");
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* The server refuses a label that its type lacks. One that only the type has is no difference: the next version of the
 * program may need it. */
static void compare_labels(struct comparison *comparison, const struct ar_column *column, const char *labels)
{
    const struct ar_enum_name *each = column->names;
    const char *type = column->cast->type;
    char memory[TEXT_SIZE];
    struct text_buffer text = {memory, sizeof memory, 0};

    while (each->name != NULL && ar_labels_have(labels, each->name))
        each++;
    if (each->name == NULL)
        return;
    ar_text_buffer_add(&text, "type %s lacks the label '%s' in the database: ALTER TYPE %s ADD VALUE '%s'", type,
                       each->name, type, each->name);
    differ_in_column(comparison, column, memory);
}

static void compare_type(struct comparison *comparison, const struct ar_column *column,
                         const struct catalog_type *found)
{
    const struct driver *driver = comparison->catalog->driver;
    struct catalog_cast cast = {.id = 0};
    struct catalog_type type = *found;
    char memory[TEXT_SIZE];
    struct text_buffer text = {memory, sizeof memory, 0};

    if (column->cast != NULL)
        cast = comparison->catalog->casts[comparison->cast_count++];
    if (cast.labels != NULL && column->names != NULL && found->id == cast.id)
        compare_labels(comparison, column, cast.labels);
    type.named_id = cast.id;
    if (driver->has_field_type(column, &type))
        return;
    ar_text_buffer_add(&text, "%s in the database, %s in the model", type.name, driver->type_name(column));
    differ_in_column(comparison, column, memory);
}

/* A primary key is never NULL, though SQLite does not report all as NOT NULL. */
static void compare_null(struct comparison *comparison, const struct ar_column *column,
                         const struct catalog_column *found)
{
    bool is_inserted = (column->flags & (AR_COLUMN_DEFAULT | AR_COLUMN_COMPUTED)) == 0;

    if ((column->flags & AR_COLUMN_KEY) != 0)
        return;
    if (!found->is_not_null && !ar_field_has_null(column))
        differ_in_column(comparison, column, "NULL allowed in the database, not in the model");
    else if (found->is_not_null && is_inserted && ar_column_may_be_null(column) && !comparison->model->is_read_only)
        differ_in_column(comparison, column, "NULL allowed in the model, not in the database");
}

/* Who makes the value of a new row: the program or the database. */
static void compare_maker(struct comparison *comparison, const struct ar_column *column,
                          const struct catalog_column *found)
{
    if (found->is_computed && (column->flags & AR_COLUMN_COMPUTED) == 0)
        differ_in_column(comparison, column, "computed by the database, but the field is not AR_GENERATED");
    else if (!found->is_computed && (column->flags & AR_COLUMN_COMPUTED) != 0)
        differ_in_column(comparison, column, "AR_GENERATED in the model, but not computed by the database");
    else if (!found->numbers_rows && (column->flags & AR_COLUMN_GENERATED) != 0)
        differ_in_column(comparison, column,
                         comparison->model->key_count == 1
                             ? "the database does not make the key of new rows"
                             : "the database does not number new rows (on SQLite, only an INTEGER PRIMARY KEY does, "
                               "with a unique index for the whole key)");
    else if (found->is_always_numbered && (column->flags & AR_COLUMN_GENERATED) == 0)
        differ_in_column(comparison, column, "GENERATED ALWAYS in the database, but the program sets it");
}

static void compare_column(struct comparison *comparison, const struct ar_column *column, enum comparison_depth depth)
{
    const struct catalog_column *found = ar_catalog_column(comparison->catalog, comparison->table, column->name);

    if (found == NULL) {
        comparison->cast_count += column->cast != NULL;
        differ_in_column(comparison, column, "the column is missing");
        return;
    }
    if (depth == COMPARE_NAMES)
        return;
    compare_type(comparison, column, &found->type);
    if (comparison->table->kind == CATALOG_VIEW)
        return;
    compare_null(comparison, column, found);
    if (!comparison->model->is_read_only)
        compare_maker(comparison, column, found);
}

static bool has_column(const struct comparison *comparison, const struct ar_model *model, const char *name)
{
    for (size_t i = 0; i < model->column_count; i++)
        if (ar_catalog_names_equal(comparison->catalog->driver, model->columns[i].name, name))
            return true;
    return false;
}

/* Of several models of a table, one has all its columns. */
static bool is_known(const struct comparison *comparison, const char *name)
{
    const struct ar_model *model = comparison->model;
    bool is_known = has_column(comparison, model, name);

    for (size_t i = 0; i < model->sibling_count && !is_known; i++)
        is_known = has_column(comparison, model->siblings[i], name);
    return is_known;
}

/* Find columns that every insert would leave NULL. */
static void compare_others(struct comparison *comparison)
{
    const struct catalog_table *table = comparison->table;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct catalog_column *column = &comparison->catalog->columns[table->first_column + i];
        if (column->is_not_null && !column->has_default && !is_known(comparison, column->name))
            differ(comparison, NULL, column->name, "NOT NULL without a default, but not in the model");
    }
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

static bool contains(const struct comparison *comparison, const uint16_t *columns, size_t count, const char *name)
{
    for (size_t i = 0; i < count && name != NULL; i++)
        if (ar_catalog_names_equal(comparison->catalog->driver, comparison->model->columns[columns[i]].name, name))
            return true;
    return false;
}

/* Return true if a primary key or unique index is on these columns, in any order. */
static bool is_unique(const struct comparison *comparison, const uint16_t *columns, size_t count)
{
    const struct catalog_table *table = comparison->table;
    size_t matching = 0, length = 0;

    for (size_t i = 0; i < table->part_count; i++) {
        const struct catalog_key_part *part = &comparison->catalog->parts[table->first_part + i];
        if (i == 0 || part[-1].index != part->index)
            matching = length = 0;
        length++;
        matching += contains(comparison, columns, count, part->column);
        if (length == count && matching == count && (i + 1 == table->part_count || part[1].index != part->index))
            return true;
    }
    return false;
}

static void compare_unique(struct comparison *comparison, const uint16_t *columns, size_t count)
{
    char memory[TEXT_SIZE];
    struct text_buffer text = {memory, sizeof memory, 0};

    if (is_unique(comparison, columns, count))
        return;
    ar_text_buffer_add(&text, "no unique index on ");
    add_names(&text, comparison->model, columns, count);
    differ(comparison, NULL, NULL, memory);
}

/* The key identifies a row if it is unique, whether the database calls it primary or not. */
static void compare_key(struct comparison *comparison)
{
    const struct ar_model *model = comparison->model;
    const struct catalog_table *table = comparison->table;
    size_t count = 0;
    char memory[TEXT_SIZE];
    struct text_buffer text = {memory, sizeof memory, 0};

    if (model->key_count == 0 || is_unique(comparison, model->key, model->key_count))
        return;
    ar_text_buffer_add(&text, "the primary key is ");
    for (size_t i = 0; i < table->part_count; i++) {
        const struct catalog_key_part *part = &comparison->catalog->parts[table->first_part + i];
        if (part->is_primary)
            ar_text_buffer_add(&text, "%s%s", count++ == 0 ? "(" : ", ", part->column);
    }
    ar_text_buffer_add(&text, count > 0 ? ") in the database, " : "missing in the database, ");
    add_names(&text, model, model->key, model->key_count);
    ar_text_buffer_add(&text, " in the model");
    differ(comparison, NULL, NULL, memory);
}

static void compare_uniques(struct comparison *comparison)
{
    const struct ar_model *model = comparison->model;

    for (uint16_t i = 0; i < model->column_count; i++)
        if ((model->columns[i].flags & AR_COLUMN_UNIQUE) != 0)
            compare_unique(comparison, &i, 1);
    for (size_t i = 0; i < model->unique_count; i++)
        compare_unique(comparison, model->uniques[i].columns, model->uniques[i].column_count);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static size_t count_casts(const struct ar_model *model)
{
    size_t count = 0;

    for (size_t i = 0; i < model->column_count; i++)
        count += model->columns[i].cast != NULL;
    return count;
}

static void compare_table(struct comparison *comparison, enum comparison_depth depth)
{
    const struct ar_model *model = comparison->model;

    for (size_t i = 0; i < model->column_count; i++)
        compare_column(comparison, &model->columns[i], depth);
    if (depth == COMPARE_NAMES || comparison->table->kind == CATALOG_VIEW)
        return;
    if (!model->is_read_only)
        compare_others(comparison);
    compare_key(comparison);
    if (!model->is_read_only)
        compare_uniques(comparison);
}

/* Return true if ar_create_tables may create or replace it: then there is nothing to compare. */
static bool will_be_made(const struct comparison *comparison)
{
    bool replaces_views = comparison->catalog->driver->dialect.replaces_views;

    switch (comparison->table->kind) {
    case CATALOG_TABLE:
    case CATALOG_TYPE:
        return false;
    case CATALOG_VIEW:
        return replaces_views && comparison->catalog->driver->pick(&comparison->model->constrain) != NULL;
    case CATALOG_MISSING:
    case CATALOG_OTHER: /* its SQL reports that */
        break;
    }
    return true;
}

static void compare_model(struct comparison *comparison, enum comparison_depth depth)
{
    size_t cast_count = comparison->cast_count;

    if (depth == COMPARE_NAMES && will_be_made(comparison))
        return;
    if (comparison->table->kind == CATALOG_MISSING)
        differ(comparison, NULL, NULL, "the table does not exist");
    else if (comparison->table->kind == CATALOG_OTHER)
        differ(comparison, NULL, NULL, "neither a table nor a view");
    else
        compare_table(comparison, depth);
    comparison->cast_count = cast_count + count_casts(comparison->model);
}

enum ar_status ar_compare(struct link *link, const struct model_list *models, const struct catalog *catalog,
                          enum comparison_depth depth)
{
    struct comparison comparison = {.catalog = catalog, .failure = link->failure};

    for (size_t i = 0; i < models->count; i++) {
        comparison.model = models->items[i];
        comparison.table = &catalog->tables[i];
        compare_model(&comparison, depth);
    }
    if (comparison.count > 1)
        ar_failure_add_text(link->failure, " (and %zu more difference%s)", comparison.count - 1,
                            comparison.count > 2 ? "s" : "");
    return comparison.count > 0 ? AR_CONFLICT : AR_OK;
}
