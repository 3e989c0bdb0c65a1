INSERT INTO notes (id, title, size) VALUES (1, 'first', 15), (2, 'second', 5);
INSERT INTO olds (id, size) VALUES (1, 2);
INSERT INTO names (name, number) VALUES ('ada', 1), ('bob', 2);
INSERT INTO sums (id, part) VALUES (1, 4), (2, 5);
INSERT INTO parts (id, body, extra) VALUES (1, 'a', 7);
INSERT INTO shapes (id, width) VALUES (1, 3);
