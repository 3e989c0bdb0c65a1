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
    switch (class) {
    case SQL_CLASS_UNKNOWN:
        return "a value";
    case SQL_CLASS_NULL:
        return "NULL";
    case SQL_CLASS_BOOLEAN:
        return "a boolean";
    case SQL_CLASS_INTEGER:
        return "an integer";
    case SQL_CLASS_REAL:
        return "a real number";
    case SQL_CLASS_TEXT:
        return "text";
    case SQL_CLASS_BLOB:
        return "a blob";
    case SQL_CLASS_TIME:
        return "a time";
    }
    return "";
}
