-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.body: there are values: write below how they become bytea, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE body IS NOT NULL);
ALTER TABLE notes ALTER COLUMN body TYPE bytea USING CAST(CAST(body AS text) AS bytea);
-- armature: assert notes.data: there are values: write below how they become text, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE data IS NOT NULL);
ALTER TABLE notes ALTER COLUMN data TYPE text USING CAST(CAST(data AS text) AS text);
-- armature: assert notes.number: there are values: write below how they become bigint, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE number IS NOT NULL);
ALTER TABLE notes ALTER COLUMN number TYPE bigint USING CAST(CAST(number AS text) AS bigint);
-- armature: assert notes.price: some values change if they become numeric(12): change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(price AS numeric(12)) AS numeric(10,2)) IS DISTINCT FROM price);
ALTER TABLE notes ALTER COLUMN price TYPE numeric(12) USING CAST(price AS numeric(12));
