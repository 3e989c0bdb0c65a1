/* Arrays, UUIDs in every form, and keys of bytes. */
#ifndef FAULT_VALUES_H
#define FAULT_VALUES_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct parcel {
    uint8_t          id[16]   AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    uint8_t          hash[20] AR_UNIQUE;
    uint8_t          link[16] AR_UUID AR_STORED_AS(text) AR_GENERATE_UUID(v7);
    struct ar_texts  labels;
    struct ar_int64s weights;
    int64_t          price    AR_DECIMAL(10, 2);
    const char      *address  AR_JSON;
} AR_TABLE(parcels)
  AR_HAS_MANY(scans, parcel_id, parcel);

struct scan {
    uint8_t     parcel_id[16] AR_UUID AR_PRIMARY_KEY;
    uint8_t     id[16]        AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(v7);
    const char *place;
} AR_TABLE(scans)
  AR_BELONGS_TO(parcel, parcel_id, scans);

/* clang-format on */

#endif
