-- armature: rebuild

-- users
CREATE UNIQUE INDEX users_email ON users (email);

-- posts: a new table, because SQLite cannot change this one in place
-- armature: assert posts has triggers: add their CREATE TRIGGER at the end, and remove this assert with its SELECT
SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'posts' COLLATE NOCASE);
CREATE TABLE armature_new_posts (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    status TEXT NOT NULL DEFAULT 'draft',
    slug TEXT
);
INSERT INTO armature_new_posts (id, user_id, status)
    SELECT id, user_id, coalesce(status, 'draft') FROM posts;
-- armature: assert posts: some rows were not copied
SELECT (SELECT count(*) FROM armature_new_posts) = (SELECT count(*) FROM posts);
DROP TABLE posts;
PRAGMA legacy_alter_table = ON; -- keep triggers and views that name the table
ALTER TABLE armature_new_posts RENAME TO posts;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX posts_user_id ON posts (user_id);
