/* The SELECTs of views, which SQLite checks in a database with the tables. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

struct syntax {
    int64_t id;
} AR_VIEW(syntaxes, "SELEC id FROM users");

struct table {
    int64_t id;
} AR_VIEW(tables, "SELECT id FROM user");

struct column {
    int64_t id;
    int64_t number_of_users AR_COLUMN("number of users");
    int64_t other;
} AR_VIEW(columns, "SELECT id, count(*) AS \"number of user\" FROM users GROUP BY id");

struct parameter {
    int64_t id;
} AR_VIEW(parameters, "SELECT id FROM users WHERE id = ?");

struct writing {
    int64_t id;
} AR_VIEW(writings, "DELETE FROM users RETURNING id");

struct right {
    int64_t id;
} AR_VIEW(rights, "SELECT columns.id FROM columns JOIN users ON users.id = columns.id");

struct transaction {
    int64_t id;
} AR_VIEW(transactions, "BEGIN");
