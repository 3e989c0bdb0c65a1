-- Unusual SQL: other spellings of what is reported, new tables, of which nothing is, and schemas.
CREATE TABLE marks (id bigint, kind, label varchar(9));
ALTER TABLE marks ADD COLUMN size bigint NOT NULL;
ALTER TABLE marks RENAME label TO name;
ALTER TABLE marks RENAME TO signs;
CREATE INDEX ON signs (name);
UPDATE signs SET size = size + 1;
CREATE TABLE copies AS SELECT * FROM teams;
CREATE TABLE app.events (id bigint, twice bigint GENERATED ALWAYS AS (id * 2) STORED);
ALTER TABLE app.events RENAME TO facts;
ALTER TABLE app.facts SET SCHEMA audit;
ALTER TABLE audit.facts ADD COLUMN at timestamptz NOT NULL;
DROP TABLE signs, audit.facts;

SET LOCAL statement_timeout = '2s';
SET LOCAL lock_timeout = '2s';
ALTER TABLE posts SET SCHEMA archive;
ALTER TABLE archive.posts SET SCHEMA public, RENAME CONSTRAINT posts_user TO posts_author;
ALTER TABLE teams SET UNLOGGED;
ALTER TABLE teams SET LOGGED;
ALTER TABLE teams SET TABLESPACE fast;
ALTER TABLE teams ALTER "Full Name" SET DEFAULT '', ALTER "Full Name" DROP DEFAULT;
ALTER TABLE teams ADD CONSTRAINT teams_sum CHECK (sum IS NOT NULL) NOT VALID;
ALTER TABLE teams ALTER sum SET NOT NULL, ALTER "Full Name" SET NOT NULL, ALTER "Full Name" DROP NOT NULL;
ALTER TABLE teams ALTER missing TYPE text;
ALTER TABLE teams ALTER name TYPE varchar(30), ALTER rate TYPE numeric, ALTER name TYPE TEXT, ALTER sum TYPE bigint;
ALTER TABLE teams ALTER ratio TYPE numeric(8, 4);
ALTER TABLE teams ALTER ratio TYPE numeric(6, 4);
ALTER TABLE teams ALTER code TYPE varchar(4);
-- armature: allow rewrites-table: the table is small
-- armature: allow breaks-running-program: programs are updated first
ALTER TABLE sizes ALTER a TYPE real, ALTER a TYPE double precision, ALTER b TYPE double precision, ALTER c TYPE numeric,
    ALTER b TYPE numeric(12, 2), ALTER d TYPE double precision, ALTER e TYPE integer, ALTER e TYPE text,
    ALTER f TYPE timestamptz, ALTER h TYPE numeric(9, 3), ALTER g TYPE text, ALTER i TYPE jsonb, ALTER h TYPE numeric(8);
-- armature: allow rewrites-table: the table is small
-- armature: allow breaks-running-program: programs are updated first
ALTER TABLE sizes ALTER b TYPE real, ALTER c TYPE double precision, ALTER d TYPE numeric, ALTER h TYPE numeric(9, 4),
    ALTER c TYPE numeric(12, 2), ALTER c TYPE integer, ALTER f TYPE date, ALTER i TYPE bytea, ALTER j TYPE text,
    ALTER d TYPE boolean, ALTER f TYPE boolean, ALTER d TYPE smallint;
-- armature: assert every sum is small
SELECT count(*) = 0 FROM teams WHERE sum > 30000;
ALTER TABLE teams ALTER sum TYPE smallint;
ALTER TABLE teams ADD FOREIGN KEY (sum) REFERENCES old (id);
ALTER TABLE teams ADD PRIMARY KEY (id), ADD CONSTRAINT teams_sum EXCLUDE (sum WITH =);
ALTER TABLE teams ADD CONSTRAINT teams_key UNIQUE USING INDEX teams_index;
ALTER TABLE teams VALIDATE CONSTRAINT elsewhere;
ALTER TABLE teams ADD COLUMN IF NOT EXISTS thrice bigint GENERATED ALWAYS AS (sum * 3) STORED;
ALTER TABLE teams DROP COLUMN twice, DROP COLUMN missing, DROP COLUMN rate;
CREATE INDEX IF NOT EXISTS teams_sums ON ONLY teams (sum);
DROP INDEX CONCURRENTLY teams_sums;
DROP INDEX teams_sums;
UPDATE teams SET sum = 1;
UPDATE teams SET sum = sum + 1 WHERE sum > 2;
UPDATE ONLY teams AS old SET sum = sum * 2;
ALTER TYPE mood RENAME VALUE 'good' TO 'fine';
ALTER TYPE mood ADD VALUE 'bad';
VACUUM FULL teams;
CLUSTER teams;
DROP MATERIALIZED VIEW totals;
DROP TABLE old;
DROP VIEW sums;
CREATE OR REPLACE VIEW names AS SELECT name FROM teams;
CREATE MATERIALIZED VIEW sums AS SELECT sum FROM teams;

-- SQL that ends early is an error of the database, not of lint.
CREATE TABLE;
DROP TABLE 1;
DROP VIEW;
CREATE INDEX x ON;
UPDATE;
UPDATE teams SET;
CREATE VIEW;
ALTER TABLE;
ALTER TABLE teams.;
ALTER TABLE teams ADD;
ALTER TABLE teams ADD COLUMN 1;
ALTER TABLE teams ALTER COLUMN;
ALTER TABLE teams DROP COLUMN;
ALTER TABLE teams RENAME;
ALTER TABLE teams RENAME TO;
ALTER TABLE teams RENAME missing TO found;
ALTER TABLE teams RENAME sum;
ALTER TABLE teams SET SCHEMA;
ALTER TABLE gone.teams RENAME TO;
