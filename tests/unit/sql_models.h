/* The models of the tests of user SQL. */
#ifndef SQL_MODELS_H
#define SQL_MODELS_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct user {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL;
    const char *email;
    int32_t age AR_NULLABLE;
    double rating;
    bool is_active;
    time_t created_at;
} AR_TABLE(users);

struct post {
    int64_t id AR_PRIMARY_KEY;
    int64_t author_id;
    int64_t editor_id AR_NULLABLE;
    const char *title AR_NOT_NULL;
    int32_t score;
} AR_TABLE(posts) AR_BELONGS_TO(author, author_id, .target = user);

struct page {
    int32_t week AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
} AR_TABLE(pages);

struct note {
    int64_t id AR_PRIMARY_KEY;
    int32_t page_week;
    int32_t page_number;
} AR_TABLE(notes) AR_BELONGS_TO(page, (page_week, page_number));

#endif
