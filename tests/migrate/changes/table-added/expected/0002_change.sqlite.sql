-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    note_id INTEGER NOT NULL REFERENCES notes (id),
    word TEXT NOT NULL
);
CREATE INDEX tags_note_id ON tags (note_id);
