/* S-15: generated names that the header already declares. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

int user_find(int id);

struct user_list {
    int count;
};

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *username;
} AR_TABLE(users);
