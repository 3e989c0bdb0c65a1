INSERT INTO reports (tenant_id, id, title) VALUES (1, 5, 'one'), (1, 7, 'two'), (2, 9, 'three');
INSERT INTO figures (id, tenant_id, report_id) VALUES (1, 1, 7), (2, 2, 9);
