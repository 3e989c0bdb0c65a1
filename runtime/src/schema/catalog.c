/* Reading of the catalog. */
#include "schema/catalog.h"

#include "base/arena_text.h"
#include "link/run.h"
#include "model/row.h"

#include <string.h>
#include <strings.h>

static const struct ar_column text_column = {.type = AR_TYPE_TEXT};
static const struct ar_column *const text_columns[] = {&text_column};

/* A catalog that is being read. */
struct reading {
    struct catalog *catalog;
    size_t table_count, type_count;
    struct link *link;
};

/* ---- Lists of names ---------------------------------------------------------------------------------------------- */

static bool start_names(struct link *link, size_t count, struct key_set *out, struct ar_value **names)
{
    *names = ar_arena_allocate(link->scratch, (count + 1) * sizeof **names);
    *out = (struct key_set){.column_count = 1, .values = *names, .columns = text_columns};
    return *names != NULL;
}

bool ar_catalog_tables(struct link *link, const struct model_list *models, struct key_set *out)
{
    bool has_schemas = link->db->driver->dialect.has_schemas;
    struct ar_value *names;

    if (!start_names(link, models->count, out, &names))
        return false;
    for (size_t i = 0; i < models->count; i++)
        names[out->count++] = ar_value_text(ar_models_table(has_schemas, models->items[i]));
    return true;
}

/* Fill in the types of the models' casts, in the order of their columns. */
static bool list_types(struct link *link, const struct model_list *models, struct key_set *out)
{
    size_t count = 0;
    struct ar_value *names;

    for (size_t i = 0; i < models->count; i++)
        count += models->items[i]->column_count;
    if (!start_names(link, count, out, &names))
        return false;
    for (size_t i = 0; i < models->count; i++)
        for (size_t j = 0; j < models->items[i]->column_count; j++)
            if (models->items[i]->columns[j].cast != NULL)
                names[out->count++] = ar_value_text(models->items[i]->columns[j].cast->type);
    return true;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static enum ar_status fail_malformed(const struct reading *reading)
{
    return ar_fail(reading->link->failure, AR_DATABASE, NULL, NULL,
                   "the database returned a malformed row of its catalog");
}

/* Read an integer result of a row; NULL is 0. */
static enum ar_status take_integer(const struct reading *reading, const struct row *row, size_t number, int64_t *out)
{
    struct ar_value value;

    *out = 0;
    if (!row->methods->value(row, number, &value))
        return ar_fail_no_memory(reading->link->failure);
    if (value.kind == AR_VALUE_INTEGER)
        *out = value.integer;
    else if (value.kind != AR_VALUE_NULL)
        return fail_malformed(reading);
    return AR_OK;
}

static enum ar_status take_flag(const struct reading *reading, const struct row *row, size_t number, bool *out)
{
    int64_t integer;
    enum ar_status status = take_integer(reading, row, number, &integer);

    *out = integer != 0;
    return status;
}

/* Read a name; *out is NULL for NULL. */
static enum ar_status take_name(const struct reading *reading, const struct row *row, size_t number, const char **out)
{
    struct ar_value value;

    *out = NULL;
    if (!row->methods->value(row, number, &value))
        return ar_fail_no_memory(reading->link->failure);
    if (value.kind == AR_VALUE_NULL)
        return AR_OK;
    if (value.kind != AR_VALUE_TEXT)
        return fail_malformed(reading);
    *out = ar_arena_copy_text(reading->link->scratch, value.bytes.data, value.bytes.size);
    return *out != NULL ? AR_OK : ar_fail_no_memory(reading->link->failure);
}

static bool has_room(struct arena *arena, void **items, size_t count, size_t *capacity, size_t size)
{
    void *larger;

    if (count < *capacity)
        return true;
    larger = ar_arena_grow(arena, *items, count, capacity, count + 1, size);
    if (larger != NULL)
        *items = larger;
    return larger != NULL;
}

static enum ar_status read_column(const struct reading *reading, const struct row *row, struct catalog_column *out)
{
    const struct {
        enum catalog_column_result result;
        bool *flag;
    } flags[] = {
        {COLUMN_IS_NOT_NULL, &out->is_not_null},
        {COLUMN_HAS_DEFAULT, &out->has_default},
        {COLUMN_IS_COMPUTED, &out->is_computed},
        {COLUMN_NUMBERS_ROWS, &out->numbers_rows},
        {COLUMN_ALWAYS_NUMBERED, &out->is_always_numbered},
    };
    enum ar_status status = take_name(reading, row, COLUMN_TYPE_NAME, &out->type.name);

    if (status == AR_OK)
        status = take_integer(reading, row, COLUMN_TYPE_ID, &out->type.id);
    for (size_t i = 0; i < sizeof flags / sizeof *flags && status == AR_OK; i++)
        status = take_flag(reading, row, flags[i].result, flags[i].flag);
    if (out->type.name == NULL)
        out->type.name = "";
    return status;
}

static enum ar_status add_column(struct reading *reading, const struct row *row, size_t place, int64_t kind)
{
    struct catalog *catalog = reading->catalog;
    struct catalog_table *table = &catalog->tables[place];
    struct catalog_column column = {.name = NULL};
    void *columns = catalog->columns;
    enum ar_status status = take_name(reading, row, COLUMN_NAME, &column.name);

    table->kind = (enum catalog_kind)kind;
    if (status != AR_OK || column.name == NULL)
        return status;
    status = read_column(reading, row, &column);
    if (status != AR_OK)
        return status;
    if (!has_room(reading->link->scratch, &columns, catalog->column_count, &catalog->column_capacity, sizeof column))
        return ar_fail_no_memory(reading->link->failure);
    catalog->columns = columns;
    if (table->column_count++ == 0)
        table->first_column = catalog->column_count;
    catalog->columns[catalog->column_count++] = column;
    return AR_OK;
}

/* Return true if the place, which the database has reported, is one of the items. A negative one is too large. */
static bool is_place(int64_t place, size_t count)
{
    return (uint64_t)place < count;
}

static enum ar_status take_column(void *payload, const struct row *row)
{
    struct reading *reading = payload;
    struct catalog_cast *cast;
    int64_t place, kind;
    enum ar_status status = take_integer(reading, row, COLUMN_TABLE, &place);

    if (status == AR_OK)
        status = take_integer(reading, row, COLUMN_KIND, &kind);
    if (status != AR_OK)
        return status;
    if (kind != CATALOG_TYPE)
        return is_place(place, reading->table_count) ? add_column(reading, row, (size_t)place, kind)
                                                     : fail_malformed(reading);
    if (!is_place(place, reading->type_count))
        return fail_malformed(reading);
    cast = &reading->catalog->casts[place];
    status = take_integer(reading, row, COLUMN_TYPE_ID, &cast->id);
    return status == AR_OK ? take_name(reading, row, COLUMN_TYPE_NAME, &cast->labels) : status;
}

static enum ar_status take_part(void *payload, const struct row *row)
{
    struct reading *reading = payload;
    struct catalog *catalog = reading->catalog;
    struct catalog_key_part part;
    void *parts = catalog->parts;
    int64_t place;
    enum ar_status status = take_integer(reading, row, KEY_TABLE, &place);

    if (status == AR_OK)
        status = take_integer(reading, row, KEY_INDEX, &part.index);
    if (status == AR_OK)
        status = take_flag(reading, row, KEY_IS_PRIMARY, &part.is_primary);
    if (status == AR_OK)
        status = take_name(reading, row, KEY_COLUMN, &part.column);
    if (status != AR_OK)
        return status;
    if (!is_place(place, reading->table_count))
        return fail_malformed(reading);
    if (!has_room(reading->link->scratch, &parts, catalog->part_count, &catalog->part_capacity, sizeof part))
        return ar_fail_no_memory(reading->link->failure);
    catalog->parts = parts;
    if (catalog->tables[place].part_count++ == 0)
        catalog->tables[place].first_part = catalog->part_count;
    catalog->parts[catalog->part_count++] = part;
    return AR_OK;
}

/* ---- The catalog ------------------------------------------------------------------------------------------------- */

enum ar_status ar_catalog_read(struct link *link, const struct model_list *models, enum catalog_depth depth,
                               struct catalog *out)
{
    const struct dialect *dialect = &link->db->driver->dialect;
    struct reading reading = {.catalog = out, .table_count = models->count, .link = link};
    struct key_set tables, types;
    struct parameter parameters[] = {{.keys = &tables}, {.keys = &types}};
    struct statement statements[] = {
        {.sql = dialect->columns_query, .parameter_count = dialect->has_column_casts ? 2 : 1, .on_row = take_column},
        {.sql = dialect->keys_query, .parameter_count = 1, .on_row = take_part},
    };
    struct outcome outcomes[2];

    *out = (struct catalog){.driver = link->db->driver};
    if (!ar_catalog_tables(link, models, &tables) || !list_types(link, models, &types))
        return ar_fail_no_memory(link->failure);
    reading.type_count = types.count;
    out->tables = ar_arena_allocate_zero(link->scratch, (models->count + 1) * sizeof *out->tables);
    out->casts = ar_arena_allocate_zero(link->scratch, (types.count + 1) * sizeof *out->casts);
    if (out->tables == NULL || out->casts == NULL)
        return ar_fail_no_memory(link->failure);
    for (size_t i = 0; i < 2; i++) {
        statements[i].is_constant = true;
        statements[i].is_arranged = true;
        statements[i].parameters = parameters;
        statements[i].payload = &reading;
        statements[i].reason = AR_REASON_SCHEMA;
    }
    return ar_run_all(link, statements, depth == CATALOG_KEYS ? 2 : 1, outcomes);
}

bool ar_catalog_names_equal(const struct driver *driver, const char *a, const char *b)
{
    return (driver->dialect.ignores_case_of_names ? strcasecmp(a, b) : strcmp(a, b)) == 0;
}

const struct catalog_column *ar_catalog_column(const struct catalog *catalog, const struct catalog_table *table,
                                               const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct catalog_column *column = &catalog->columns[table->first_column + i];
        if (ar_catalog_names_equal(catalog->driver, column->name, name))
            return column;
    }
    return NULL;
}
