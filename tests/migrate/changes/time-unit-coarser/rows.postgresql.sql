INSERT INTO notes (id, title, made) VALUES (1, 'first', to_timestamp(1700000000));
