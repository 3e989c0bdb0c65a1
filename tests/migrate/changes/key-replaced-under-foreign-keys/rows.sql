INSERT INTO places (name) VALUES ('Springfield'), ('Paris');
INSERT INTO visits (id, place_name) VALUES (1, 'Paris');
INSERT INTO guests (id, place_name) VALUES (1, 'Paris');
INSERT INTO sights (id, place_name) VALUES (1, 'Springfield');
