CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), "Full Name" text);
CREATE TABLE posts (
    id bigint NOT NULL PRIMARY KEY,
    user_id bigint REFERENCES users (id),
    title varchar(100) NOT NULL,
    price numeric(10, 2) NOT NULL DEFAULT 0,
    body text, -- a comment, with a comma
    CHECK (price >= 0)
);
CREATE TABLE old (id bigint PRIMARY KEY);
CREATE VIEW titles AS SELECT title FROM posts;
CREATE VIEW bodies AS SELECT body FROM posts;
