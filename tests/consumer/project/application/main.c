/* Use the models of three libraries built in other directories. */
#include "books.h"
#include "cars.h"
#include "forum/user.ar.h"
#include "people.h"

#include <stdio.h>

/* Return the number of the user's posts, or -1 on failure. Defined in cplusplus.cpp. */
int posts_of(struct ar_session *s, const struct user *user);

int main(void)
{
    struct user user = {.name = "test_user"};
    struct ar_session *s = NULL;
    struct ar_db *db;
    int failed = ar_db_open("sqlite::memory:", NULL, &db) != AR_OK || ar_session_open(db, NULL, &s) != AR_OK ||
                 ar_create_tables(s, &car_model, &member_model, &user_model) != AR_OK ||
                 people_join(s, &user) != AR_OK || cars_add(s, "AR 1") != AR_OK || posts_of(s, &user) != 1 ||
                 books_count() != 1;

    puts(failed ? "application: failed" : "application: works");
    ar_session_close(s);
    ar_db_close(db);
    return failed;
}
