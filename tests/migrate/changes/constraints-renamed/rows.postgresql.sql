INSERT INTO notes (id, size) VALUES (1, 3), (2, 4);
INSERT INTO archive.papers (title, number) VALUES ('first', 7), ('second', 8);
INSERT INTO entries (number, body) VALUES (1, 'a'), (NULL, 'b');
INSERT INTO lines (number, body) VALUES (1, 'a'), (2, NULL);
