-- A part of MusicBrainz, the public encyclopedia of music: serial keys and UUIDs, checks with patterns, several foreign
-- keys to one table, redirects, partial and functional indexes, comments, triggers.
CREATE TYPE cover_art_presence AS ENUM ('absent', 'present', 'darkened');
CREATE TABLE area_type (
    id serial PRIMARY KEY,
    name varchar(255) NOT NULL,
    parent integer REFERENCES area_type,
    child_order integer NOT NULL DEFAULT 0,
    description text,
    gid uuid NOT NULL
);
CREATE UNIQUE INDEX area_type_idx_gid ON area_type (gid);
CREATE TABLE area (
    id serial PRIMARY KEY,
    gid uuid NOT NULL,
    name varchar NOT NULL,
    type integer REFERENCES area_type,
    edits_pending integer NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    last_updated timestamptz DEFAULT now(),
    begin_date_year smallint,
    begin_date_month smallint,
    begin_date_day smallint,
    end_date_year smallint,
    end_date_month smallint,
    end_date_day smallint,
    ended boolean NOT NULL DEFAULT false CHECK (
        ((end_date_year IS NOT NULL OR end_date_month IS NOT NULL OR end_date_day IS NOT NULL) AND ended = true)
        OR (end_date_year IS NULL AND end_date_month IS NULL AND end_date_day IS NULL)),
    comment varchar(255) NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX area_idx_gid ON area (gid);
CREATE INDEX area_idx_name ON area (name);
CREATE TABLE iso_3166_1 (area integer NOT NULL REFERENCES area, code char(2) PRIMARY KEY);
CREATE INDEX iso_3166_1_idx_area ON iso_3166_1 (area);
CREATE TABLE gender (
    id serial PRIMARY KEY,
    name varchar(255) NOT NULL,
    parent integer REFERENCES gender,
    child_order integer NOT NULL DEFAULT 0,
    description text,
    gid uuid NOT NULL DEFAULT gen_random_uuid()
);
CREATE TABLE artist (
    id serial PRIMARY KEY,
    gid uuid NOT NULL,
    name varchar NOT NULL,
    sort_name varchar NOT NULL,
    begin_date_year smallint,
    area integer REFERENCES area,
    gender integer REFERENCES gender,
    comment varchar(255) NOT NULL DEFAULT '',
    edits_pending integer NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    last_updated timestamptz DEFAULT now(),
    ended boolean NOT NULL DEFAULT false,
    begin_area integer REFERENCES area,
    end_area integer REFERENCES area
);
CREATE UNIQUE INDEX artist_idx_gid ON artist (gid);
CREATE INDEX artist_idx_area ON artist (area);
CREATE INDEX artist_idx_begin_area ON artist (begin_area);
CREATE INDEX artist_idx_end_area ON artist (end_area);
CREATE INDEX artist_idx_lower_name ON artist (lower(name));
CREATE UNIQUE INDEX artist_idx_null_comment ON artist (name) WHERE comment IS NULL;
CREATE UNIQUE INDEX artist_idx_uniq_name_comment ON artist (name, comment) WHERE comment IS NOT NULL;
COMMENT ON TABLE artist IS 'A person, a group, an orchestra or a choir';
COMMENT ON COLUMN artist.sort_name IS 'the name for alphabetical lists';
CREATE TABLE artist_gid_redirect (
    gid uuid PRIMARY KEY,
    new_id integer NOT NULL REFERENCES artist,
    created timestamptz DEFAULT now()
);
CREATE INDEX artist_gid_redirect_idx_new_id ON artist_gid_redirect (new_id);
CREATE TABLE artist_ipi (
    artist integer NOT NULL REFERENCES artist,
    ipi char(11) NOT NULL CHECK (ipi ~ '^\d{11}$'),
    edits_pending integer NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    created timestamptz DEFAULT now(),
    PRIMARY KEY (artist, ipi)
);
CREATE TABLE artist_credit (
    id serial PRIMARY KEY,
    name varchar NOT NULL,
    artist_count smallint NOT NULL,
    ref_count integer DEFAULT 0,
    created timestamptz DEFAULT now(),
    edits_pending integer NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    gid uuid NOT NULL
);
CREATE TABLE artist_credit_name (
    artist_credit integer NOT NULL REFERENCES artist_credit ON DELETE CASCADE,
    position smallint NOT NULL,
    artist integer NOT NULL REFERENCES artist,
    name varchar NOT NULL,
    join_phrase text NOT NULL DEFAULT '',
    PRIMARY KEY (artist_credit, position)
);
CREATE INDEX artist_credit_name_idx_artist ON artist_credit_name (artist);
CREATE TABLE release_group (
    id serial PRIMARY KEY,
    gid uuid NOT NULL,
    name varchar NOT NULL,
    artist_credit integer NOT NULL REFERENCES artist_credit,
    comment varchar(255) NOT NULL DEFAULT '',
    last_updated timestamptz DEFAULT now()
);
CREATE INDEX release_group_idx_artist_credit ON release_group (artist_credit);
CREATE TABLE release (
    id serial PRIMARY KEY,
    gid uuid NOT NULL UNIQUE,
    name varchar NOT NULL,
    artist_credit integer NOT NULL REFERENCES artist_credit,
    release_group integer NOT NULL REFERENCES release_group,
    barcode varchar(255),
    quality smallint NOT NULL DEFAULT -1,
    cover_art cover_art_presence NOT NULL DEFAULT 'absent',
    last_updated timestamptz DEFAULT now()
);
CREATE INDEX release_idx_artist_credit ON release (artist_credit);
CREATE INDEX release_idx_release_group ON release (release_group);
CREATE TABLE medium (
    id serial PRIMARY KEY,
    release integer NOT NULL REFERENCES release,
    position integer NOT NULL,
    name varchar NOT NULL DEFAULT '',
    track_count integer NOT NULL DEFAULT 0,
    UNIQUE (release, position)
);
CREATE TABLE recording (
    id serial PRIMARY KEY,
    gid uuid NOT NULL,
    name varchar NOT NULL,
    artist_credit integer NOT NULL REFERENCES artist_credit,
    length integer CHECK (length IS NULL OR length > 0),
    video boolean NOT NULL DEFAULT false
);
CREATE INDEX recording_idx_artist_credit ON recording (artist_credit);
CREATE TABLE track (
    id serial PRIMARY KEY,
    gid uuid NOT NULL,
    recording integer NOT NULL REFERENCES recording,
    medium integer NOT NULL REFERENCES medium,
    position integer NOT NULL,
    number text NOT NULL,
    name varchar NOT NULL,
    artist_credit integer NOT NULL REFERENCES artist_credit,
    length integer CHECK (length IS NULL OR length > 0),
    is_data_track boolean NOT NULL DEFAULT false
);
CREATE INDEX track_idx_recording ON track (recording);
CREATE INDEX track_idx_medium_position ON track (medium, position);
CREATE INDEX track_idx_artist_credit ON track (artist_credit);
CREATE TABLE tag (id serial PRIMARY KEY, name varchar(255) NOT NULL, ref_count integer NOT NULL DEFAULT 0);
CREATE TABLE artist_tag (
    artist integer NOT NULL REFERENCES artist,
    tag integer NOT NULL REFERENCES tag,
    count integer NOT NULL,
    last_updated timestamptz DEFAULT now(),
    PRIMARY KEY (artist, tag)
);
CREATE INDEX artist_tag_idx_tag ON artist_tag (tag);
