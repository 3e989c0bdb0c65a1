-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX old_index;
ALTER TABLE papers RENAME TO sheets;
ALTER TABLE entries RENAME TO lists;
ALTER TABLE boxes RENAME TO chests;

-- notes: a new table, because SQLite cannot change this one in place
-- armature: assert notes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'notes' COLLATE NOCASE);
CREATE TABLE armature_new_notes (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    CONSTRAINT new_check CHECK (size > 0)
);
INSERT INTO armature_new_notes (id, size)
    SELECT id, size FROM notes;
-- armature: assert notes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_notes) = (SELECT count(*) FROM notes);
DROP TABLE notes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_notes RENAME TO notes;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX new_index ON notes (size);

-- sheets: a new table, because SQLite cannot change this one in place
-- armature: assert sheets has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'sheets' COLLATE NOCASE);
CREATE TABLE armature_new_sheets (
    title TEXT NOT NULL,
    number INTEGER PRIMARY KEY
);
INSERT INTO armature_new_sheets (title, number)
    SELECT title, number FROM sheets;
-- armature: assert sheets: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_sheets) = (SELECT count(*) FROM sheets);
DROP TABLE sheets;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_sheets RENAME TO sheets;
PRAGMA legacy_alter_table = OFF;

-- marks: a new table, because SQLite cannot change this one in place
-- armature: assert marks has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'marks' COLLATE NOCASE);
CREATE TABLE armature_new_marks (
    number INTEGER PRIMARY KEY,
    body TEXT
);
INSERT INTO armature_new_marks (number, body)
    SELECT number, body FROM marks;
-- armature: assert marks: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_marks) = (SELECT count(*) FROM marks);
DROP TABLE marks;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_marks RENAME TO marks;
PRAGMA legacy_alter_table = OFF;

-- lines: a new table, because SQLite cannot change this one in place
-- armature: assert lines has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'lines' COLLATE NOCASE);
CREATE TABLE armature_new_lines (
    number INTEGER NOT NULL,
    body TEXT
);
INSERT INTO armature_new_lines (number, body)
    SELECT number, body FROM lines;
-- armature: assert lines: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_lines) = (SELECT count(*) FROM lines);
DROP TABLE lines;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_lines RENAME TO lines;
PRAGMA legacy_alter_table = OFF;
