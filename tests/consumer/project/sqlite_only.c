/* Use an Armature built without PostgreSQL: SQLite works, and a PostgreSQL URL is rejected with a message that names
 * the build option. */
#include <armature/armature.h>

#include <stdio.h>
#include <string.h>

static int opens_sqlite(void)
{
    struct ar_db *db;
    enum ar_status status = ar_db_open("sqlite::memory:", NULL, &db);

    ar_db_close(db);
    return status == AR_OK;
}

static int refuses_postgresql(void)
{
    struct ar_db *db;
    enum ar_status status = ar_db_open("postgresql://bob:secret@localhost/blog", NULL, &db);
    const char *message = ar_db_error(db)->message;
    int is_refused =
        status == AR_MISUSE && strstr(message, "ARMATURE_POSTGRESQL=ON") != NULL && strstr(message, "secret") == NULL;

    printf("%s: %s\n", ar_status_name(status), message);
    ar_db_close(db);
    return is_refused;
}

int main(void)
{
    return opens_sqlite() && refuses_postgresql() ? 0 : 1;
}
