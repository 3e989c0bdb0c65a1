/* UUIDs: who makes them, and how they are stored. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct ticket {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(v4);
    uint8_t bytes[16] AR_GENERATE_UUID(v7);
    uint8_t stored[16] AR_STORED_AS(text);
    uint8_t both[16] AR_UUID AR_GENERATE_UUID(database) AR_DEFAULT("gen_random_uuid()");
    uint8_t maybe[16] AR_UUID AR_NULLABLE AR_GENERATE_UUID(v7);
    uint8_t flagged[16] AR_UUID AR_NULLABLE_BY(has_flagged) AR_GENERATE_UUID(v7);
    bool has_flagged;
    uint8_t dated[16] AR_UUID AR_STORED_AS(date);
    int64_t number AR_GENERATE_UUID(v7);
    uint8_t text[16] AR_UUID AR_STORED_AS(text) AR_DEFAULT("uuidv7()");
} AR_TABLE(tickets);

struct folder {
    uint8_t id[16] AR_UUID AR_STORED_AS(text) AR_PRIMARY_KEY AR_GENERATE_UUID(database);
    uint8_t parent_id[16] AR_UUID AR_NULLABLE;
} AR_TABLE(folders)
  AR_BELONGS_TO(parent, parent_id, .target = folder);
