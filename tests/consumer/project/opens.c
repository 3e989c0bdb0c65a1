/* A minimal program: open a database. */
#include <armature/armature.h>

int main(void)
{
    struct ar_db *db;
    enum ar_status status = ar_db_open("sqlite::memory:", NULL, &db);

    ar_db_close(db);
    return status != AR_OK;
}
