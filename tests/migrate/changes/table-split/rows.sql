INSERT INTO users (id, name, street, town) VALUES (1, 'ada', 'High Street 1', 'London'), (2, 'bob', NULL, NULL);
