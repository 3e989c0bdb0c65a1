/* libFuzzer: any document, given to the check of AR_JSON. SQLite must accept what the check accepts, so that a query
 * does not fail on it. The same bytes are also a path of a part. */
#include "model/json.h"
#include "read/json_path.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static sqlite3_stmt *prepare(void)
{
    sqlite3 *database;
    sqlite3_stmt *statement;

    if (sqlite3_open(":memory:", &database) != SQLITE_OK ||
        sqlite3_prepare_v2(database, "SELECT json_valid(?)", -1, &statement, NULL) != SQLITE_OK)
        abort();
    return statement;
}

static void check_with_sqlite(const char *text, size_t size)
{
    static sqlite3_stmt *statement;

    if (statement == NULL)
        statement = prepare();
    if (sqlite3_bind_text(statement, 1, text, (int)size, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_int(statement, 0) != 1)
        abort();
    sqlite3_reset(statement);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *exact = malloc(size + 1); /* lets AddressSanitizer detect a read past the end */
    size_t offset;

    if (exact == NULL)
        return -1;
    memcpy(exact, data, size);
    exact[size] = '\0';
    (void)ar_json_path_is_valid(exact);
    exact = realloc(exact, size > 0 ? size : 1);
    if (exact == NULL)
        return -1;
    if (ar_json_check(exact, size, &offset) == NULL)
        check_with_sqlite(exact, size);
    else if (offset > size)
        abort();
    free(exact);
    return 0;
}
