INSERT INTO places (name) VALUES ('Springfield'), ('Paris');
