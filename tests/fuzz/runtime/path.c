/* libFuzzer: any string as a path of ar_query_with. It is refused with a message, or loads existing relations. */
#include "shelf.ar.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct ar_session *open_session(void)
{
    struct ar_db *db;
    struct ar_session *s;

    if (ar_db_open("sqlite::memory:", NULL, &db) != AR_OK || ar_session_open(db, NULL, &s) != AR_OK ||
        ar_create_tables(s, &shelf_model, &book_model) != AR_OK)
        abort();
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ar_session *s;
    struct shelf_query *q;
    struct shelf_list list;
    char *path = malloc(size + 1);

    if (s == NULL)
        s = open_session();
    if (path == NULL)
        return -1;
    if (size > 0)
        memcpy(path, data, size);
    path[size] = '\0';
    q = shelf_query(s);
    if (ar_query_with(q, path) != AR_OK &&
        (ar_session_error(s)->status != AR_MISUSE || strlen(ar_session_error(s)->message) == 0))
        abort();
    if (shelf_all(q, &list) != AR_OK) /* a refused path has changed nothing */
        abort();
    ar_session_clear(s);
    free(path);
    return 0;
}
