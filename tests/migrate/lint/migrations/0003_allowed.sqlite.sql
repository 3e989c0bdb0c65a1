-- armature: allow breaks-running-program: programs are updated first
ALTER TABLE posts RENAME COLUMN price TO cents;
