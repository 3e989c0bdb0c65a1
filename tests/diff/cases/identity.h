/* A part of a composite key that the database numbers. */
#include <armature/annotations.h>
#include <armature/armature.h>

struct report {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
    const char *title AR_NOT_NULL;
} AR_TABLE(reports);

/* Equivalent. */
struct figure {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(figures);

/* The numbers are made, but the key is not unique with the tenant. */
struct note {
    int64_t tenant_id AR_PRIMARY_KEY;
    int64_t id AR_PRIMARY_KEY AR_IDENTITY;
} AR_TABLE(notes);
