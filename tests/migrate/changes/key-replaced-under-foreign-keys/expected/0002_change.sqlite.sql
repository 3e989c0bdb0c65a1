-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX visits_place_name;
ALTER TABLE visits RENAME TO trips;

CREATE TABLE hotels (
    id INTEGER PRIMARY KEY,
    place_name TEXT NOT NULL REFERENCES places (name)
);
CREATE INDEX hotels_place_name ON hotels (place_name);

-- places: a new table, because SQLite cannot change this one in place
-- armature: assert places has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'places' COLLATE NOCASE);
CREATE TABLE armature_new_places (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO armature_new_places (name)
    SELECT name FROM places;
-- armature: assert places: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_places) = (SELECT count(*) FROM places);
DROP TABLE places;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_places RENAME TO places;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX places_name ON places (name);

-- trips
CREATE INDEX trips_place_name ON trips (place_name);

DROP TABLE guests;
