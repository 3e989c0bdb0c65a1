INSERT INTO notes (id, title, hash, seal) VALUES (1, 'first', '\x01020304', '\x0102'), (2, 'second', '\x05060708', '\x0304');
INSERT INTO marks (id, seal) VALUES (1, '\x0102');
