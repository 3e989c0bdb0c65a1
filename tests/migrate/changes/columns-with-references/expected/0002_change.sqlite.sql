-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

-- places
ALTER TABLE places DROP COLUMN height;
CREATE INDEX places_zone ON places (zone);

-- visits: a new table, because SQLite cannot change this one in place
-- armature: assert visits has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'visits' COLLATE NOCASE);
CREATE TABLE armature_new_visits (
    id INTEGER PRIMARY KEY,
    place_code INTEGER NOT NULL REFERENCES places (code),
    rank INTEGER,
    stay_id INTEGER REFERENCES stays (id)
);
INSERT INTO armature_new_visits (id, place_code)
    SELECT id, place_code FROM visits;
-- armature: assert visits: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_visits) = (SELECT count(*) FROM visits);
DROP TABLE visits;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_visits RENAME TO visits;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX visits_stay_id ON visits (stay_id);
CREATE INDEX visits_place_code ON visits (place_code);

-- trips: a new table, because SQLite cannot change this one in place
-- armature: assert trips has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'trips' COLLATE NOCASE);
CREATE TABLE armature_new_trips (
    id INTEGER PRIMARY KEY,
    place_area INTEGER,
    place_zone INTEGER,
    FOREIGN KEY (place_area, place_zone) REFERENCES places (area, zone)
);
INSERT INTO armature_new_trips (id)
    SELECT id FROM trips;
-- armature: assert trips: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_trips) = (SELECT count(*) FROM trips);
DROP TABLE trips;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_trips RENAME TO trips;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX trips_place_area_place_zone ON trips (place_area, place_zone);

-- stays: a new table, because SQLite cannot change this one in place
-- armature: assert stays has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'stays' COLLATE NOCASE);
CREATE TABLE armature_new_stays (
    id INTEGER PRIMARY KEY,
    nights INTEGER NOT NULL DEFAULT 1,
    guests INTEGER NOT NULL DEFAULT 1,
    place_id INTEGER NOT NULL DEFAULT 1 REFERENCES places (id),
    CONSTRAINT stays_guests CHECK (guests > 0),
    CONSTRAINT stays_nights CHECK (nights < 100)
);
INSERT INTO armature_new_stays (id)
    SELECT id FROM stays;
-- armature: assert stays: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_stays) = (SELECT count(*) FROM stays);
DROP TABLE stays;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_stays RENAME TO stays;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX stays_place_id ON stays (place_id);

-- tokens: a new table, because SQLite cannot change this one in place
-- armature: assert tokens has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'tokens' COLLATE NOCASE);
CREATE TABLE armature_new_tokens (
    id INTEGER PRIMARY KEY,
    body TEXT
);
-- armature: assert tokens: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_tokens) = (SELECT count(*) FROM tokens);
DROP TABLE tokens;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_tokens RENAME TO tokens;
PRAGMA legacy_alter_table = OFF;

-- members: a new table, because SQLite cannot change this one in place
-- armature: assert members has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'members' COLLATE NOCASE);
CREATE TABLE armature_new_members (
    tenant_id INTEGER NOT NULL,
    id INTEGER PRIMARY KEY,
    name TEXT
);
INSERT INTO armature_new_members (tenant_id, name)
    SELECT tenant_id, name FROM members;
-- armature: assert members: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_members) = (SELECT count(*) FROM members);
DROP TABLE members;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_members RENAME TO members;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX members_pkey ON members (tenant_id, id);

-- codes: a new table, because SQLite cannot change this one in place
-- armature: assert codes has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'codes' COLLATE NOCASE);
CREATE TABLE armature_new_codes (
    code TEXT NOT NULL,
    title TEXT,
    made DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    id INTEGER PRIMARY KEY
);
INSERT INTO armature_new_codes (code)
    SELECT code FROM codes;
-- armature: assert codes: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_codes) = (SELECT count(*) FROM codes);
DROP TABLE codes;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_codes RENAME TO codes;
PRAGMA legacy_alter_table = OFF;

DROP TABLE guests;
