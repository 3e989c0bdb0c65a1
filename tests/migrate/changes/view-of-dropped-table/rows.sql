INSERT INTO notes (id, size) VALUES (1, 7);
INSERT INTO olds (id, size) VALUES (1, 8);
