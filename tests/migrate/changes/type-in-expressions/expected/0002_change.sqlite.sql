-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.size: some values change if they become REAL: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(size AS REAL) AS INTEGER) IS NOT size);
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    size REAL NOT NULL,
    CONSTRAINT notes_size_check CHECK (size > 0),
    CONSTRAINT notes_small CHECK (size < 999)
);
INSERT INTO armature_new_notes (id, title, size)
    SELECT id, title, CAST(size AS REAL) FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX notes_large ON notes (size) WHERE size > 10;
CREATE INDEX notes_next ON notes ((size + 1));
CREATE INDEX notes_last ON notes ((size - 1));
