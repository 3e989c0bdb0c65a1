-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- The type mood
ALTER TYPE mood RENAME TO armature_old_mood;
CREATE TYPE mood AS ENUM ('GOOD', 'BAD');

-- armature: assert notes.mood: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE mood IN ('FAIR'));
ALTER TABLE notes ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE notes ALTER COLUMN mood TYPE mood USING CAST(CAST(mood AS text) AS mood);
ALTER TABLE notes ALTER COLUMN mood SET DEFAULT 'GOOD';

DROP TYPE armature_old_mood;
