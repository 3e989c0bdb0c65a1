/* Attributes that conflict with the type, with each other, or with their own arguments. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum small { SMALL } __attribute__((packed));

struct user {
    int64_t id AR_PRIMARY_KEY AR_PRIMARY_KEY;
    int64_t age AR_LENGTH(1, 2) AR_EMAIL AR_UUID AR_ENUM_TEXT AR_CREATED_AT;
    const char *name AR_RANGE(1, 2) AR_VERSION AR_UPDATED_AT;
    const char *text AR_NULLABLE AR_NOT_NULL;
    int8_t tiny AR_RANGE(0, 300);
    int8_t turned AR_RANGE(5, 1);
    int8_t real AR_RANGE(0.5, 1);
    double wide AR_RANGE(0, 1e999);
    char code[4] AR_LENGTH(4, 8);
    char full[4] AR_LENGTH(3, 3);
    char over[4] AR_LENGTH(0, 4294967295);
    const char *macro AR_LENGTH(1, NAME_MAX);
    const char *many AR_LENGTH(1, 2, 3);
    const char *few AR_LENGTH(1);
    const char *negative AR_LENGTH(-1, 5);
    uint32_t first AR_VERSION;
    uint32_t second AR_VERSION;
    enum small small AR_ENUM_TEXT;
    const char *empty AR_DEFAULT("");
    const char *call AR_DEFAULT(datetime('now'));
    const char *option AR_DEFAULT("1", .colour = red);
    int64_t gone AR_TRANSIENT AR_UNIQUE;
} AR_TABLE(users) AR_TABLE(people) AR_EMAIL;

struct post {
    int64_t id AR_PRIMARY_KEY AR_TABLE(posts);
};

struct reading {
    int64_t id AR_PRIMARY_KEY;
    int64_t took AR_INTERVAL AR_EMAIL;
    uint8_t low AR_RANGE(-1, 5);
    time_t gone AR_DELETED_AT AR_NULLABLE_BY(has_gone);
    bool has_gone;
    int64_t opened AR_INTERVAL AR_DEFAULT("'open");
    uint8_t token[16] AR_UUID AR_STORED_AS(text) AR_DEFAULT("gen_random_uuid()");
} AR_TABLE(readings);
