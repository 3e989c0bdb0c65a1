INSERT INTO owners (id, name) VALUES (1, 'Ada');
INSERT INTO notes (id, owner_id) VALUES (1, 1);
INSERT INTO lines (title, size) VALUES ('first', 1), ('second', 2);
INSERT INTO words (id, word) VALUES (1, 'yes');
