/* Arrays of bytes: foreign keys of other lengths, and arrays that are not of bytes. */
#include <armature/annotations.h>
#include <stdint.h>

struct object {
    uint8_t hash[32] AR_PRIMARY_KEY;
    uint8_t digest[20] AR_UNIQUE;
    uint16_t words[8];
    int8_t numbers[4];
    uint8_t huge[4294967296];
    uint16_t huge_words[4294967296];
    uint8_t rest[];
} AR_TABLE(objects);

struct piece {
    uint8_t object_hash[20] AR_PRIMARY_KEY;
    uint8_t token[16];
    uint8_t short_token[15] AR_UUID;
    uint8_t signature[64] AR_LENGTH(1, 64) AR_CREATED_AT;
} AR_TABLE(pieces)
  AR_BELONGS_TO(object, object_hash);

struct ticket {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY;
} AR_TABLE(tickets)
  AR_HAS_MANY(pieces, token, .target = piece);
