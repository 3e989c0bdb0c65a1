/* Texts of a database: all rows of its tables, and its schema. */
#ifndef TEST_MIGRATE_DUMP_H
#define TEST_MIGRATE_DUMP_H

/* Return the rows of each table by name, to be freed; those of Armature are left out. */
char *dump_rows(void);

/* Return the schema, to be freed: the CREATE statements of SQLite, or what PostgreSQL's catalogs have. */
char *dump_schema(void);

#endif
