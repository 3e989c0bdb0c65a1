/* What every test against a database shares: a database, a session and a count of the statements that ran, opened and
 * closed per test, and assertions that tell the session's own message. It knows no model and builds no data. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <armature/armature.h>

/* How many of the last statements a failed count shows. */
#define FIXTURE_LOG_SIZE 16

struct fixture {
    struct ar_db *db;
    struct ar_session *s;     /* the session under test */
    struct ar_session *other; /* somebody else's: for rows that the session under test has not seen; never counted */
    uint64_t now;             /* what the database's clock says, in nanoseconds */

    /* Since the test began or its count was taken: statements, but for transactions, schema and `other`'s. */
    size_t statements;
    size_t reasons[AR_REASON_TRANSACTION + 1]; /* the same, by reason, and here transactions and schema as well */
    uint64_t rows;                             /* that the counted statements read or changed */
    const char *last_sql;                      /* of a counted statement, or NULL */
    char *log[FIXTURE_LOG_SIZE];               /* counted statements, the n-th at n % FIXTURE_LOG_SIZE */

    bool is_paused; /* nothing is counted */

    /* Called after every counted statement, or NULL: lets `other` write between two statements of one call. */
    void (*after_statement)(struct fixture *f, const struct ar_event *event);
    char *file; /* of the database, removed at the end; or NULL */
};

/* ---- Opening and closing, as cmocka's setup and teardown -------------------------------------------------------- */

/* Opens the database that ARMATURE_TEST_URL names (sqlite::memory: without it), creates the tables of these models
 * anew, parents first, and opens both sessions. Put into *state; 0 as cmocka wants it:
 *     static int open_blog(void **state) { return fixture_open(state, &user_model, &post_model); } */
#define fixture_open(state, ...)                                                                                       \
    fixture_open_with(state, NULL, NULL, (const struct ar_model *const[]){__VA_ARGS__},                                \
                      sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))

/* The same with a URL and options of its own; without options, the clock is the fixture's. */
int fixture_open_with(void **state, const char *url, const struct ar_db_options *options,
                      const struct ar_model *const *models, size_t count);

/* As fixture_open, with a file where the database would be in memory: two sessions then read and write side by side. */
#define fixture_open_file(state, ...)                                                                                  \
    fixture_open_file_with(state, NULL, (const struct ar_model *const[]){__VA_ARGS__},                                 \
                           sizeof((const struct ar_model *const[]){__VA_ARGS__}) / sizeof(const struct ar_model *))
int fixture_open_file_with(void **state, const struct ar_db_options *options, const struct ar_model *const *models,
                           size_t count);

int fixture_close(void **state);

/* Whether the tests run on SQLite: for what is its own. */
bool fixture_is_sqlite(void);

/* Closes the session under test and opens it with these options. */
void reopen_session(struct fixture *f, struct ar_session_options options);

/* ---- Data -------------------------------------------------------------------------------------------------------- */

/* Inserts a row behind the back of the session under test; the record receives its key and defaults. */
void add_row(struct fixture *f, const struct ar_model *model, void *record);

/* Runs SQL in the same way; the statement must be of the kind that SQLite and PostgreSQL both take. */
void run_sql(struct fixture *f, const char *sql);

/* Lets time pass on the clock that ends .ttl. */
void advance_clock(struct fixture *f, unsigned milliseconds);

/* ---- Assertions -------------------------------------------------------------------------------------------------- */

/* The call succeeds; otherwise the test fails with the session's message. */
#define ok(s, call) support_ok((s), (call), #call, __FILE__, __LINE__)

/* Like ok, in a session with .timeout_ms. On a busy machine the call itself may take longer; then it is repeated. */
#define ok_in_time(s, call)                                                                                            \
    do {                                                                                                               \
        enum ar_status status_in_time = AR_INTERRUPTED;                                                                \
        for (int tries = 0; tries < 1000 && status_in_time == AR_INTERRUPTED; tries++)                                 \
            status_in_time = (call);                                                                                   \
        support_ok((s), status_in_time, #call, __FILE__, __LINE__);                                                    \
    } while (false)

/* The call fails with this status, and the session's error says the same. */
#define fails(s, expected, call) support_fails((s), (expected), (call), #call, __FILE__, __LINE__)

/* The session's last error message contains this text. */
#define assert_error_names(s, text) support_error_names((s), (text), __FILE__, __LINE__)

/* So many statements ran since the last count, which begins anew. */
#define assert_statements(f, expected) support_statements((f), (expected), __FILE__, __LINE__)

/* Two texts, either of which may be NULL. */
#define assert_text(actual, expected) support_text((actual), (expected), __FILE__, __LINE__)

/* Begins the count anew. */
void reset_statements(struct fixture *f);

void support_ok(const struct ar_session *s, enum ar_status status, const char *call, const char *file, int line);
void support_fails(const struct ar_session *s, enum ar_status expected, enum ar_status status, const char *call,
                   const char *file, int line);
void support_error_names(const struct ar_session *s, const char *text, const char *file, int line);
void support_statements(struct fixture *f, size_t expected, const char *file, int line);
void support_text(const char *actual, const char *expected, const char *file, int line);

#endif
