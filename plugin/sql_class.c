/* Classes of values: those of columns, and their names. */
#include "sql_infer.h"

enum sql_class sql_class_of(const struct member *column)
{
    if (column->type == AR_TYPE_BOOL)
        return SQL_CLASS_BOOLEAN;
    if (column->type == AR_TYPE_BLOB)
        return SQL_CLASS_BLOB;
    if (member_is(column, GROUP_INTEGER))
        return SQL_CLASS_INTEGER;
    if (member_is(column, GROUP_REAL))
        return SQL_CLASS_REAL;
    if (member_is(column, GROUP_STRING) || column->type == AR_TYPE_ENUM_TEXT)
        return SQL_CLASS_TEXT;
    return member_is(column, GROUP_TIME | GROUP_DATE | GROUP_TIME_OF_DAY) ? SQL_CLASS_TIME : SQL_CLASS_UNKNOWN;
}

const char *sql_class_name(enum sql_class class)
{
    static const char *const names[] = {
        [SQL_CLASS_UNKNOWN] = "a value",    [SQL_CLASS_NULL] = "NULL",          [SQL_CLASS_BOOLEAN] = "a boolean",
        [SQL_CLASS_INTEGER] = "an integer", [SQL_CLASS_REAL] = "a real number", [SQL_CLASS_TEXT] = "text",
        [SQL_CLASS_BLOB] = "a blob",        [SQL_CLASS_TIME] = "a time",
    };
    return names[class];
}
