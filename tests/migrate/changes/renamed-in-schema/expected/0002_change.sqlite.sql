-- Migration 2, change, for SQLite. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.
-- armature: rebuild

DROP INDEX owners_code;
DROP INDEX pets_owner_id;
ALTER TABLE owners RENAME COLUMN id TO "key";
ALTER TABLE owners RENAME COLUMN name TO title;
ALTER TABLE owners RENAME COLUMN code TO number;
ALTER TABLE pets RENAME TO animals;
ALTER TABLE animals RENAME COLUMN name TO word;

-- owners: a new table, because SQLite cannot change this one in place
-- armature: assert owners has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'owners' COLLATE NOCASE);
CREATE TABLE armature_new_owners (
    "key" INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT owners_title_check CHECK (title <> ''),
    CONSTRAINT owners_check CHECK (number > 0 AND title <> 'x')
);
INSERT INTO armature_new_owners ("key", title, number)
    SELECT "key", title, number FROM owners;
-- armature: assert owners: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_owners) = (SELECT count(*) FROM owners);
DROP TABLE owners;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_owners RENAME TO owners;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX owners_number ON owners (number);

-- animals
CREATE INDEX animals_owner_id ON animals (owner_id);
