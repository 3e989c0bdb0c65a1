SET LOCAL lock_timeout = '2s';
-- armature: allow data-loss: nothing reads the column since May
-- armature: allow breaks-running-program: the program without it is released
ALTER TABLE posts DROP COLUMN title;
-- armature: allow data-loss: this allows nothing
-- armature: allow no-such-rule: neither does this
CREATE TABLE tags (id bigint PRIMARY KEY, word text NOT NULL);
CREATE INDEX tags_word ON tags (word);
