INSERT INTO places (id, code) VALUES (7, 7);
INSERT INTO visits (id, place_code) VALUES (1, 7);
INSERT INTO cities (id, name) VALUES (1, 'Paris');
INSERT INTO streets (id, city_name) VALUES (1, 'Paris');
