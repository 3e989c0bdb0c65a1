/* Annotations do not change struct layout: each member has the same offset and size with and without annotations.
 * Compiled, but not run, with empty annotations and with ARMATURE_TOOL, which the tool defines. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct bare {
    uint8_t id[16];
    char letter;
    const char *name;
    char code[5];
    double price;
    bool has_editor;
    int64_t editor_id;
    struct ar_blob data;
    time_t created_at;
    struct timespec updated_at;
    uint16_t lock;
    void *payload;
};

struct AR_TABLE(annotated) annotated {
    uint8_t id[16] AR_UUID AR_PRIMARY_KEY;
    char letter AR_COLUMN("a letter") AR_RANGE(0, 5);
    const char *name AR_LENGTH(1, 50) AR_UNIQUE AR_EMAIL AR_NOT_NULL AR_DEFAULT("'x'");
    char code[5] AR_NULLABLE;
    double price;
    bool has_editor;
    int64_t editor_id AR_NULLABLE_BY(has_editor);
    struct ar_blob data;
    time_t created_at AR_CREATED_AT;
    struct timespec updated_at AR_UPDATED_AT;
    uint16_t lock AR_VERSION;
    void *payload AR_TRANSIENT;
} AR_BELONGS_TO(editor, editor_id, .target = user, .cache = {.ttl = 300, .max_size = 100}) AR_HAS_MANY(parts, whole_id)
    AR_HAS_ONE(first, whole_id, whole, .load = one);

#define SAME(member)                                                                                                   \
    _Static_assert(offsetof(struct bare, member) == offsetof(struct annotated, member) &&                              \
                       sizeof(((struct bare *)0)->member) == sizeof(((struct annotated *)0)->member),                  \
                   #member)

SAME(id);
SAME(letter);
SAME(name);
SAME(code);
SAME(price);
SAME(has_editor);
SAME(editor_id);
SAME(data);
SAME(created_at);
SAME(updated_at);
SAME(lock);
SAME(payload);
_Static_assert(sizeof(struct bare) == sizeof(struct annotated), "size");
_Static_assert(_Alignof(struct bare) == _Alignof(struct annotated), "alignment");
