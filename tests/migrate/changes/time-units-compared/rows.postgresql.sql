INSERT INTO stays (id, first, last) VALUES (1, to_timestamp(1700000000), to_timestamp(1700003600));
