/* Mistakes in AR_ROW structs: they have no table, no key and no relations. */
#include <armature/annotations.h>
#include <stdint.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(users);

struct both {
    int64_t n;
} AR_TABLE(boths) AR_ROW
  AR_SQL(f1, (), "SELECT 1 AS n");

struct keyed {
    int64_t n AR_PRIMARY_KEY;
    int64_t m AR_UNIQUE;
} AR_ROW
  AR_SQL(f2, (), "SELECT 1 AS n, 2 AS m");

struct neither {
    int64_t n;
} AR_SQL(f3, (), "SELECT 1 AS n");

struct related {
    int64_t n;
} AR_ROW
  AR_BELONGS_TO(user, n);

struct pointing {
    int64_t n;
    struct user *user;
} AR_ROW
  AR_SQL(f4, (), "SELECT 1 AS n");

struct changing {
    int64_t n;
} AR_ROW
  AR_SQL(f5, (), "DELETE FROM users");

typedef struct {
    int64_t n;
} AR_ROW *unnamed_t;

struct model {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(models)
  AR_SQL(f6, (), "DELETE FROM models", .one = true);

struct unknown {
    int64_t n;
} AR_ROW __attribute__((annotate("armature:shiny")));
