/* The table of drivers, by the scheme of their URLs. */
#include "driver/driver.h"

#include <string.h>

#ifdef ARMATURE_POSTGRESQL
#define POSTGRESQL &ar_driver_postgresql
#else
#define POSTGRESQL NULL
#endif

static const struct {
    const char *scheme;
    const struct driver *driver; /* NULL: this build has none */
    const char *option;          /* of the build that has it */
} drivers[] = {
    {"sqlite:", &ar_driver_sqlite, NULL},
    {"postgresql://", POSTGRESQL, "ARMATURE_POSTGRESQL"},
    {"postgres://", POSTGRESQL, "ARMATURE_POSTGRESQL"},
};

/* Quote only the scheme of the URL: the rest may contain a password. */
static void refuse(const char *url, struct failure *failure)
{
    size_t length = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    size_t shown = length < 32 ? length : 32;

    (void)ar_fail(failure, AR_MISUSE, NULL, NULL,
                  "\"%.*s%s\" is not a database URL: expected sqlite:<file>, sqlite::memory: or postgresql://…",
                  (int)shown, url, url[shown] != '\0' ? "…" : "");
}

const struct driver *ar_driver_find(const char *url, const struct ar_db_options *options, struct failure *failure)
{
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++) {
        const char *scheme = drivers[i].scheme;
        const struct driver *driver = drivers[i].driver;
        if (strncmp(url, scheme, strlen(scheme)) != 0)
            continue;
        if (driver != NULL)
            return driver->choose != NULL ? driver->choose(options) : driver;
        (void)ar_fail(failure, AR_MISUSE, NULL, NULL,
                      "the URL begins with %s, but Armature was built without that driver: build it with "
                      "-D%s=ON",
                      scheme, drivers[i].option);
        return NULL;
    }
    refuse(url, failure);
    return NULL;
}
