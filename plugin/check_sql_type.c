/* Types of user SQL: which classes of values a field can take, and the forms in which SQLite stores a type. */
#include "check_sql.h"

#include <string.h>

bool sql_fits(const struct sql_value *value, const struct member *field)
{
    static const struct {
        enum sql_class from, to;
    } fitting[] = {
        {SQL_CLASS_BOOLEAN, SQL_CLASS_INTEGER},
        {SQL_CLASS_INTEGER, SQL_CLASS_BOOLEAN},
        {SQL_CLASS_INTEGER, SQL_CLASS_REAL},
        {SQL_CLASS_TEXT, SQL_CLASS_TIME}, /* SQLite's functions for times return text */
    };
    enum sql_class from = value->class, to = sql_class_of(field);
    if (from == to || from == SQL_CLASS_UNKNOWN || from == SQL_CLASS_NULL || to == SQL_CLASS_UNKNOWN)
        return true;
    for (size_t i = 0; i < sizeof fitting / sizeof *fitting; i++)
        if (from == fitting[i].from && to == fitting[i].to)
            return true;
    return false;
}

/* ---- Forms ------------------------------------------------------------------------------------------------------- */

/* SQLite has no type for times, dates, UUIDs and so on: a time_t is a number of seconds, a struct timespec of
 * nanoseconds, and with AR_STORED_AS, they are strings; an AR_DECIMAL is a scaled integer. Neither comparisons nor
 * reads convert them. */
static bool has_own_form(const struct member *member)
{
    enum sql_class class = sql_class_of(member);
    return class == SQL_CLASS_UNKNOWN || class == SQL_CLASS_TIME || member->precision != 0;
}

static bool has_same_type(const struct member *a, const struct member *b, enum dialect_id dialect)
{
    return strcmp(column_type(a->type)->sql[dialect], column_type(b->type)->sql[dialect]) == 0;
}

/* Return true if a value of one can be compared with a value of the other, or read as one. A UUID can be read as a blob
 * on both databases. */
static bool is_same_form(const struct sql_check *check, const struct member *a, const struct member *b)
{
    if (member_is(a, GROUP_TIME) && member_is(b, GROUP_TIME)) {
        bool is_text = (a->stored_as & AR_COLUMN_TIME_TEXT) != 0;
        return a->stored_as == b->stored_as && a->scale == b->scale && (is_text || a->type == b->type);
    }
    if (a->type == b->type)
        return a->scale == b->scale && (a->precision == 0) == (b->precision == 0);
    bool is_blob = strcmp(column_type(a->type)->sql[DIALECT_SQLITE], "BLOB") == 0;
    return has_same_type(a, b, DIALECT_SQLITE) &&
           (is_blob || !check->statement->is_shared || has_same_type(a, b, DIALECT_POSTGRESQL));
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
    else if (member->precision != 0)
        attribute = arena_print(arena, " AR_DECIMAL(%u, %u)", member->precision, member->scale);
    else if (member->type == AR_TYPE_INTERVAL)
        attribute = " AR_INTERVAL";
    return arena_print(arena, "%s%s%s%s", member->spelling, member_has(member, ATTRIBUTE_UUID) ? " AR_UUID" : "",
                       attribute, member_has(member, ATTRIBUTE_WITHOUT_ZONE) ? " AR_WITHOUT_ZONE" : "");
}

/* Return true for an instant; dates and times without a zone differ from it by the zone of the session. */
static bool has_zone(const struct member *member)
{
    return member_is(member, GROUP_TIME) && !member_has(member, ATTRIBUTE_WITHOUT_ZONE);
}

/* Return how the database treats the two differently, or NULL. */
static const char *find_difference(const struct sql_check *check, const struct member *column,
                                   const struct member *member)
{
    if (check->dialect == DIALECT_SQLITE && !is_same_form(check, column, member))
        return "which SQLite stores in another form";
    if (has_zone(column) != has_zone(member))
        return "which PostgreSQL converts by the time zone of the session";
    return NULL;
}

void check_sql_form(const struct sql_check *check, size_t offset, const struct sql_value *value,
                    const struct member *member, const char *what)
{
    const struct member *column = value->column;
    struct arena *arena = check->set->arena;
    if (column == NULL || (!has_own_form(column) && !has_own_form(member)))
        return;
    const char *difference = find_difference(check, column, member);
    if (difference == NULL)
        return;
    sql_fail(check, offset, "the column `%s` is `%s`, but the %s is `%s`, %s", column->name,
             describe_form(arena, column), what, describe_form(arena, member), difference);
    diagnostic_help(check->set->diagnostics, "declare both as `%s`", describe_form(arena, column));
}
