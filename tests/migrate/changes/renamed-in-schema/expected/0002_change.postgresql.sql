-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE app.owners RENAME COLUMN id TO "key";
ALTER TABLE app.owners RENAME COLUMN name TO title;
ALTER TABLE app.owners RENAME COLUMN code TO number;
ALTER INDEX app.owners_code RENAME TO owners_number;
ALTER TABLE app.owners RENAME CONSTRAINT owners_name_check TO owners_title_check;
ALTER TABLE app.pets RENAME TO animals;
ALTER TABLE app.animals RENAME CONSTRAINT pets_pkey TO animals_pkey;
ALTER TABLE app.animals RENAME COLUMN name TO word;
ALTER TABLE app.animals RENAME CONSTRAINT pets_owner_id_fkey TO animals_owner_id_fkey;
ALTER INDEX app.pets_owner_id RENAME TO animals_owner_id;
