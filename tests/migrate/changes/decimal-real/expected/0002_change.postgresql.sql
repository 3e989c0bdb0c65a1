-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.price: some values change if they become numeric(10, 2): change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(price AS numeric(10, 2)) AS double precision) IS DISTINCT FROM price);
ALTER TABLE notes ALTER COLUMN price TYPE numeric(10, 2) USING CAST(price AS numeric(10, 2));
-- armature: assert notes.weight: some values change if they become double precision: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE CAST(CAST(weight AS double precision) AS numeric(10, 2)) IS DISTINCT FROM weight);
ALTER TABLE notes ALTER COLUMN weight TYPE double precision USING CAST(weight AS double precision);
