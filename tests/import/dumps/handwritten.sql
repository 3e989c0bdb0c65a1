-- A script that a person wrote for psql, not pg_dump.
\set ON_ERROR_STOP on
/* A comment /* within another */ ; */
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE "Size" AS ENUM ('S', 'M', E'L');
CREATE TABLE IF NOT EXISTS shop.products (
    id bigserial PRIMARY KEY,
    name varchar (80) NOT NULL CHECK (name <> ''),
    size "Size" DEFAULT 'M',
    price decimal(10, 2) NOT NULL DEFAULT '0.00'::numeric CHECK (price >= 0),
    sold timestamptz (3) DEFAULT NULL,
    since timestamp DEFAULT now() NOT NULL,
    words varchar(10)[],
    flags bit varying(8),
    owner int4 REFERENCES owners ON DELETE SET NULL,
    twin int8 UNIQUE REFERENCES shop.products (id),
    total double precision GENERATED ALWAYS AS ((price * 2)::float8) STORED,
    CONSTRAINT name_and_price UNIQUE (name, price),
    EXCLUDE USING gist (name WITH =)
);
CREATE TABLE owners (id serial4, mail citext COLLATE "C", PRIMARY KEY (id));
CREATE UNIQUE INDEX ON owners (mail);
CREATE INDEX products_search ON shop.products USING gin (to_tsvector('simple'::regconfig, name));
CREATE INDEX products_names ON shop.products (lower(name), price DESC NULLS LAST) WHERE price > 0;
CREATE VIEW cheap AS SELECT * FROM shop.products WHERE price < 1;
CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $body$ SELECT a; CREATE TABLE no (a int); $body$;
COMMENT ON TABLE shop.products IS 'What is sold';
COMMENT ON COLUMN owners.mail IS 'ignores case';
COPY owners (id, mail) FROM stdin;
1	CREATE TABLE no (a int);
2	';"
\.
INSERT INTO owners VALUES (3, ';');
ALTER TABLE ONLY shop.products OWNER TO someone;
