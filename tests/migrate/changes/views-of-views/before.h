/* Views of a table that only gets an index, of one that a view replaces, of such a view, and of changed columns. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    int64_t size;
} AR_TABLE(notes);

struct old {
    int64_t id AR_PRIMARY_KEY;
    int64_t size;
} AR_TABLE(olds);

struct name {
    const char *name AR_PRIMARY_KEY AR_NOT_NULL;
    int64_t number;
} AR_TABLE(names);

struct sum {
    int64_t id AR_PRIMARY_KEY;
    int32_t part;
    int32_t twice AR_GENERATED("part * 2");
} AR_TABLE(sums);

struct long_note {
    int64_t id;
    const char *title;
} AR_VIEW(long_notes, "SELECT \"id\", \"title\" FROM \"notes\" WHERE \"size\" > 10");

struct old_number {
    int64_t id;
} AR_VIEW(old_numbers, "SELECT id FROM olds");

struct old_count {
    int64_t number;
} AR_VIEW(old_counts, "SELECT count(*) AS number FROM old_numbers");

struct name_count {
    int64_t number;
} AR_VIEW(name_counts, "SELECT count(*) AS number FROM names");

struct sum_count {
    int64_t number;
} AR_VIEW(sum_counts, "SELECT count(*) AS number FROM sums");

struct part {
    int64_t id AR_PRIMARY_KEY;
    const char *body;
    int64_t extra AR_NULLABLE;
} AR_TABLE(parts);

struct part_body {
    const char *body;
} AR_VIEW(part_bodies, "SELECT body FROM parts");

struct shape {
    int64_t id AR_PRIMARY_KEY;
    int64_t width;
} AR_TABLE(shapes);

struct shape_id {
    int64_t id;
} AR_VIEW(shape_ids, "SELECT id FROM shapes");
