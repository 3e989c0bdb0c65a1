/* UUIDs that the library or the database makes, and UUIDs stored as strings. */
#ifndef VALUES_UUIDS_H
#define VALUES_UUIDS_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

/* The library makes the key and another UUID. */
struct visitor {
    uint8_t     id[16]    AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(v7);
    uint8_t     token[16] AR_UUID AR_UNIQUE AR_GENERATE_UUID(v7);
    const char *name      AR_UNIQUE;
} AR_TABLE(visitors)
  AR_HAS_MANY(stays, visitor_id, visitor, .target = stay);

/* A composite key, one part of which the library makes. */
struct stay {
    uint8_t visitor_id[16] AR_UUID AR_PRIMARY_KEY;
    uint8_t id[16]         AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(v7);
    int32_t nights;
} AR_TABLE(stays)
  AR_BELONGS_TO(visitor, visitor_id, stays);

/* The database makes the key and another UUID. */
struct ticket {
    uint8_t     id[16]   AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    uint8_t     code[16] AR_UUID AR_GENERATE_UUID(database);
    const char *seat;
} AR_TABLE(tickets)
  AR_HAS_MANY(stamps, ticket_id, ticket, .target = stamp);

struct stamp {
    int64_t id            AR_PRIMARY_KEY;
    uint8_t ticket_id[16] AR_UUID;
    int32_t number;
} AR_TABLE(stamps)
  AR_BELONGS_TO(ticket, ticket_id, stamps);

/* The DEFAULT of PostgreSQL 18 makes the key, alone and as a part. */
struct parcel {
    uint8_t     id[16] AR_UUID AR_PRIMARY_KEY AR_DEFAULT("uuidv7()");
    const char *address;
} AR_TABLE(parcels)
  AR_HAS_MANY(scans, parcel_id, parcel, .target = scan);

struct scan {
    uint8_t parcel_id[16] AR_UUID AR_PRIMARY_KEY;
    uint8_t id[16]        AR_UUID AR_PRIMARY_KEY AR_DEFAULT("uuidv7()");
    int32_t place;
} AR_TABLE(scans)
  AR_BELONGS_TO(parcel, parcel_id, scans);

/* Strings of 36 characters, as key, foreign key, and made in both ways. */
struct folder {
    uint8_t     id[16]        AR_UUID AR_STORED_AS(text) AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    uint8_t     parent_id[16] AR_UUID AR_STORED_AS(text) AR_NULLABLE;
    uint8_t     link[16]      AR_UUID AR_STORED_AS(text) AR_UNIQUE AR_GENERATE_UUID(v7);
    uint8_t     owner[16]     AR_UUID AR_NULLABLE;
    const char *name;
} AR_TABLE(folders)
  AR_BELONGS_TO(parent, parent_id, folders, .target = folder)
  AR_HAS_MANY(folders, parent_id, parent, .target = folder);

/* clang-format on */

#endif
