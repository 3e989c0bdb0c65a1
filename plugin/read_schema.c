/* Reads AR_INDEX, AR_CHECK and AR_GENERATED: their names, columns, SQL and options. check_schema.c checks them. */
#include "read_schema.h"

#include <string.h>
#include <strings.h>

/* Read SQL in quotes; `what` describes it in the error. */
static bool read_sql(const struct reading *reading, const struct annotation_value *value, const char *what,
                     const char **out)
{
    if (value->kind != VALUE_STRING || value->text[0] == '\0')
        return reading_fail_with_usage(reading, arena_print(reading->set->arena, "%s is not SQL in quotes", what));
    *out = value->text;
    return true;
}

/* Return the index of the option among the known names, or -1 after reporting that it is unknown or repeated. */
static int find_option(const struct reading *reading, size_t index, const char *const *known, int count)
{
    const struct annotation_option *options = reading->annotation.options;
    for (size_t i = 0; i < index; i++)
        if (strcmp(options[i].name, options[index].name) == 0) {
            reading_fail_repeated_option(reading, options[index].name);
            return -1;
        }
    for (int i = 0; i < count; i++)
        if (strcmp(options[index].name, known[i]) == 0)
            return i;
    reading_fail_unknown_option(reading, options[index].name, known, (size_t)count);
    return -1;
}

/* ---- AR_INDEX ---------------------------------------------------------------------------------------------------- */

static bool read_direction(const struct reading *reading, const struct annotation_value *value, bool *is_descending)
{
    *is_descending = value->direction != NULL && strcasecmp(value->direction, "desc") == 0;
    if (value->direction == NULL || *is_descending || strcasecmp(value->direction, "asc") == 0)
        return true;
    reading_fail(reading, "`%s` is followed by `%s`, which is not `asc` or `desc`", value->text, value->direction);
    return false;
}

static bool read_part(const struct reading *reading, const struct annotation_value *value, struct table_index *index)
{
    struct index_part part = {.is_string = value->kind == VALUE_STRING};
    if (part.is_string && value->text[0] != '\0')
        part.text = value->text;
    else if (!reading_field(reading, value, "the field", &part.text))
        return false;
    if (!read_direction(reading, value, &part.is_descending))
        return false;
    list_add(reading->set->arena, index->parts, index->part_count) = part;
    return true;
}

static bool read_index_options(const struct reading *reading, struct table_index *index)
{
    static const char *const known[] = {"unique", "where"};
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_value *value = &reading->annotation.options[i].value;
        int option = find_option(reading, i, known, sizeof known / sizeof *known);
        if (option < 0)
            return false;
        if (option == 1 && !read_sql(reading, value, "the value of `.where`", &index->where_sql))
            return false;
        if (option == 0 && (value->kind != VALUE_WORD || strcmp(value->text, "true") != 0))
            return reading_fail(reading, "the only value of `.unique` is `true`");
        index->is_unique = index->is_unique || option == 0;
    }
    return true;
}

void read_index(const struct reading *reading, struct model *model)
{
    const struct annotation_value *values = reading->annotation.values;
    struct table_index index = {.at = reading->at};
    if (!reading_sql_name(reading, &values[0], &index.name))
        return;
    if (values[0].direction != NULL) {
        reading_fail(reading, "a comma is missing after the name `%s`", index.name);
        return;
    }
    for (size_t i = 1; i < reading->annotation.value_count; i++)
        if (!read_part(reading, &values[i], &index))
            return;
    if (read_index_options(reading, &index))
        list_add(reading->set->arena, model->own_indexes, model->own_index_count) = index;
}

/* ---- AR_CHECK ---------------------------------------------------------------------------------------------------- */

static struct table_check *read_any_check(const struct reading *reading, struct member *column)
{
    static const char *const known[] = {"name", "postgresql"};
    struct table_check *check = arena_take(reading->set->arena, sizeof *check);
    *check = (struct table_check){.at = reading->at, .column = column};
    if (!read_sql(reading, &reading->annotation.values[0], "the condition", &check->sql[DIALECT_SQLITE]))
        return NULL;
    check->sql[DIALECT_POSTGRESQL] = check->sql[DIALECT_SQLITE];
    for (size_t i = 0; i < reading->annotation.option_count; i++) {
        const struct annotation_value *value = &reading->annotation.options[i].value;
        int option = find_option(reading, i, known, sizeof known / sizeof *known);
        if (option < 0 || (option == 0 && !reading_sql_name(reading, value, &check->constraint)))
            return NULL;
        if (option == 1 && !read_sql(reading, value, "the value of `.postgresql`", &check->sql[DIALECT_POSTGRESQL]))
            return NULL;
    }
    return check;
}

void read_check(const struct reading *reading, struct model *model)
{
    struct table_check *check = read_any_check(reading, NULL);
    if (check != NULL)
        list_add(reading->set->arena, model->checks, model->check_count) = check;
}

void read_member_check(const struct reading *reading, struct member *member)
{
    member->check = read_any_check(reading, member);
}

/* ---- AR_GENERATED ------------------------------------------------------------------------------------------------ */

void read_generated(const struct reading *reading, struct member *member)
{
    static const char *const known[] = {"postgresql"};
    const char *sql[DIALECT_COUNT] = {NULL};
    if (!read_sql(reading, &reading->annotation.values[0], "the expression", &sql[DIALECT_SQLITE]))
        return;
    sql[DIALECT_POSTGRESQL] = sql[DIALECT_SQLITE];
    for (size_t i = 0; i < reading->annotation.option_count; i++)
        if (find_option(reading, i, known, 1) < 0 || !read_sql(reading, &reading->annotation.options[i].value,
                                                               "the value of `.postgresql`", &sql[DIALECT_POSTGRESQL]))
            return;
    memcpy(member->generated_sql, sql, sizeof sql);
}
