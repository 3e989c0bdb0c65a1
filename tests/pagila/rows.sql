-- Rows of every table of Pagila, whose values cover what their types can hold.
INSERT INTO country SELECT i, 'Country ' || i || CASE i % 3 WHEN 0 THEN ' (Åland)' ELSE '' END,
    timestamptz '2001-02-03 04:05:06.789+00' + i * interval '1 day 1 microsecond' FROM generate_series(1, 20) AS i;
INSERT INTO city SELECT i, 'City ' || i, 1 + i % 20, timestamptz '1969-12-31 23:59:59.999999+00' - i * interval '1 hour'
    FROM generate_series(1, 40) AS i;
INSERT INTO address SELECT i, i || ' "Main" St, O''Hara', CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN 'c/o {x}' END,
    'District ' || i % 7, 1 + i % 40, CASE WHEN i % 5 > 0 THEN lpad(i::text, 5, '0') END, '+49 ' || i,
    timestamptz '2022-03-27 01:59:59+00' + i * interval '1 second' FROM generate_series(1, 60) AS i;
INSERT INTO language SELECT i, (ARRAY['English', 'Italian', 'Japanese', 'Mandarin', 'French', 'German'])[i], now()
    FROM generate_series(1, 6) AS i;
INSERT INTO film SELECT i, 'FILM ' || i,
    CASE WHEN i % 7 > 0 THEN 'A "story" of ' || i || E' robots \\ and\nfilms \u00e9 \U0001F600' END,
    CASE WHEN i % 5 > 0 THEN 1901 + i * 3 % 255 END, 1 + i % 6, CASE WHEN i % 4 = 0 THEN 1 + i % 5 END, 3 + i % 5,
    (ARRAY[0, 0.01, 0.99, 2.99, 4.50, 99.99])[1 + i % 6], CASE WHEN i % 6 > 0 THEN 40 + i % 150 END,
    (i * 997 % 100000) / 100.0 - CASE WHEN i % 9 = 0 THEN 500 ELSE 0 END,
    (enum_range(NULL::mpaa_rating))[1 + i % 5], timestamptz '2022-09-10 16:46:03.905795+00' + i * interval '37 minutes',
    CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' WHEN 2 THEN ARRAY['Trailers', 'Deleted Scenes']
        ELSE ARRAY['a,b', 'c"d', 'e\f', '{g}', 'NULL', ''] END,
    to_tsvector('simple', 'film ' || i || ' of robots') FROM generate_series(1, 200) AS i;
INSERT INTO actor SELECT i, 'FIRST' || i, 'LAST' || i % 13, timestamptz '2020-02-15 09:34:33+00'
    FROM generate_series(1, 50) AS i;
INSERT INTO film_actor SELECT 1 + (f * 7 + n * 11) % 50, f, timestamptz '2020-02-29 00:00:00+00'
    FROM generate_series(1, 200) AS f, generate_series(0, 2) AS n ON CONFLICT DO NOTHING;
INSERT INTO category SELECT i, 'Category ' || i, timestamptz '1900-01-01 00:00:00+00' FROM generate_series(1, 16) AS i;
INSERT INTO film_category SELECT f, 1 + f % 16, now() FROM generate_series(1, 200) AS f WHERE f % 10 > 0;
INSERT INTO store SELECT i, i, i, timestamptz '2022-02-15 09:57:12+00' FROM generate_series(1, 2) AS i;
INSERT INTO staff SELECT i, 'Mike', 'Hillyer', i, CASE i WHEN 1 THEN 'Mike@example.com' END, i, i = 1, 'Mike' || i,
    CASE i WHEN 1 THEN repeat('8cb2237d', 5) END, timestamptz '2262-04-11 23:47:16.854775+00',
    CASE i WHEN 1 THEN '\x89504e470d0a1a0a00ff'::bytea ELSE '\x' END FROM generate_series(1, 2) AS i;
INSERT INTO customer SELECT i, 1 + i % 2, 'FIRST' || i, 'LAST' || i, CASE WHEN i % 3 > 0 THEN i || '@example.com' END,
    1 + i % 60, i % 5 > 0, date '0001-01-01' + i * 36500, CASE WHEN i % 4 > 0 THEN timestamptz '1970-01-01 00:00:00+00' END,
    CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN 0 ELSE 1 END FROM generate_series(0, 99) AS i WHERE i > 0;
INSERT INTO inventory SELECT i, 1 + i % 200, 1 + i % 2, timestamptz '2022-02-15 10:09:17+00' FROM generate_series(1, 300) AS i;
INSERT INTO rental SELECT i, timestamptz '2022-05-24 22:53:30+00' + i * interval '97 minutes', 1 + i * 3 % 300, 1 + i % 99,
    CASE WHEN i % 11 > 0 THEN timestamptz '2022-05-30 00:00:01+00' + i * interval '1 hour' END, 1 + i % 2,
    timestamptz '2022-02-16 02:30:53+00' FROM generate_series(1, 400) AS i;
INSERT INTO payment SELECT i, 1 + i % 99, 1 + i % 2, i, (i * 7919 % 100000) / 100.0 - 10,
    timestamp '2022-01-29 01:58:52.222594' + i * interval '13 hours' FROM generate_series(1, 400) AS i;
INSERT INTO packages_apt_postgresql_org SELECT jsonb_build_object('Package', 'postgresql-' || i, 'Size', i * 1000.5,
    'Depends', jsonb_build_array('libc6', 'libpq' || i % 7), 'Essential', i % 2 = 0, 'Notes', NULL,
    'Maintainer', jsonb_build_object('name', E'T\u00e9st "x"', 'id', i)) FROM generate_series(1, 30) AS i;
INSERT INTO packages_apt_postgresql_org VALUES (NULL), ('[]'), ('"text"'), ('12.50');
