-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

-- notes
CREATE UNIQUE INDEX notes_title ON notes (title);
CREATE UNIQUE INDEX notes_size_title ON notes (size, title);
