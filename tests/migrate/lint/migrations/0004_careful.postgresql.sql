SET LOCAL lock_timeout = '5s';
ALTER TABLE posts ADD COLUMN note text;
ALTER TABLE posts ADD CONSTRAINT posts_note CHECK (note IS NOT NULL) NOT VALID;

-- armature: outside-transaction
ALTER TABLE posts VALIDATE CONSTRAINT posts_note;

-- armature: outside-transaction
CREATE INDEX CONCURRENTLY posts_notes ON posts (note);

SET LOCAL lock_timeout = '5s';
-- armature: allow breaks-running-program: programs always set it
ALTER TABLE posts ALTER COLUMN note SET NOT NULL;
ALTER TABLE posts DROP CONSTRAINT posts_note;
CREATE TABLE teams (id bigint, name VARCHAR(20), "Full Name" text, code varchar(5), ratio NUMERIC (8, 2), sum int8,
    rate decimal(8, 2), twice bigint GENERATED ALWAYS AS (sum * 2) STORED);
CREATE TABLE sizes (a smallint, b integer, c bigint, d real, e boolean, f timestamp, g date, h numeric(8, 2), i text,
    j bytea);
ALTER TABLE posts ADD COLUMN done integer CHECK ((note = 'done') = (done IS NOT NULL));
