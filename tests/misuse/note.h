/* A model with a relation, for the misuse tests. */
#ifndef MISUSE_NOTE_H
#define MISUSE_NOTE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct note {
    int64_t     id        AR_PRIMARY_KEY;
    int64_t     parent_id AR_NULLABLE;
    const char *text;
} AR_TABLE(notes)
  AR_BELONGS_TO(parent, parent_id, replies, .target = note)
  AR_HAS_MANY(replies, parent_id, parent, .target = note)
  AR_SQL(notes_with_text, (const char *text), "SELECT * FROM notes WHERE text = :text")
  AR_SQL(note_with_text, (const char *text), "SELECT * FROM notes WHERE text = :text", .one = true)
  AR_SQL(set_text, (const char *text), "UPDATE notes SET text = :text");

/* clang-format on */

#endif
