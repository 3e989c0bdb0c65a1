/* S-15: two models with the same name, with the same table, and names that differ only in case. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users);

typedef struct {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(people) user_t;

struct person {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(Users);

struct User {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(humans);
