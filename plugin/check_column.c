/* Checks of single fields: types that cannot be columns, and attributes that conflict with the type or each other. */
#include "check.h"
#include "decimal.h"
#include "name.h"
#include "suggest.h"

/* Attributes that contradict or repeat each other. */
static const struct {
    enum attribute_kind kind;
    enum attribute_kind other;
    const char *reason;
} conflicts[] = {
    {ATTRIBUTE_NULLABLE, ATTRIBUTE_PRIMARY_KEY, "a key is never NULL"},
    {ATTRIBUTE_NULLABLE_BY, ATTRIBUTE_PRIMARY_KEY, "a key is never NULL"},
    {ATTRIBUTE_NULLABLE_BY, ATTRIBUTE_NULLABLE, "AR_NULLABLE already defines what NULL is"},
    {ATTRIBUTE_NOT_NULL, ATTRIBUTE_NULLABLE, "it contradicts AR_NULLABLE"},
    {ATTRIBUTE_NOT_NULL, ATTRIBUTE_NULLABLE_BY, "it contradicts AR_NULLABLE_BY"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_PRIMARY_KEY, "a key is written"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_DEFAULT, "a computed column has no default"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_CREATED_AT, "the database computes the value"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_UPDATED_AT, "the database computes the value"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_DELETED_AT, "the database computes the value"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_VERSION, "the database computes the value"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_LENGTH, "the rule is checked before a write; write an AR_CHECK"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_RANGE, "the rule is checked before a write; write an AR_CHECK"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_EMAIL, "the rule is checked before a write; write an AR_CHECK"},
    {ATTRIBUTE_VERSION, ATTRIBUTE_PRIMARY_KEY, "a key must not change"},
    {ATTRIBUTE_IDENTITY, ATTRIBUTE_DEFAULT, "the database already numbers the rows"},
    {ATTRIBUTE_IDENTITY, ATTRIBUTE_SHARD_KEY, "rows that are kept together have the same shard key"},
    {ATTRIBUTE_IDENTITY, ATTRIBUTE_UNIQUE, "the numbers are unique together with the other columns of the key"},
    {ATTRIBUTE_DELETED_AT, ATTRIBUTE_PRIMARY_KEY, "a key must not change"},
    {ATTRIBUTE_NULLABLE, ATTRIBUTE_SHARD_KEY, "a row without a shard key would be in no shard"},
    {ATTRIBUTE_NULLABLE_BY, ATTRIBUTE_SHARD_KEY, "a row without a shard key would be in no shard"},
    {ATTRIBUTE_GENERATED, ATTRIBUTE_SHARD_KEY, "a shard key is written"},
    {ATTRIBUTE_VERSION, ATTRIBUTE_SHARD_KEY, "a shard key must not change"},
    {ATTRIBUTE_UPDATED_AT, ATTRIBUTE_SHARD_KEY, "a shard key must not change"},
    {ATTRIBUTE_DELETED_AT, ATTRIBUTE_SHARD_KEY, "a shard key must not change"},
    {ATTRIBUTE_GENERATE_UUID, ATTRIBUTE_DEFAULT, "AR_DEFAULT already makes the value"},
    {ATTRIBUTE_NULLABLE, ATTRIBUTE_GENERATE_UUID, "an insert replaces zero by a new UUID"},
    {ATTRIBUTE_NULLABLE_BY, ATTRIBUTE_GENERATE_UUID, "an insert replaces SQL NULL by a new UUID"},
    {ATTRIBUTE_DELETED_AT, ATTRIBUTE_CREATED_AT, "a new row is not deleted"},
    {ATTRIBUTE_DELETED_AT, ATTRIBUTE_UPDATED_AT, "an update does not delete"},
    {ATTRIBUTE_DELETED_AT, ATTRIBUTE_DEFAULT, "a new row is not deleted"},
    {ATTRIBUTE_INTERVAL, ATTRIBUTE_DECIMAL, "AR_DECIMAL already defines the unit"},
    {ATTRIBUTE_LENGTH, ATTRIBUTE_DECIMAL, "AR_DECIMAL already limits the number of digits"},
    {ATTRIBUTE_EMAIL, ATTRIBUTE_DECIMAL, "a number is not an e-mail address"},
    {ATTRIBUTE_SQL_TYPE, ATTRIBUTE_DECIMAL, "AR_DECIMAL already chooses the type"},
    {ATTRIBUTE_VERSION, ATTRIBUTE_NULLABLE, "a version is never NULL"},
    {ATTRIBUTE_JSON, ATTRIBUTE_PRIMARY_KEY, "the databases would compare the key by different rules"},
    {ATTRIBUTE_JSON, ATTRIBUTE_UNIQUE, "the databases would compare the documents by different rules"},
    {ATTRIBUTE_JSON, ATTRIBUTE_SQL_TYPE, "the type is jsonb"},
    {ATTRIBUTE_JSON, ATTRIBUTE_EMAIL, "an e-mail address is not JSON"},
    {ATTRIBUTE_ENUM_TEXT, ATTRIBUTE_ENUM_TYPE, "AR_ENUM_TYPE stores the labels already"},
    {ATTRIBUTE_VERSION, ATTRIBUTE_NULLABLE_BY, "a version is never NULL"},
};

static void fail_embed(struct model_set *set, const struct member *member)
{
    struct location at = member->kind_at[ATTRIBUTE_EMBED];
    if (member->is_struct)
        diagnostic_error(set->diagnostics, at, "AR_EMBED: `%s` has no fields", member->spelling);
    else if (member->unmapped == NULL)
        diagnostic_error(set->diagnostics, at, "AR_EMBED: `%s` is one column, because it is %s (`%s`)", member->field,
                         column_type(member->type)->description, member->spelling);
    else
        diagnostic_error(set->diagnostics, at, "AR_EMBED: `%s` is `%s`; it must be a struct", member->field,
                         member->spelling);
}

static void check_type(struct model_set *set, const struct model *model, const struct member *member)
{
    if (member_has(member, ATTRIBUTE_EMBED)) {
        fail_embed(set, member);
        return;
    }
    if (member->unmapped == NULL)
        return;
    if (member->field[0] == '\0') {
        diagnostic_error(set->diagnostics, member->at, "`%s` has %s, which cannot be a column", model->name,
                         member->unmapped);
        diagnostic_help(set->diagnostics,
                        "write AR_TRANSIENT after its closing brace to exclude it, or move its members "
                        "into the struct");
        return;
    }
    diagnostic_error(set->diagnostics, member->at, "`%s` of `%s` cannot be a column: `%s` is %s", member->field,
                     model->name, member->spelling, member->unmapped);
    if (member->is_struct)
        diagnostic_help(set->diagnostics, "AR_EMBED(%s_) makes its fields columns; AR_TRANSIENT excludes it",
                        member->identifier);
    else
        diagnostic_help(set->diagnostics, "columns can be %s; AR_TRANSIENT excludes the field",
                        column_types_accepted(set->arena));
}

const char *check_spelling(struct model_set *set, const struct member *column)
{
    if (column->type == AR_TYPE_DECIMAL)
        return arena_print(set->arena, "%s AR_DECIMAL(%u, %u)", column->spelling, column->precision, column->scale);
    return column->type == AR_TYPE_INTERVAL ? arena_print(set->arena, "%s AR_INTERVAL", column->spelling)
                                            : column->spelling;
}

static void check_attribute_types(struct model_set *set, const struct member *column)
{
    if (column->unmapped != NULL)
        return;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_descriptor *each = &attribute_table[i];
        if (each->requires != 0 && member_has(column, (enum attribute_kind)i) && !member_is(column, each->requires))
            diagnostic_error(set->diagnostics, column->kind_at[i], "%s: `%s` is `%s`; it must be %s", each->macro,
                             column->field, check_spelling(set, column), type_group_name(each->requires));
    }
    static const enum attribute_kind labelled[] = {ATTRIBUTE_ENUM_TEXT, ATTRIBUTE_ENUM_TYPE};
    for (size_t i = 0; i < sizeof labelled / sizeof *labelled; i++)
        if (member_has(column, labelled[i]) && column->is_enum && column->size != 4)
            diagnostic_error(set->diagnostics, column->kind_at[labelled[i]],
                             "%s: the enum `%s` has the size %u; it must be 4", attribute_table[labelled[i]].macro,
                             column->field, column->size);
}

static void check_conflicts(struct model_set *set, const struct member *column)
{
    for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts; i++)
        if (member_has(column, conflicts[i].kind) && member_has(column, conflicts[i].other))
            diagnostic_error(set->diagnostics, column->kind_at[conflicts[i].kind], "%s: %s",
                             attribute_table[conflicts[i].kind].macro, conflicts[i].reason);
}

static bool fits_integer(const struct member *column, int64_t number)
{
    const struct column_type *type = column_type(column->type);
    return number >= type->minimum && number <= type->maximum;
}

static void check_rules(struct model_set *set, const struct member *column)
{
    if (member_has(column, ATTRIBUTE_RANGE) && member_is(column, GROUP_INTEGER) &&
        (!fits_integer(column, column->minimum_integer) || !fits_integer(column, column->maximum_integer)))
        diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_RANGE],
                         "AR_RANGE: a bound is out of range for `%s`", column->spelling);
    if (member_has(column, ATTRIBUTE_LENGTH) && column->type == AR_TYPE_CHARS &&
        column->maximum_length >= column->size) {
        diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_LENGTH],
                         "AR_LENGTH: `%s` cannot hold %u characters", column->spelling, column->maximum_length);
        diagnostic_help(set->diagnostics, "the array has room for %u bytes: enlarge it, or lower the maximum",
                        column->size - 1);
    }
}

/* A field whose zero is a value has no other one for SQL NULL. */
static void check_zero(struct model_set *set, const struct member *column)
{
    const char *zero = column_type(column->type)->zero;
    if (zero == NULL || !member_has(column, ATTRIBUTE_NULLABLE))
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_NULLABLE],
                     "AR_NULLABLE: zero in `%s` is %s, which could not be stored", column->field, zero);
    diagnostic_help(set->diagnostics, "write AR_NULLABLE_BY(has_%s), and add `bool has_%s;` to the struct",
                    column->field, column->field);
}

/* A date is midnight; the time of a write almost never is. */
static void check_date(struct model_set *set, const struct member *column)
{
    const unsigned of_times = AR_COLUMN_TIME_DATE | AR_COLUMN_TIME_ISO;
    if (member_is(column, GROUP_UUID) && (column->stored_as & of_times) != 0)
        diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_STORED_AS],
                         "AR_STORED_AS(%s): `%s` is a UUID; it can be stored as text",
                         (column->stored_as & AR_COLUMN_TIME_DATE) != 0 ? "date" : "iso", column->field);
    static const enum attribute_kind written[] = {ATTRIBUTE_CREATED_AT, ATTRIBUTE_UPDATED_AT, ATTRIBUTE_DELETED_AT};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if ((column->stored_as & AR_COLUMN_TIME_DATE) != 0 && member_has(column, written[i]))
            diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_STORED_AS],
                             "AR_STORED_AS(date): %s writes a time of day; use AR_STORED_AS(text)",
                             attribute_table[written[i]].macro);
}

/* ---- NULL flags -------------------------------------------------------------------------------------------------- */

static void check_null_flag(struct model_set *set, const struct model *model, const struct member *column)
{
    if (column->null_flag_name == NULL)
        return;
    struct location at = column->kind_at[ATTRIBUTE_NULLABLE_BY];
    const struct member *flag = column->null_flag;
    if (column_type(column->type)->has_own_null) {
        diagnostic_error(set->diagnostics, at, "AR_NULLABLE_BY: `%s` needs no flag: its null pointer is SQL NULL",
                         column->field);
    } else if (flag == NULL) {
        struct suggestion suggestion = {.wanted = column->null_flag_name};
        for (size_t i = 0; i < model->member_count; i++)
            if (model->members[i]->unmapped == NULL && model->members[i]->type == AR_TYPE_BOOL)
                suggestion_offer(&suggestion, model->members[i]->field);
        diagnostic_error(set->diagnostics, at, "AR_NULLABLE_BY: `%s` has no field `%s`", model->name,
                         column->null_flag_name);
        if (suggestion.name != NULL)
            diagnostic_help(set->diagnostics, "did you mean `%s`?", suggestion.name);
        else
            diagnostic_help(set->diagnostics, "add `bool %s;` to the struct", column->null_flag_name);
    } else if (flag->role != MEMBER_NULL_FLAG) {
        diagnostic_error(set->diagnostics, at, "AR_NULLABLE_BY: `%s` is not a separate bool field",
                         column->null_flag_name);
        diagnostic_help(set->diagnostics, "the flag is another field, a bool that is false if the field is SQL NULL");
    }
    for (size_t i = 0; flag != NULL && model->members[i] != column; i++)
        if (model->members[i]->null_flag == flag)
            diagnostic_error(set->diagnostics, at, "AR_NULLABLE_BY: `%s` is already the flag of `%s`",
                             column->null_flag_name, model->members[i]->field);
}

/* A field that is not a column must not have attributes of columns. */
static void check_no_column(struct model_set *set, const struct member *member)
{
    for (unsigned kind = 0; kind < ATTRIBUTE_COUNT; kind++)
        if (kind != ATTRIBUTE_TRANSIENT && member_has(member, kind))
            diagnostic_error(set->diagnostics, member->kind_at[kind], "`%s` is not a column, because it is %s",
                             member->field,
                             member->role == MEMBER_TRANSIENT ? "AR_TRANSIENT" : "the flag of another field");
}

/* ---- All columns ------------------------------------------------------------------------------------------------- */

static void check_column_names(struct model_set *set, const struct model *model)
{
    struct name_map columns = {0};
    for (size_t i = 0; i < model->column_count; i++) {
        struct member *column = model->columns[i];
        if (column->field[0] == '\0')
            continue;
        check_column_name(set, model, column);
        const struct member *other = name_map_add(set->arena, &columns, name_folded(set->arena, column->name), column);
        if (other != NULL)
            diagnostic_error(set->diagnostics,
                             column->scope[0] != '\0'               ? column->embedded_at
                             : member_has(column, ATTRIBUTE_COLUMN) ? column->kind_at[ATTRIBUTE_COLUMN]
                                                                    : column->at,
                             "`%s` has two columns named `%s`: `%s` and `%s`", model->name, column->name, other->field,
                             column->field);
    }
}

/* Check that at most one column has an attribute that the runtime looks for in the whole model. */
static void check_once(struct model_set *set, const struct model *model, enum attribute_kind kind, const char *what)
{
    const struct member *first = NULL;
    for (size_t i = 0; i < model->column_count; i++) {
        const struct member *column = model->columns[i];
        if (!member_has(column, kind) || !member_is(column, attribute_table[kind].requires))
            continue;
        if (first != NULL)
            diagnostic_error(set->diagnostics, column->kind_at[kind], "%s: `%s` already has %s, `%s`",
                             attribute_table[kind].macro, model->name, what, first->field);
        first = column;
    }
}

/* NULL is the time of a row that is not deleted. */
static void check_deleted_at(struct model_set *set, const struct member *column)
{
    if (!member_has(column, ATTRIBUTE_DELETED_AT) || member_has(column, ATTRIBUTE_NULLABLE) ||
        member_has(column, ATTRIBUTE_NULLABLE_BY) || !member_is(column, GROUP_TIME))
        return;
    diagnostic_error(set->diagnostics, column->kind_at[ATTRIBUTE_DELETED_AT], "AR_DELETED_AT: `%s` is not nullable",
                     column->field);
    diagnostic_help(set->diagnostics, "write AR_NULLABLE after `%s`: a row that is not deleted has NULL",
                    column->field);
}

void check_columns(struct model_set *set, const struct model *model)
{
    for (size_t i = 0; i < model->member_count; i++) {
        const struct member *member = model->members[i];
        if (member->role != MEMBER_COLUMN) {
            check_no_column(set, member);
            continue;
        }
        check_type(set, model, member);
        check_attribute_types(set, member);
        check_conflicts(set, member);
        check_rules(set, member);
        check_decimal(set, member);
        check_date(set, member);
        check_zero(set, member);
        check_deleted_at(set, member);
        check_null_flag(set, model, member);
    }
    check_column_names(set, model);
    check_once(set, model, ATTRIBUTE_VERSION, "a version");
    check_once(set, model, ATTRIBUTE_DELETED_AT, "a time of deletion");
}
