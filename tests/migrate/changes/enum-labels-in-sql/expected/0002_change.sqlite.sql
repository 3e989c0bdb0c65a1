-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes.kind: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE kind IN ('RARE'));
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    mood TEXT NOT NULL,
    kind TEXT NOT NULL,
    former TEXT NOT NULL,
    second TEXT NOT NULL DEFAULT 'PLAIN',
    is_best INTEGER NOT NULL GENERATED ALWAYS AS (mood = 'BEST') STORED,
    CONSTRAINT notes_not_fine CHECK (mood <> 'FINE')
);
INSERT INTO armature_new_notes (id, mood, kind, former)
    SELECT id, mood, kind, former FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX notes_worst ON notes (id) WHERE mood = 'WORST';

CREATE VIEW worst_notes AS
SELECT id FROM notes WHERE mood = 'WORST';
