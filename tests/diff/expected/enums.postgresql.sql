
SET LOCAL lock_timeout = '5s';

DO $armature$ BEGIN
    IF pg_catalog.to_regnamespace('public') IS NULL THEN
        CREATE SCHEMA public;
    END IF;
END $armature$;

-- The type mood
-- armature: assert shirts.mood: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM shirts WHERE mood IN ('ANGRY'));
ALTER TYPE mood RENAME TO armature_old_mood;
CREATE TYPE mood AS ENUM ('SAD', 'GLAD', 'FURIOUS');
ALTER TABLE shirts ALTER COLUMN mood TYPE mood USING CAST(CAST(mood AS text) AS mood);
DROP TYPE armature_old_mood;

CREATE TYPE size AS ENUM ('SMALL', 'LARGE');

-- armature: assert shirts.size: some values change if they become size: change them before
SELECT NOT EXISTS (SELECT 1 FROM shirts WHERE CAST(CAST(size AS size) AS text) IS DISTINCT FROM size);
ALTER TABLE shirts ALTER COLUMN size TYPE size USING CAST(size AS size);
