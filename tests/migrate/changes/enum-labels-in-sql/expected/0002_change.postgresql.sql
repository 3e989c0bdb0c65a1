-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

-- The type mood
-- armature: outside-transaction
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'BEST' BEFORE 'GOOD';
-- armature: outside-transaction
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'FINE' AFTER 'BEST';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'FAIR' AFTER 'GOOD';
-- armature: outside-transaction
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'WORST' AFTER 'BAD';

-- The type kind
ALTER TYPE kind RENAME TO armature_old_kind;
CREATE TYPE kind AS ENUM ('PLAIN', 'ODD');

SET LOCAL lock_timeout = '5s';

-- armature: assert notes.kind: some rows have a label that no constant has any more: change them before
SELECT NOT EXISTS (SELECT 1 FROM notes WHERE kind IN ('RARE'));
ALTER TABLE notes ALTER COLUMN kind TYPE kind USING CAST(CAST(kind AS text) AS kind);
ALTER TABLE notes ALTER COLUMN former TYPE text USING CAST(former AS text);
ALTER TABLE notes ADD COLUMN second kind NOT NULL DEFAULT 'PLAIN';
ALTER TABLE notes ADD COLUMN is_best boolean NOT NULL GENERATED ALWAYS AS (mood = 'BEST') STORED;

ALTER TABLE notes ADD CONSTRAINT notes_not_fine CHECK (mood <> 'FINE') NOT VALID;

DROP TYPE armature_old_kind;

CREATE VIEW worst_notes AS
SELECT id FROM notes WHERE mood = 'WORST';

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY notes_worst ON notes (id) WHERE mood = 'WORST';

-- armature: outside-transaction
ALTER TABLE notes VALIDATE CONSTRAINT notes_not_fine;
