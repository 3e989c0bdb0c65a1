INSERT INTO notes (id, title, hash, seal) VALUES (1, 'first', x'01020304', x'0102'), (2, 'second', x'05060708', x'0304');
INSERT INTO marks (id, seal) VALUES (1, x'0102');
