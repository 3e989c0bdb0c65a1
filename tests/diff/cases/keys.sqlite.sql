CREATE TABLE countries (code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE cities (
    id INTEGER PRIMARY KEY,
    country TEXT NOT NULL REFERENCES countries (name) ON DELETE CASCADE,
    name TEXT NOT NULL,
    capital_id INTEGER,
    twin_id INTEGER REFERENCES cities,
    port_id INTEGER REFERENCES cities DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX cities_country ON cities (country);
CREATE INDEX cities_twin ON cities (twin_id);
CREATE INDEX cities_port ON cities (port_id);
CREATE TABLE streets (
    city_id INTEGER NOT NULL REFERENCES cities,
    number INTEGER NOT NULL,
    mayor INTEGER REFERENCES cities,
    PRIMARY KEY (number, city_id)
);
CREATE TABLE houses (
    id INTEGER PRIMARY KEY,
    city_id INT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT any_name FOREIGN KEY (city_id) REFERENCES cities ON DELETE NO ACTION
);
CREATE TABLE stops (line INTEGER NOT NULL, city_id INTEGER NOT NULL REFERENCES cities, PRIMARY KEY (city_id, line)) STRICT;
CREATE TABLE lamps (
    id INTEGER PRIMARY KEY,
    city_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    house_id INTEGER NOT NULL,
    seen_from INTEGER REFERENCES cities,
    FOREIGN KEY (number, city_id) REFERENCES streets
);
CREATE TABLE museums (id INTEGER PRIMARY KEY, museum_id INTEGER REFERENCES galleries, rival_id INTEGER REFERENCES rivals);
CREATE TABLE sights (city_id INTEGER NOT NULL REFERENCES cities, number INTEGER NOT NULL, PRIMARY KEY (city_id, number));
CREATE TABLE mottos (id INTEGER);
CREATE TABLE coats (id INTEGER PRIMARY KEY, colour INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE flags (code TEXT PRIMARY KEY, colour INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX houses_place ON houses (city_id, number);
CREATE TABLE medals (code TEXT PRIMARY KEY, number TEXT) WITHOUT ROWID;
CREATE TABLE prizes (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE holidays (id INTEGER PRIMARY KEY, at TEXT NOT NULL, city_id INTEGER NOT NULL REFERENCES nowhere) STRICT;
