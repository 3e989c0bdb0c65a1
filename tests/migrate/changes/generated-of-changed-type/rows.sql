INSERT INTO notes (id, size) VALUES (1, 7), (2, 0);
