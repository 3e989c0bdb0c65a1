-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- Views of what changes
DROP VIEW spoken;

ALTER TABLE words RENAME TO terms;

-- owners: a new table, because SQLite cannot change this one in place
-- armature: assert owners has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'owners' COLLATE NOCASE);
CREATE TABLE armature_new_owners (
    id INTEGER PRIMARY KEY,
    name TEXT,
    size INTEGER,
    hash BLOB CHECK (length(hash) = 8)
);
INSERT INTO armature_new_owners (id, name)
    SELECT id, name FROM owners;
-- armature: assert owners: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_owners) = (SELECT count(*) FROM owners);
DROP TABLE owners;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_owners RENAME TO owners;
PRAGMA legacy_alter_table = OFF;

-- lines: a new table, because SQLite cannot change this one in place
-- armature: assert lines has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'lines' COLLATE NOCASE);
CREATE TABLE armature_new_lines (
    id INTEGER PRIMARY KEY,
    title TEXT,
    size INTEGER NOT NULL,
    CONSTRAINT lines_title_check CHECK (title <> '')
);
INSERT INTO armature_new_lines (title, size)
    SELECT title, size FROM lines;
-- armature: assert lines: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_lines) = (SELECT count(*) FROM lines);
DROP TABLE lines;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_lines RENAME TO lines;
PRAGMA legacy_alter_table = OFF;

DROP TABLE notes;

CREATE VIEW spoken AS
SELECT id, word FROM terms;
