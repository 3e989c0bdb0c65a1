INSERT INTO notes (id, size) VALUES (1, 3), (2, 4);
INSERT INTO papers (title, number) VALUES ('first', 7), ('second', 8);
INSERT INTO entries (number, body) VALUES (1, 'a'), (NULL, 'b');
INSERT INTO lines (number, body) VALUES (1, 'a'), (2, NULL);
INSERT INTO marks (number, body) VALUES (3, 'c');
INSERT INTO boxes (id, body) VALUES (1, 'box');
INSERT INTO bags (id, body) VALUES (1, 'bag');
