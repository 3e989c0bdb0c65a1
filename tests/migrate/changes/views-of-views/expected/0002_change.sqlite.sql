-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- Views of what changes
DROP VIEW name_counts;
DROP VIEW old_counts;
DROP VIEW old_numbers;

-- notes
CREATE INDEX notes_size ON notes (size);

-- names: a new table, because SQLite cannot change this one in place
-- armature: assert names has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'names' COLLATE NOCASE);
CREATE TABLE armature_new_names (
    name TEXT NOT NULL,
    number INTEGER PRIMARY KEY
);
INSERT INTO armature_new_names (name, number)
    SELECT name, number FROM names;
-- armature: assert names: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_names) = (SELECT count(*) FROM names);
DROP TABLE names;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_names RENAME TO names;
PRAGMA legacy_alter_table = OFF;

DROP TABLE olds;

CREATE VIEW olds AS
SELECT id, size FROM notes;

CREATE VIEW old_numbers AS
SELECT id FROM olds;

CREATE VIEW old_counts AS
SELECT count(*) AS number FROM old_numbers;

CREATE VIEW name_counts AS
SELECT count(*) AS number FROM names;
