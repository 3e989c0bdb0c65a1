-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.real: some values change if they become TEXT: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(real AS TEXT) AS REAL) IS NOT real);
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL DEFAULT 5,
    other INTEGER NOT NULL DEFAULT 7,
    third INTEGER NOT NULL,
    flag INTEGER NOT NULL DEFAULT 1,
    real TEXT NOT NULL DEFAULT '1.5'
);
INSERT INTO armature_new_notes (id, size, other, third, flag, real)
    SELECT id, size, other, third, flag, CAST(real AS TEXT) FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
