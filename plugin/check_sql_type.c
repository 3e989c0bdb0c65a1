/* Types of user SQL: which classes of values a field can take, and the forms in which SQLite stores a type. */
#include "check_sql.h"

bool sql_fits(const struct sql_value *value, const struct member *field)
{
    enum sql_class from = value->class, to = sql_class_of(field);
    if (from == to || from == SQL_CLASS_UNKNOWN || from == SQL_CLASS_NULL || to == SQL_CLASS_UNKNOWN)
        return true;
    switch (to) {
    case SQL_CLASS_UNKNOWN:
    case SQL_CLASS_NULL:
        return true;
    case SQL_CLASS_BOOLEAN:
        return from == SQL_CLASS_INTEGER;
    case SQL_CLASS_INTEGER:
        return from == SQL_CLASS_BOOLEAN;
    case SQL_CLASS_REAL:
        return from == SQL_CLASS_INTEGER;
    case SQL_CLASS_TEXT:
    case SQL_CLASS_BLOB:
        return false;
    case SQL_CLASS_TIME:
        return from == SQL_CLASS_TEXT; /* SQLite's functions for times return text */
    }
    return true;
}

/* SQLite has no type for times and UUIDs: a time_t is a number of seconds, a struct timespec of nanoseconds, and with
 * AR_STORED_AS, they are strings. Neither comparisons nor reads convert them. */
static bool has_form(const struct member *member)
{
    return member_is(member, GROUP_TIME) || member_has(member, ATTRIBUTE_UUID);
}

static bool is_same_form(const struct member *a, const struct member *b)
{
    bool is_text = member_is(a, GROUP_TIME) && member_is(b, GROUP_TIME) && (a->stored_as & AR_COLUMN_TIME_TEXT) != 0;
    return a->stored_as == b->stored_as && (is_text || a->type == b->type);
}

/* Return the declaration of a form: "time_t AR_STORED_AS(text)". */
static const char *describe_form(struct arena *arena, const struct member *member)
{
    const char *attribute = "";
    if ((member->stored_as & AR_COLUMN_TIME_DATE) != 0)
        attribute = " AR_STORED_AS(date)";
    else if ((member->stored_as & AR_COLUMN_TIME_ISO) != 0)
        attribute = " AR_STORED_AS(iso)";
    else if ((member->stored_as & AR_COLUMN_TIME_TEXT) != 0)
        attribute = " AR_STORED_AS(text)";
    const char *spelling = member->spelling != NULL ? member->spelling : column_type(member->type)->accepts;
    return arena_print(arena, "%s%s%s", spelling, member_has(member, ATTRIBUTE_UUID) ? " AR_UUID" : "", attribute);
}

void check_sql_form(const struct sql_check *check, size_t offset, const struct sql_value *value,
                    const struct member *member, const char *what)
{
    const struct member *column = value->column;
    struct arena *arena = check->set->arena;
    if (column == NULL || check->dialect != DIALECT_SQLITE || !has_form(column) || !has_form(member) ||
        is_same_form(column, member))
        return;
    sql_fail(check, offset, "the column `%s` is `%s`, but the %s is `%s`, which SQLite stores in another form",
             column->name, describe_form(arena, column), what, describe_form(arena, member));
    diagnostic_help(check->set->diagnostics, "declare both as `%s`", describe_form(arena, column));
}
