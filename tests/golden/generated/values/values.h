/* Columns and keys of bytes and UUIDs, columns of arrays, and a join table with such a key. */
#ifndef VALUES_H
#define VALUES_H

#include <armature/annotations.h>
#include <stdint.h>

struct object {
    uint8_t hash[32] AR_PRIMARY_KEY;
    uint8_t token[16] AR_NULLABLE AR_UNIQUE;
} AR_TABLE(objects)
  AR_MANY_TO_MANY(parts, object_parts, whole, part, .target = object);

struct token {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY AR_GENERATE_UUID(v7);
    uint8_t secret[16] AR_UUID AR_GENERATE_UUID(database);
    uint8_t text[16] AR_UUID AR_STORED_AS(text) AR_GENERATE_UUID(database);
} AR_TABLE(tokens);

/* In C++, the enum is a member of the struct. */
struct shelf {
    enum row { ROW_TOP, ROW_BOTTOM } row AR_PRIMARY_KEY;
    enum row next;
    int64_t cut_between_characters AR_COLUMN("ääääääääääääääääääääääääääääää") AR_UNIQUE;
    int64_t cut_within_a_character AR_COLUMN("xäääääääääääääääääääääääääääää") AR_UNIQUE;
} AR_TABLE(shelves);

typedef enum { BOX_OPEN, BOX_SHUT } box;

typedef struct {
    int64_t id AR_PRIMARY_KEY;
    box state;
} AR_TABLE(bs) b;

struct recipe {
    int32_t id AR_PRIMARY_KEY;
    struct ar_texts tags AR_NOT_NULL;
    struct ar_int64s minutes;
} AR_TABLE(recipes);

struct position {
    int64_t invoice_id AR_PRIMARY_KEY;
    int64_t number AR_PRIMARY_KEY AR_DEFAULT("1");
} AR_TABLE(positions);

struct invoice {
    int64_t number AR_PRIMARY_KEY AR_DEFAULT("1000");
    char code[8] AR_DEFAULT("'none'");
    int64_t price AR_DECIMAL(4, 2) AR_DEFAULT(9.990);
    const char *credit AR_DECIMAL(4, 2) AR_DEFAULT("-0.000");
    const char *rate AR_DECIMAL(4, 2) AR_DEFAULT("+01.500");
} AR_TABLE(invoices);

#endif
