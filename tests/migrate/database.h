/* Databases for the tests of ar_migrate: a file, or the server of ARMATURE_TEST_URL. */
#ifndef TEST_MIGRATE_DATABASE_H
#define TEST_MIGRATE_DATABASE_H

#include "support.h"

/* Return the URL of the database. */
const char *database_url(void);

/* Remove the file with its backups, or everything in the server's database. */
void database_empty(void);

/* Open the database. A file is not flushed to the disk, which is slow. */
struct ar_db *database_open(void);

/* Run SQL in a new connection; it must succeed. */
void database_run(const char *sql);

/* Return the first value of a query as an integer; -1 for NULL or no row. */
int64_t database_integer(const char *sql);

/* Return the first value of a query, to be freed; NULL for NULL or no row. */
char *database_text(const char *sql);

/* Make a list of migrations with the same scripts for both databases. */
#define MIGRATIONS(...)                                                                                                \
    (struct ar_migrations)                                                                                             \
    {                                                                                                                  \
        (const struct ar_migration[]){__VA_ARGS__},                                                                    \
            sizeof((const struct ar_migration[]){__VA_ARGS__}) / sizeof(struct ar_migration)                           \
    }
#define BOTH(number, name, sql)                                                                                        \
    {                                                                                                                  \
        number, name,                                                                                                  \
        {                                                                                                              \
            sql, sql                                                                                                   \
        }                                                                                                              \
    }

/* Migrate in a new connection, and return the status. The message is copied to `database_message`. */
enum ar_status database_migrate(const struct ar_migrations *migrations, const struct ar_migrate_options *options);
extern char database_message[1024];

/* Assert that migrations are applied, or refused with a message that contains this text. */
void migrated(const struct ar_migrations *migrations, const struct ar_migrate_options *options);
void refused(const struct ar_migrations *migrations, const struct ar_migrate_options *options, enum ar_status expected,
             const char *text);

/* database_empty() as cmocka's setup. */
int database_set_up(void **state);

#endif
