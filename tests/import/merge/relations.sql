-- SQLite: relations that the header has, in each form, and others over the same columns and join tables.
CREATE TABLE post (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE "Post Tags" (post_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE INDEX "Post Tags_tag_id" ON "Post Tags" (tag_id);
CREATE TABLE more_tags (post_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE INDEX more_tags_tag_id ON more_tags (tag_id);
CREATE TABLE replies (post_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, reply_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, PRIMARY KEY (post_id, reply_id));
CREATE INDEX replies_reply_id ON replies (reply_id);
CREATE TABLE remark (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES post, stars INT, subject_type TEXT, subject_id INTEGER, a INT, b INT, FOREIGN KEY (a, b) REFERENCES pair (a, b), FOREIGN KEY (a) REFERENCES pair (c));
CREATE INDEX remark_post_id ON remark (post_id);
CREATE INDEX remark_subject ON remark (subject_type, subject_id);
CREATE INDEX remark_a ON remark (a, b);
CREATE TABLE pair (a INT NOT NULL, b INT NOT NULL, c INT UNIQUE, PRIMARY KEY (a, b));
CREATE TABLE taken (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE INDEX taken_tag_id ON taken (tag_id);
CREATE TABLE twin (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, note TEXT, FOREIGN KEY (post_id, tag_id) REFERENCES taken);
CREATE TABLE todos (id INTEGER PRIMARY KEY);
CREATE VIEW names AS SELECT id, name FROM post;
