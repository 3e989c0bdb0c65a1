-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- Views of what changes
DROP VIEW shape_ids;
DROP VIEW part_bodies;
DROP VIEW sum_counts;
DROP VIEW name_counts;
DROP VIEW old_counts;
DROP VIEW old_numbers;

ALTER TABLE shapes RENAME COLUMN width TO breadth;

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

-- sums: a new table, because SQLite cannot change this one in place
-- armature: assert sums has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'sums' COLLATE NOCASE);
CREATE TABLE armature_new_sums (
    id INTEGER PRIMARY KEY,
    part INTEGER NOT NULL,
    twice INTEGER NOT NULL GENERATED ALWAYS AS (part * 2) STORED,
    CONSTRAINT sums_twice CHECK (twice > 0)
);
INSERT INTO armature_new_sums (id, part)
    SELECT id, part FROM sums;
-- armature: assert sums: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_sums) = (SELECT count(*) FROM sums);
DROP TABLE sums;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_sums RENAME TO sums;
PRAGMA legacy_alter_table = OFF;

-- parts
ALTER TABLE parts DROP COLUMN extra;

DROP TABLE olds;

CREATE VIEW olds AS
SELECT id, size FROM notes;

CREATE VIEW old_numbers AS
SELECT id FROM olds;

CREATE VIEW old_counts AS
SELECT count(*) AS number FROM old_numbers;

CREATE VIEW name_counts AS
SELECT count(*) AS number FROM names;

CREATE VIEW sum_counts AS
SELECT count(*) AS number FROM sums;

CREATE VIEW part_bodies AS
SELECT body FROM parts;

CREATE VIEW shape_ids AS
SELECT id FROM shapes;
