INSERT INTO notes (id) VALUES (1);
INSERT INTO notes (id, size, other, third, flag, real) VALUES (2, 10, 20, 30, '0', 2.5);
