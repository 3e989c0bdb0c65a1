INSERT INTO projects (id, tenant_id, code) VALUES (1, 10, 'web'), (2, 10, 'app'), (3, 20, NULL);
