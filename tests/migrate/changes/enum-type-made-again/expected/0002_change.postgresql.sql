-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- Views of what changes
DROP VIEW good_notes;

-- The type mood
ALTER TYPE mood RENAME VALUE 'BAD' TO 'POOR';
ALTER TYPE mood RENAME TO armature_old_mood;
CREATE TYPE mood AS ENUM ('GOOD', 'POOR');

ALTER TABLE notes RENAME TO papers;
ALTER TABLE papers RENAME CONSTRAINT notes_pkey TO papers_pkey;

ALTER TABLE papers DROP CONSTRAINT moods_differ;
DROP INDEX notes_good;
ALTER TABLE papers DROP COLUMN is_good;
-- armature: assert papers.mood: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM papers WHERE mood IN ('FAIR'));
ALTER TABLE papers ALTER COLUMN mood DROP DEFAULT;
ALTER TABLE papers ALTER COLUMN mood TYPE mood USING CAST(CAST(mood AS text) AS mood);
-- armature: assert papers.other: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM papers WHERE other IN ('FAIR'));
ALTER TABLE papers ALTER COLUMN other TYPE mood USING coalesce(CAST(CAST(other AS text) AS mood), 'POOR');
ALTER TABLE papers ALTER COLUMN mood SET DEFAULT 'POOR';
ALTER TABLE papers ADD CONSTRAINT papers_other_not_null CHECK (other IS NOT NULL) NOT VALID;
ALTER TABLE papers ALTER COLUMN other SET DEFAULT 'POOR';
ALTER TABLE papers ADD COLUMN is_good boolean NOT NULL GENERATED ALWAYS AS (mood = 'GOOD') STORED;
ALTER TABLE papers ADD CONSTRAINT moods_differ CHECK (mood <> other) NOT VALID;

ALTER TABLE papers DROP COLUMN former;

DROP TYPE armature_old_mood;

CREATE VIEW good_notes AS
SELECT id FROM papers WHERE mood = 'GOOD';

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_good ON papers (title) WHERE mood = 'GOOD';

-- armature: outside-transaction
ALTER TABLE papers VALIDATE CONSTRAINT papers_other_not_null;

-- armature: outside-transaction
ALTER TABLE papers VALIDATE CONSTRAINT moods_differ;

SET LOCAL lock_timeout = '5s';
ALTER TABLE papers ALTER COLUMN other SET NOT NULL;
ALTER TABLE papers DROP CONSTRAINT papers_other_not_null;
