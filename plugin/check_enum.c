/* Checks of enums that are stored by label: labels that are not unique, and the enum types of PostgreSQL. */
#include "check.h"
#include "sql.h"

#include <string.h>

/* Return the location of the constant's label; without one, `otherwise`. */
static struct location label_at(const struct member *column, size_t constant, struct location otherwise)
{
    for (size_t i = 0; i < column->enum_attribute_count; i++)
        if (column->enum_attributes[i].constant == constant)
            return column->enum_attributes[i].attribute.at;
    return otherwise;
}

/* Constants with the same number are the same value. */
static void check_labels(struct model_set *set, const struct member *column)
{
    struct name_map labels = {0};
    for (size_t i = 0; i < column->enum_count; i++) {
        struct ar_enum_name *each = &column->enum_names[i];
        const struct ar_enum_name *other = name_map_add(set->arena, &labels, each->name, each);
        if (other == NULL || other->value == each->value)
            continue;
        /* Or the name of this constant is the label of the other. */
        struct location at = label_at(column, i, label_at(column, (size_t)(other - column->enum_names), column->at));
        diagnostic_error(set->diagnostics, at, "AR_LABEL: two constants of the enum have the label `%s`", each->name);
    }
}

static bool has_same_labels(const struct member *a, const struct member *b)
{
    if (a->enum_count != b->enum_count)
        return false;
    for (size_t i = 0; i < a->enum_count; i++)
        if (strcmp(a->enum_names[i].name, b->enum_names[i].name) != 0)
            return false;
    return true;
}

/* A column with its model, as the first user of a type. */
struct type_user {
    const struct model *model;
    const struct member *column;
};

static void check_type(struct model_set *set, struct name_map *types, struct type_user user)
{
    const struct member *column = user.column;
    struct location at = column->kind_at[ATTRIBUTE_ENUM_TYPE];
    struct type_user *kept = arena_take(set->arena, sizeof *kept);
    *kept = user;
    const struct type_user *first = name_map_add(set->arena, types, column->type_name, kept);
    if (first != NULL && !has_same_labels(first->column, column)) {
        diagnostic_error(set->diagnostics, at, "AR_ENUM_TYPE: `%s` has other labels as the type of `%s` of `%s`",
                         column->type_name, first->column->field, first->model->name);
        diagnostic_help(set->diagnostics, "use the same enum in both structs, or another type");
    }
    if (strlen(column->type_name) > SQL_NAME_MAX)
        diagnostic_error(set->diagnostics, at, "AR_ENUM_TYPE: PostgreSQL truncates names to %d bytes", SQL_NAME_MAX);
    for (size_t i = 0; i < column->enum_count; i++)
        if (strlen(column->enum_names[i].name) > SQL_NAME_MAX)
            diagnostic_error(set->diagnostics, label_at(column, i, at),
                             "AR_ENUM_TYPE: the label `%s` is longer than %d bytes, the maximum of PostgreSQL",
                             column->enum_names[i].name, SQL_NAME_MAX);
    for (size_t i = 0; i < set->model_count; i++)
        if (set->models[i]->table != NULL && strcmp(set->models[i]->table, column->type_name) == 0) {
            diagnostic_error(set->diagnostics, at, "AR_ENUM_TYPE: `%s` is a table, whose rows have a type of its name",
                             column->type_name);
            diagnostic_help(set->diagnostics, "give the type another name");
        }
}

void check_enums(struct model_set *set)
{
    struct name_map types = {0};
    for (size_t i = 0; i < set->model_count; i++)
        for (size_t j = 0; j < set->models[i]->column_count; j++) {
            const struct member *column = set->models[i]->columns[j];
            if (!column->is_enum)
                continue;
            check_labels(set, column);
            if (column->type_name != NULL)
                check_type(set, &types, (struct type_user){set->models[i], column});
        }
}
