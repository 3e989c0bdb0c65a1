/* S-15: two models of one name, of one table, and names that differ in case. */
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
