-- A part of MusicBrainz, the public encyclopedia of music, in SQLite: UUIDs as TEXT, several foreign keys to one table,
-- redirects, partial and functional indexes.
CREATE TABLE area_type (
    id INTEGER PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    parent INTEGER REFERENCES area_type,
    child_order INTEGER NOT NULL DEFAULT 0,
    description TEXT,
    gid CHAR(36) NOT NULL
);
CREATE UNIQUE INDEX area_type_idx_gid ON area_type (gid);
CREATE TABLE area (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    type INTEGER REFERENCES area_type,
    edits_pending INTEGER NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    last_updated TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    begin_date_year SMALLINT,
    begin_date_month SMALLINT,
    begin_date_day SMALLINT,
    end_date_year SMALLINT,
    end_date_month SMALLINT,
    end_date_day SMALLINT,
    ended BOOLEAN NOT NULL DEFAULT false CHECK (
        ((end_date_year IS NOT NULL OR end_date_month IS NOT NULL OR end_date_day IS NOT NULL) AND ended = true)
        OR (end_date_year IS NULL AND end_date_month IS NULL AND end_date_day IS NULL)),
    comment VARCHAR(255) NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX area_idx_gid ON area (gid);
CREATE INDEX area_idx_name ON area (name);
CREATE TABLE iso_3166_1 (area INTEGER NOT NULL REFERENCES area, code CHAR(2) PRIMARY KEY);
CREATE INDEX iso_3166_1_idx_area ON iso_3166_1 (area);
CREATE TABLE gender (
    id INTEGER PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    parent INTEGER REFERENCES gender,
    child_order INTEGER NOT NULL DEFAULT 0,
    description TEXT,
    gid CHAR(36) NOT NULL
);
CREATE TABLE artist (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    sort_name VARCHAR NOT NULL,
    begin_date_year SMALLINT,
    area INTEGER REFERENCES area,
    gender INTEGER REFERENCES gender,
    comment VARCHAR(255) NOT NULL DEFAULT '',
    edits_pending INTEGER NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    last_updated TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    ended BOOLEAN NOT NULL DEFAULT false,
    begin_area INTEGER REFERENCES area,
    end_area INTEGER REFERENCES area
);
CREATE UNIQUE INDEX artist_idx_gid ON artist (gid);
CREATE INDEX artist_idx_area ON artist (area);
CREATE INDEX artist_idx_begin_area ON artist (begin_area);
CREATE INDEX artist_idx_end_area ON artist (end_area);
CREATE INDEX artist_idx_lower_name ON artist (lower(name));
CREATE UNIQUE INDEX artist_idx_null_comment ON artist (name) WHERE comment IS NULL;
CREATE UNIQUE INDEX artist_idx_uniq_name_comment ON artist (name, comment) WHERE comment IS NOT NULL;
CREATE TABLE artist_gid_redirect (
    gid CHAR(36) PRIMARY KEY,
    new_id INTEGER NOT NULL REFERENCES artist,
    created TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX artist_gid_redirect_idx_new_id ON artist_gid_redirect (new_id);
CREATE TABLE artist_ipi (
    artist INTEGER NOT NULL REFERENCES artist,
    ipi CHAR(11) NOT NULL CHECK (length(ipi) = 11),
    edits_pending INTEGER NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    created TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (artist, ipi)
);
CREATE TABLE artist_credit (
    id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    artist_count SMALLINT NOT NULL,
    ref_count INTEGER DEFAULT 0,
    created TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    edits_pending INTEGER NOT NULL DEFAULT 0 CHECK (edits_pending >= 0),
    gid CHAR(36) NOT NULL
);
CREATE TABLE artist_credit_name (
    artist_credit INTEGER NOT NULL REFERENCES artist_credit ON DELETE CASCADE,
    position SMALLINT NOT NULL,
    artist INTEGER NOT NULL REFERENCES artist,
    name VARCHAR NOT NULL,
    join_phrase TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (artist_credit, position)
);
CREATE INDEX artist_credit_name_idx_artist ON artist_credit_name (artist);
CREATE TABLE release_group (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    artist_credit INTEGER NOT NULL REFERENCES artist_credit,
    comment VARCHAR(255) NOT NULL DEFAULT '',
    last_updated TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX release_group_idx_artist_credit ON release_group (artist_credit);
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    artist_credit INTEGER NOT NULL REFERENCES artist_credit,
    release_group INTEGER NOT NULL REFERENCES release_group,
    barcode VARCHAR(255),
    quality SMALLINT NOT NULL DEFAULT -1,
    cover_art TEXT NOT NULL DEFAULT 'absent' CHECK (cover_art IN ('absent', 'present', 'darkened')),
    last_updated TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX release_idx_artist_credit ON release (artist_credit);
CREATE INDEX release_idx_release_group ON release (release_group);
CREATE TABLE medium (
    id INTEGER PRIMARY KEY,
    release INTEGER NOT NULL REFERENCES release,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL DEFAULT '',
    track_count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (release, position)
);
CREATE TABLE recording (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    artist_credit INTEGER NOT NULL REFERENCES artist_credit,
    length INTEGER CHECK (length IS NULL OR length > 0),
    video BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX recording_idx_artist_credit ON recording (artist_credit);
CREATE TABLE track (
    id INTEGER PRIMARY KEY,
    gid CHAR(36) NOT NULL,
    recording INTEGER NOT NULL REFERENCES recording,
    medium INTEGER NOT NULL REFERENCES medium,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    name VARCHAR NOT NULL,
    artist_credit INTEGER NOT NULL REFERENCES artist_credit,
    length INTEGER CHECK (length IS NULL OR length > 0),
    is_data_track BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX track_idx_recording ON track (recording);
CREATE INDEX track_idx_medium_position ON track (medium, position);
CREATE INDEX track_idx_artist_credit ON track (artist_credit);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, ref_count INTEGER NOT NULL DEFAULT 0);
CREATE TABLE artist_tag (
    artist INTEGER NOT NULL REFERENCES artist,
    tag INTEGER NOT NULL REFERENCES tag,
    count INTEGER NOT NULL,
    last_updated TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (artist, tag)
);
CREATE INDEX artist_tag_idx_tag ON artist_tag (tag);
