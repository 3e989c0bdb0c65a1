-- armature: rebuild

-- cities: a new table, because SQLite cannot change this one in place
-- armature: assert cities has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'cities' COLLATE NOCASE);
CREATE TABLE armature_new_cities (
    id INTEGER PRIMARY KEY,
    country TEXT NOT NULL REFERENCES countries (code) ON DELETE CASCADE,
    name TEXT NOT NULL,
    capital_id INTEGER REFERENCES cities (id),
    twin_id INTEGER REFERENCES cities (id) ON DELETE SET NULL,
    port_id INTEGER REFERENCES cities (id)
);
INSERT INTO armature_new_cities (id, country, name, capital_id, twin_id, port_id)
    SELECT id, country, name, capital_id, twin_id, port_id FROM cities;
-- armature: assert cities: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_cities) = (SELECT count(*) FROM cities);
DROP TABLE cities;
ALTER TABLE armature_new_cities RENAME TO cities;
CREATE INDEX cities_country ON cities (country);
CREATE INDEX cities_capital_id ON cities (capital_id);
CREATE INDEX cities_twin_id ON cities (twin_id);
CREATE INDEX cities_port_id ON cities (port_id);

-- streets: a new table, because SQLite cannot change this one in place
-- armature: assert streets has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'streets' COLLATE NOCASE);
CREATE TABLE armature_new_streets (
    city_id INTEGER NOT NULL REFERENCES cities (id),
    number INTEGER NOT NULL,
    mayor INTEGER,
    PRIMARY KEY (city_id, number)
);
INSERT INTO armature_new_streets (city_id, number, mayor)
    SELECT city_id, number, mayor FROM streets;
-- armature: assert streets: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_streets) = (SELECT count(*) FROM streets);
DROP TABLE streets;
ALTER TABLE armature_new_streets RENAME TO streets;
