INSERT INTO notes (id, title, code, number) VALUES (1, 'first', 'A', 7), (2, 'second', 'b', 8);
