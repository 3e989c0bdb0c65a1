-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.number: some values change if they become INTEGER: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(number AS INTEGER) AS BLOB) IS NOT number);
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    body BLOB NOT NULL,
    data TEXT NOT NULL,
    number INTEGER NOT NULL,
    price TEXT NOT NULL
);
INSERT INTO armature_new_notes (id, body, data, number, price)
    SELECT id, CAST(body AS BLOB), CAST(data AS TEXT), CAST(number AS INTEGER), price FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
