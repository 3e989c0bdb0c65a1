ALTER TABLE posts ADD COLUMN note TEXT;
CREATE TRIGGER posts_note AFTER UPDATE ON posts BEGIN DELETE FROM users WHERE 0; END;
ALTER TABLE users ADD COLUMN done integer CHECK ((name = 'done') = (done IS NOT NULL));
