INSERT INTO owners (id, name, code) VALUES (1, 'Ada', 7);
INSERT INTO pets (id, owner_id, name) VALUES (1, 1, 'name'), (2, 1, 'Rex');
INSERT INTO visits (id, pet_id, owner_code) VALUES (1, 2, 7);
