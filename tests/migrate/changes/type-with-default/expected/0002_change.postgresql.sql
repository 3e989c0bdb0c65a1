-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

ALTER TABLE notes ALTER COLUMN size DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN size TYPE bigint USING CAST(size AS bigint);
ALTER TABLE notes ALTER COLUMN size SET DEFAULT 5;
ALTER TABLE notes ALTER COLUMN other DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN other TYPE bigint USING CAST(other AS bigint);
ALTER TABLE notes ALTER COLUMN other SET DEFAULT 7;
ALTER TABLE notes ALTER COLUMN third DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN third TYPE bigint USING CAST(third AS bigint);
ALTER TABLE notes ALTER COLUMN flag DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN flag TYPE integer USING CAST(CAST(flag AS integer) AS integer);
ALTER TABLE notes ALTER COLUMN flag SET DEFAULT 1;
ALTER TABLE notes ALTER COLUMN real DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN real TYPE text USING CAST(real AS text);
ALTER TABLE notes ALTER COLUMN real SET DEFAULT '1.5';
