/* Save an item and find it again. */
#include "shop/item.ar.h"

#include <stdio.h>

int main(void)
{
    item_t item = {.price = 2.5};
    item_t *found = NULL;
    struct ar_session *s = NULL;
    struct ar_db *db;
    int failed = ar_db_open("sqlite::memory:", NULL, &db) != AR_OK || ar_session_open(db, NULL, &s) != AR_OK ||
                 ar_create_tables(s, &item_model) != AR_OK || item_save(s, &item) != AR_OK ||
                 item_find(s, item.id, &found) != AR_OK || found->price < 2.5;

    puts(failed ? "program: failed" : "program: works");
    ar_session_close(s);
    ar_db_close(db);
    return failed;
}
