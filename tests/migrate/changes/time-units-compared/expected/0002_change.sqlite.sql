-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- stays: a new table, because SQLite cannot change this one in place
-- armature: assert stays.first: some values are too large in the new unit: change them before
SELECT NOT EXISTS (SELECT 1 FROM stays WHERE "first" NOT BETWEEN -9223372036 AND 9223372036);
-- armature: assert stays.last: some values are too large in the new unit: change them before
SELECT NOT EXISTS (SELECT 1 FROM stays WHERE "last" NOT BETWEEN -9223372036 AND 9223372036);
-- armature: assert stays has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'stays' COLLATE NOCASE);
CREATE TABLE armature_new_stays (
    id INTEGER PRIMARY KEY,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    CONSTRAINT stays_check CHECK (first < last)
);
INSERT INTO armature_new_stays (id, "first", "last")
    SELECT id, "first" * 1000000000, "last" * 1000000000 FROM stays;
-- armature: assert stays: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_stays) = (SELECT count(*) FROM stays);
DROP TABLE stays;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_stays RENAME TO stays;
PRAGMA legacy_alter_table = OFF;
