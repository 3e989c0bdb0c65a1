/* Checks a PostgreSQL URL before libpq parses it, because libpq's messages about a malformed URL quote it, including
 * the password. */
#include "driver/postgresql/url.h"

#include <errno.h>
#include <libpq-fe.h>
#include <string.h>

/* Return true if an @ does not end the credentials. Part of the password would then be taken for a host name, which
 * messages quote. */
static bool has_stray_at(const char *url)
{
    const char *start = strstr(url, "://") + 3, *after = start + strcspn(start, "@/");

    if (*after == '@')
        after++;
    return after[strcspn(after, "@?")] == '@';
}

static enum ar_status check(const char *url, struct failure *failure)
{
    char *why = NULL;
    PQconninfoOption *options;
    size_t length;

    if (has_stray_at(url))
        return ar_fail(failure, AR_MISUSE, NULL, NULL,
                       "the PostgreSQL URL is malformed: write @ as %%40 and / as %%2F in a user's name or password");
    errno = 0;
    options = PQconninfoParse(url, &why);
    if (options != NULL) {
        PQconninfoFree(options);
        return AR_OK;
    }
    /* libpq names a lack of memory in the user's language. */
    if (why == NULL || errno == ENOMEM) {
        PQfreemem(why);
        return ar_fail_no_memory(failure);
    }
    /* libpq's message, up to the quotation. */
    length = strcspn(why, "\"\n");
    while (length > 0 && strchr(" :(", why[length - 1]) != NULL)
        length--;
    (void)ar_fail(
        failure, AR_MISUSE, NULL, NULL,
        "the PostgreSQL URL is malformed (%.*s): expected postgresql://user:password@host:port/database?…, with"
        " special characters as %%XX and IPv6 addresses in brackets",
        (int)length, why);
    PQfreemem(why);
    return AR_MISUSE;
}

char *ar_pg_locate(const char *url, const void *unique, bool *is_in_memory, struct failure *failure)
{
    char *location;

    (void)unique;
    *is_in_memory = false;
    if (check(url, failure) != AR_OK)
        return NULL;
    location = strdup(url);
    if (location == NULL)
        (void)ar_fail_no_memory(failure);
    return location;
}
