-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX notes_user_id;
ALTER TABLE notes RENAME COLUMN title TO subject;
ALTER TABLE notes RENAME COLUMN user_id TO author_id;

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.size: some values change if they become REAL: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(size AS REAL) AS INTEGER) IS NOT size);
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    author_id INTEGER REFERENCES users (id),
    size REAL NOT NULL,
    stars INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT notes_stars CHECK (stars >= 0)
);
INSERT INTO armature_new_notes (id, subject, author_id, size)
    SELECT id, subject, author_id, CAST(size AS REAL) FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX notes_subject ON notes (subject);
CREATE INDEX notes_author_id ON notes (author_id);
