-- armature: rebuild
CREATE TABLE posts_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL, user_id INTEGER NOT NULL, price INTEGER NOT NULL);
INSERT INTO posts_new SELECT id, title, user_id, price FROM posts;
DROP TABLE posts;
ALTER TABLE posts_new RENAME TO posts;
ALTER TABLE users ADD COLUMN mail TEXT NOT NULL;
ALTER TABLE users RENAME COLUMN name TO nick;
DELETE FROM users WHERE nick IS NULL;
DROP TABLE old;
DROP VIEW IF EXISTS titles;
