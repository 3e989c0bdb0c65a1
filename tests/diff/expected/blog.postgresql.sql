
SET LOCAL lock_timeout = '5s';

ALTER TABLE posts DROP CONSTRAINT posts_user_id_fkey;

UPDATE posts SET status = coalesce(status, 'draft') WHERE status IS NULL;
ALTER TABLE posts ADD CONSTRAINT posts_status_not_null CHECK (status IS NOT NULL) NOT VALID;
ALTER TABLE posts ADD COLUMN slug text;

ALTER TABLE posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;

-- armature: outside-transaction
CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY posts_user_id ON posts (user_id);

-- armature: outside-transaction
ALTER TABLE posts VALIDATE CONSTRAINT posts_status_not_null;

-- armature: outside-transaction
ALTER TABLE posts VALIDATE CONSTRAINT posts_user_id_fkey;

SET LOCAL lock_timeout = '5s';
ALTER TABLE posts ALTER COLUMN status SET NOT NULL;
ALTER TABLE posts DROP CONSTRAINT posts_status_not_null;
