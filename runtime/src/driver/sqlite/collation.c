/* The collation armature_decimal. */
#include "driver/sqlite/collation.h"

#include "model/decimal_text.h"

static int compare(void *unused, int a_size, const void *a, int b_size, const void *b)
{
    const struct ar_bytes left = {a, (size_t)a_size}, right = {b, (size_t)b_size};

    (void)unused;
    return ar_decimal_text_compare(&left, &right);
}

int ar_sqlite_collation_register(sqlite3 *database)
{
    return sqlite3_create_collation_v2(database, "armature_decimal", SQLITE_UTF8, NULL, compare, NULL);
}
