SET LOCAL lock_timeout = '2s';
-- armature: outside-transaction
DROP INDEX CONCURRENTLY posts_notes;
-- armature: outside-transaction
ALTER TABLE teams VALIDATE CONSTRAINT teams_sum;
ALTER TABLE teams VALIDATE CONSTRAINT teams_sum;
ALTER TABLE teams DROP CONSTRAINT teams_sum;
