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

/* SQLite has no type for times and UUIDs: a time_t is a number of seconds, a struct timespec of nanoseconds; dates,
 * times of day and times with AR_STORED_AS are strings. Neither comparisons nor reads convert them. */
static bool has_form(const struct member *member)
{
    return member_is(member, GROUP_TIME | GROUP_DATE | GROUP_TIME_OF_DAY) || member_has(member, ATTRIBUTE_UUID);
}

/* Return the declaration of a form: "time_t AR_STORED_AS(text)". */
static const char *describe_form(struct arena *arena, const struct member *member)
{
    const char *attribute = "";
    if ((member->stored_as & AR_COLUMN_TIME_DATE) != 0)
        attribute = " AR_STORED_AS(date)";
    else if ((member->stored_as & AR_COLUMN_TIME_ISO) != 0)
        attribute = arena_print(arena, " AR_STORED_AS(iso, %u)", member->scale);
    else if ((member->stored_as & AR_COLUMN_TIME_TEXT) != 0)
        attribute = " AR_STORED_AS(text)";
    const char *spelling = member->spelling != NULL ? member->spelling : column_type(member->type)->accepts;
    return arena_print(arena, "%s%s%s%s", spelling, member_has(member, ATTRIBUTE_UUID) ? " AR_UUID" : "", attribute,
                       member_has(member, ATTRIBUTE_WITHOUT_ZONE) ? " AR_WITHOUT_ZONE" : "");
}

static bool is_same_form(const struct member *a, const struct member *b)
{
    bool is_text = member_is(a, GROUP_TIME) && member_is(b, GROUP_TIME) && (a->stored_as & AR_COLUMN_TIME_TEXT) != 0;
    return a->stored_as == b->stored_as && a->scale == b->scale && (is_text || a->type == b->type);
}

/* Return how the database treats the two differently, or NULL. */
static const char *find_difference(const struct sql_check *check, const struct member *column,
                                   const struct member *member)
{
    bool has_zone = !member_has(column, ATTRIBUTE_WITHOUT_ZONE);
    if (check->dialect == DIALECT_SQLITE && !is_same_form(column, member))
        return "which SQLite stores in another form";
    if (has_zone == member_has(member, ATTRIBUTE_WITHOUT_ZONE) && member_is(column, GROUP_TIME))
        return "which PostgreSQL converts by the time zone of the session";
    return NULL;
}

void check_sql_form(const struct sql_check *check, size_t offset, const struct sql_value *value,
                    const struct member *member, const char *what)
{
    const struct member *column = value->column;
    struct arena *arena = check->set->arena;
    if (column == NULL || !has_form(column) || !has_form(member))
        return;
    const char *difference = find_difference(check, column, member);
    if (difference == NULL)
        return;
    sql_fail(check, offset, "the column `%s` is `%s`, but the %s is `%s`, %s", column->name,
             describe_form(arena, column), what, describe_form(arena, member), difference);
    diagnostic_help(check->set->diagnostics, "declare both as `%s`", describe_form(arena, column));
}
