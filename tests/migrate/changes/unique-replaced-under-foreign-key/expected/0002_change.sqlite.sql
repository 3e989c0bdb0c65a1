-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX places_code;
DROP INDEX cities_name;

-- visits: a new table, because SQLite cannot change this one in place
-- armature: assert visits has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'visits' COLLATE NOCASE);
CREATE TABLE armature_new_visits (
    id INTEGER PRIMARY KEY,
    place_code INTEGER NOT NULL REFERENCES places (id)
);
INSERT INTO armature_new_visits (id, place_code)
    SELECT id, place_code FROM visits;
-- armature: assert visits: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_visits) = (SELECT count(*) FROM visits);
DROP TABLE visits;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_visits RENAME TO visits;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX visits_place_code ON visits (place_code);

-- cities: a new table, because SQLite cannot change this one in place
-- armature: assert cities has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'cities' COLLATE NOCASE);
CREATE TABLE armature_new_cities (
    name TEXT NOT NULL PRIMARY KEY,
    size INTEGER
);
INSERT INTO armature_new_cities (name, size)
    SELECT name, size FROM cities;
-- armature: assert cities: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_cities) = (SELECT count(*) FROM cities);
DROP TABLE cities;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_cities RENAME TO cities;
PRAGMA legacy_alter_table = OFF;
