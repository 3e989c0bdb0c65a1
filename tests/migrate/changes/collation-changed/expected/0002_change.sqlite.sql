-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- Views of what changes
DROP VIEW note_codes;

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.number: some values change if they become TEXT COLLATE NOCASE: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(number AS TEXT) AS INTEGER) IS NOT number);
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    title TEXT COLLATE NOCASE NOT NULL,
    code TEXT NOT NULL,
    number TEXT COLLATE NOCASE NOT NULL
);
INSERT INTO armature_new_notes (id, title, code, number)
    SELECT id, title, code, CAST(number AS TEXT) FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;

CREATE VIEW note_codes AS
SELECT code FROM notes;
