-- armature: rebuild
CREATE TABLE tags_new (id INTEGER PRIMARY KEY, word TEXT NOT NULL, size INTEGER NOT NULL, extra INTEGER NOT NULL);
INSERT INTO tags_new SELECT id, word, size, 0 FROM tags;
DROP TABLE tags;
ALTER TABLE tags_new RENAME TO tags;
