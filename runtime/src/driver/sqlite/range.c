/* The function armature_in_range(number, minimum, maximum, is_float), which checks the result of arithmetic: SQLite
 * would turn an integer that overflows into a floating-point number, and store it. */
#include "driver/sqlite/range.h"

#include <stddef.h>

static void refuse(sqlite3_context *context)
{
    sqlite3_result_error(context, "the result of arithmetic is out of range", -1);
    sqlite3_result_error_code(context, SQLITE_RANGE);
}

static void check_real(sqlite3_context *context, double real, sqlite3_value **arguments)
{
    if (sqlite3_value_int(arguments[3]) != 0)
        real = (double)(float)real;
    if (real >= sqlite3_value_double(arguments[1]) && real <= sqlite3_value_double(arguments[2]))
        sqlite3_result_double(context, real);
    else
        refuse(context);
}

static void in_range(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    int type = sqlite3_value_type(arguments[0]);
    sqlite3_int64 integer;

    (void)count;
    if (type == SQLITE_NULL)
        return;
    if (sqlite3_value_type(arguments[1]) == SQLITE_FLOAT) {
        check_real(context, sqlite3_value_double(arguments[0]), arguments);
        return;
    }
    integer = sqlite3_value_int64(arguments[0]);
    if (type == SQLITE_INTEGER && integer >= sqlite3_value_int64(arguments[1]) &&
        integer <= sqlite3_value_int64(arguments[2]))
        sqlite3_result_int64(context, integer);
    else
        refuse(context);
}

int ar_sqlite_range_register(sqlite3 *database)
{
    return sqlite3_create_function_v2(database, "armature_in_range", 4,
                                      SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC, NULL, in_range, NULL,
                                      NULL, NULL);
}
