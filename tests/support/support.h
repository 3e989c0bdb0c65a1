/* The fixture of all database tests: a database, sessions and a statement count for each test, and assertions that
 * print the error message of the session. It does not define models or data. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <armature/armature.h>

/* The number of recent statements that a failed assert_statements() prints. */
#define FIXTURE_LOG_SIZE 16

struct fixture {
    struct ar_db *db;
    struct ar_session *s;     /* the session under test */
    struct ar_session *other; /* another session, for rows that the session under test has not read */
    uint64_t now;             /* the time of the database's clock, in nanoseconds */

    /* Statements since the test began or reset_statements(), without transaction control and schema statements. */
    size_t statements;
    size_t reasons[AR_REASON_TRANSACTION + 1]; /* all statements by reason, including transactions and schema */
    uint64_t rows;                             /* rows read or changed by the counted statements */
    const char *last_sql;                      /* the last counted statement, or NULL */
    char *log[FIXTURE_LOG_SIZE];               /* counted statements; number n is at n % FIXTURE_LOG_SIZE */

    bool is_paused; /* do not count */

    /* Called after every counted statement, or NULL. Lets `other` write between two statements of one call. */
    void (*after_statement)(struct fixture *f, const struct ar_event *event);
    char *file; /* the database file, removed by fixture_close(); or NULL */
};

/* ---- Opening and closing, as cmocka's setup and teardown -------------------------------------------------------- */

/* Open the database ARMATURE_TEST_URL (default: sqlite::memory:), recreate the tables of these models, parents first,
 * and open both sessions. Store the fixture in *state and return 0, or -1 on failure, as cmocka expects:
 *     static int open_blog(void **state) { return fixture_open(state, &user_model, &post_model); } */
#define fixture_open(state, ...)                                                                                       \
    fixture_open_with(state, NULL, NULL, (const struct ar_model *const[]){__VA_ARGS__},                                \
                      sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))

/* Like fixture_open(), with this URL and these options. Without options, the database uses the fixture's clock. */
int fixture_open_with(void **state, const char *url, const struct ar_db_options *options,
                      const struct ar_model *const *models, size_t count);

/* Like fixture_open(), but with a file instead of an in-memory database, so that two sessions can run concurrently. */
#define fixture_open_file(state, ...)                                                                                  \
    fixture_open_file_with(state, NULL, (const struct ar_model *const[]){__VA_ARGS__},                                 \
                           sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))
int fixture_open_file_with(void **state, const struct ar_db_options *options, const struct ar_model *const *models,
                           size_t count);

int fixture_close(void **state);

/* Return true if the tests run on SQLite. */
bool fixture_is_sqlite(void);

/* Return true if they run on SQLite without virtual tables and functions of this process (.sqlite_plain). */
bool fixture_is_plain(void);

/* Close the session under test and reopen it with these options. */
void reopen_session(struct fixture *f, struct ar_session_options options);

/* ---- Processes --------------------------------------------------------------------------------------------------- */

/* End a forked process without what the parent has to do at its end. Its coverage counts. */
_Noreturn void exit_child(int status);

/* ---- Data -------------------------------------------------------------------------------------------------------- */

/* Insert a row in the other session, without counting; set the record's key and defaults. */
void add_row(struct fixture *f, const struct ar_model *model, void *record);

/* Run SQL in the other session, without counting. It must be valid in SQLite and PostgreSQL. */
void run_sql(struct fixture *f, const char *sql);

/* Advance the database's clock, which controls .ttl. */
void advance_clock(struct fixture *f, unsigned milliseconds);

/* ---- Queries ----------------------------------------------------------------------------------------------------- */

/* Order the query on this model by its primary key, and return it. A database returns rows without an order as it finds
 * them: `user_all(by_key(user_query(f->s), &user_model), &users)`. */
void *by_key(void *query, const struct ar_model *model);

/* ---- Assertions -------------------------------------------------------------------------------------------------- */

/* Assert that the call succeeds; otherwise print the session's error message. */
#define ok(s, call) support_ok((s), (call), #call, __FILE__, __LINE__)

/* Like ok(), in a session with .timeout_ms. If the call times out, for example on a busy machine, retry it. */
#define ok_in_time(s, call)                                                                                            \
    do {                                                                                                               \
        enum ar_status status_in_time = AR_INTERRUPTED;                                                                \
        for (int tries = 0; tries < 1000 && status_in_time == AR_INTERRUPTED; tries++)                                 \
            status_in_time = (call);                                                                                   \
        support_ok((s), status_in_time, #call, __FILE__, __LINE__);                                                    \
    } while (false)

/* Assert that the call fails with this status, and that the session's error has the same status. */
#define fails(s, expected, call) support_fails((s), (expected), (call), #call, __FILE__, __LINE__)

/* Assert that the session's last error message contains this text. */
#define assert_error_names(s, text) support_error_names((s), (text), __FILE__, __LINE__)

/* Assert the number of statements since the last reset, and reset the count. */
#define assert_statements(f, expected) support_statements((f), (expected), __FILE__, __LINE__)

/* Assert that two strings are equal; either may be NULL. */
#define assert_text(actual, expected) support_text((actual), (expected), __FILE__, __LINE__)

/* Reset the statement count. */
void reset_statements(struct fixture *f);

void support_ok(const struct ar_session *s, enum ar_status status, const char *call, const char *file, int line);
void support_fails(const struct ar_session *s, enum ar_status expected, enum ar_status status, const char *call,
                   const char *file, int line);
void support_error_names(const struct ar_session *s, const char *text, const char *file, int line);
void support_statements(struct fixture *f, size_t expected, const char *file, int line);
void support_text(const char *actual, const char *expected, const char *file, int line);

#endif
