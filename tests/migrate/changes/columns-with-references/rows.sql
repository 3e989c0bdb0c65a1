INSERT INTO places (id, code, area, zone) VALUES (1, 7, 1, 1), (2, 8, 1, 2);
INSERT INTO visits (id, place_code) VALUES (1, 7), (2, 8);
INSERT INTO trips (id) VALUES (1), (2);
INSERT INTO guests (id, place_id) VALUES (1, 2);
INSERT INTO members (tenant_id, name) VALUES (1, 'ada'), (2, 'bob');
