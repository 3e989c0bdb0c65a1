-- Everything that SQLite has and a header must express, or say that it does not.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE "Sales Region" (
    "region id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "full name" VARCHAR(40) NOT NULL COLLATE NOCASE UNIQUE, -- ignores case )
    [default] TEXT DEFAULT 'it''s "new"',
    `int` BIGINT NOT NULL DEFAULT -1,
    "größe" REAL,
    "42" INT
);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES person ON DELETE SET NULL,
    mentor INTEGER REFERENCES person (id),
    email TEXT NOT NULL UNIQUE CHECK (email LIKE '%@%'),
    age INT CHECK (age >= 0),
    score REAL,
    is_active BOOLEAN NOT NULL DEFAULT 1,
    may_login BOOLEAN,
    born DATE,
    created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    seen TIMESTAMP,
    wakes TIME,
    photo BLOB,
    settings JSON NOT NULL DEFAULT '{}',
    balance DECIMAL(10, 2) NOT NULL DEFAULT 0.5,
    anything,
    CONSTRAINT adult CHECK (age IS NULL OR age < 150),
    CHECK (id <> parent_id)
);
CREATE INDEX person_parent_id ON person (parent_id);
CREATE INDEX person_names ON person (lower(email), age DESC) WHERE is_active = 1;
CREATE INDEX person_nocase ON person (email COLLATE NOCASE);
CREATE TABLE branch (
    id INTEGER PRIMARY KEY,
    "region id" INTEGER NOT NULL REFERENCES "Sales Region"
);
CREATE INDEX branch_region ON branch ("region id");
CREATE TABLE passport (
    person_id INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE ON UPDATE CASCADE,
    number TEXT NOT NULL,
    country TEXT NOT NULL,
    UNIQUE (country, number)
);
CREATE TABLE flight (
    airline TEXT,
    number INTEGER,
    origin TEXT NOT NULL REFERENCES airport (code) DEFERRABLE INITIALLY DEFERRED,
    destination TEXT NOT NULL REFERENCES airport (code),
    minutes INTEGER NOT NULL,
    hours REAL AS (minutes / 60.0) STORED,
    label TEXT GENERATED ALWAYS AS (airline || number) VIRTUAL,
    PRIMARY KEY (airline, number)
) WITHOUT ROWID;
CREATE TABLE airport (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
);
CREATE TABLE seat (
    airline TEXT NOT NULL,
    number INTEGER NOT NULL,
    place TEXT NOT NULL,
    passenger INTEGER REFERENCES person,
    PRIMARY KEY (airline, number, place),
    FOREIGN KEY (airline, number) REFERENCES flight ON DELETE CASCADE
) STRICT;
CREATE TABLE tag (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE person_tag (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
    PRIMARY KEY (person_id, tag_id)
);
CREATE INDEX person_tag_tag_id ON person_tag (tag_id);
CREATE TABLE friendship (
    person_id INTEGER NOT NULL REFERENCES person,
    friend_id INTEGER NOT NULL REFERENCES person,
    since DATE NOT NULL,
    PRIMARY KEY (person_id, friend_id)
);
CREATE TABLE visit_log (page TEXT NOT NULL, visited DATETIME NOT NULL, person_id INTEGER REFERENCES person);
CREATE TABLE measure (value REAL PRIMARY KEY, note TEXT);
CREATE TABLE untyped (id PRIMARY KEY, person_id REFERENCES person, value DEFAULT (1 + 1));
CREATE TABLE dangling (id INTEGER PRIMARY KEY, gone_id INTEGER REFERENCES gone, word TEXT REFERENCES tag);
CREATE TABLE list (id INTEGER PRIMARY KEY, "order" INT NOT NULL, query TEXT, "find" INTEGER REFERENCES list);
CREATE TABLE list_list (id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES list);
CREATE TABLE timespec (id INTEGER PRIMARY KEY, tm TEXT);
CREATE TABLE report (tenant_id INTEGER NOT NULL, id INTEGER PRIMARY KEY, title TEXT);
CREATE UNIQUE INDEX report_pkey ON report (tenant_id, id);
CREATE TABLE figure (
    tenant_id INTEGER NOT NULL,
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, report_id) REFERENCES report (tenant_id, id)
);
CREATE INDEX figure_report ON figure (tenant_id, report_id);
CREATE VIEW adults AS SELECT id, email, age FROM person WHERE age >= 18;
CREATE VIEW counts AS SELECT airline, count(*) AS flights, avg(minutes) AS mean FROM flight GROUP BY airline;
CREATE VIEW broken AS SELECT missing FROM nowhere;
CREATE TRIGGER person_seen AFTER UPDATE ON person BEGIN
    UPDATE person SET seen = CURRENT_TIMESTAMP WHERE id = new.id;
END;
COMMIT;
