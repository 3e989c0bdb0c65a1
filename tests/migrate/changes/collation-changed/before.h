/* A column gets a collation, another loses its own, and a third gets another type as well. */
#include <armature/armature.h>

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
    const char *code AR_SQL_TYPE("text COLLATE \"C\"", .sqlite = "TEXT COLLATE NOCASE") AR_NOT_NULL;
    int64_t number;
} AR_TABLE(notes);

struct note_code {
    const char *code;
} AR_VIEW(note_codes, "SELECT code FROM notes");
