CREATE TABLE posts (
    id bigint PRIMARY KEY,
    subtitle text NOT NULL DEFAULT '',
    caption text NOT NULL CHECK (caption <> '' AND "caption" <> 'caption'),
    price numeric(8, 2) NOT NULL,
    rank integer NOT NULL,
    state text NOT NULL DEFAULT 'new',
    views integer NOT NULL,
    is_public boolean DEFAULT true,
    weight double precision NOT NULL DEFAULT 0.5,
    lower_title text GENERATED ALWAYS AS (lower(state)) STORED,
    plain_title text GENERATED ALWAYS AS (state) STORED,
    language text COLLATE "C" NOT NULL,
    created_at timestamp NOT NULL,
    wide integer NOT NULL,
    code varchar(5) NOT NULL,
    motto integer NOT NULL,
    legacy text COLLATE "C",
    noted text NOT NULL DEFAULT '',
    sum bigint NOT NULL GENERATED ALWAYS AS (rank + 1) STORED,
    counter bigint GENERATED ALWAYS AS IDENTITY,
    owner integer NOT NULL
);
CREATE TABLE readers (
    id bigserial PRIMARY KEY,
    name varchar(50) NOT NULL,
    visits int4 NOT NULL DEFAULT (-1),
    score float8 NOT NULL DEFAULT 1.5,
    note character varying DEFAULT NULL,
    active bool NOT NULL DEFAULT 't',
    seen timestamp(6) with time zone NOT NULL,
    binary_ text NOT NULL
);
ALTER TABLE readers RENAME binary_ TO "binary";
CREATE TABLE logs (line text, size integer NOT NULL);
CREATE INDEX posts_caption ON posts (caption);
