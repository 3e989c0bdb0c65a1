/* Fail the n-th allocation, call or file operation, for n = 1, 2, … until the story runs without a failure. Each
 * failure is reported as an ordinary status of the current step. The step is then repeated in the same session and
 * succeeds, and at the end the database has the expected contents. Sanitizers and valgrind detect leaks.
 *
 * With ARMATURE_TEST_URL, the story runs on PostgreSQL. With ARMATURE_TEST_STRIDE=s, only every s-th of the thousands
 * of allocations of SQLite, and of those from an arena, fails; with ARMATURE_TEST_CALL_STRIDE=s, every s-th of the
 * others. Faults that happen once and faults that last are halfway between each other. */
#include "fault.h"
#include "story.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef FAULT_OF_PIECES
static const bool has_pieces = true; /* the runtime was compiled with fault_piece.h */
#else
static const bool has_pieces = false;
#endif

/* Only every n-th fault is injected: of SQLite's allocations and of pieces, and of all other kinds. */
static unsigned long memory_stride = 1, call_stride = 1;

static unsigned long stride_of(const char *variable)
{
    const char *stride = getenv(variable);

    return stride != NULL ? strtoul(stride, NULL, 10) : 1;
}

/* Return true if a fault of this kind may cause this status. */
static bool is_expected(enum fault_kind kind, enum ar_status status, bool is_opening)
{
    switch (kind) {
    case FAULT_RUNTIME_MEMORY:
    case FAULT_PIECE:
    case FAULT_SQLITE_MEMORY:
        return status == AR_NO_MEMORY || (is_opening && status == AR_UNAVAILABLE);
    case FAULT_SQLITE_CALL:
        return status == AR_DATABASE || status == AR_NO_MEMORY || (is_opening && status == AR_UNAVAILABLE);
    case FAULT_LIBPQ_CALL:
        return status == AR_UNAVAILABLE || status == AR_NO_MEMORY;
    case FAULT_FILE:
        return status == AR_DATABASE || status == AR_UNAVAILABLE;
    case FAULT_FULL_DISK:
        return status == AR_DATABASE || (is_opening && status == AR_UNAVAILABLE);
    }
    return false;
}

static void run_step(struct story *story, const struct step *step, enum fault_kind kind, unsigned long n)
{
    enum ar_status status = step->run(story);
    if (status == AR_OK)
        return;
    if (!fault_happened() || !is_expected(kind, status, step == story_steps))
        fail_msg("fault %lu in \"%s\" gave %s: %s", n, step->name, ar_status_name(status),
                 story->s != NULL ? ar_session_error(story->s)->message : "");
    if (story->s != NULL && ar_session_error(story->s)->status != status)
        fail_msg("fault %lu in \"%s\" gave %s, but the session reports %s", n, step->name, ar_status_name(status),
                 ar_status_name(ar_session_error(story->s)->status));
    fault_disarm();
    status = step->run(story);
    if (status != AR_OK)
        fail_msg("after fault %lu, \"%s\" gave %s: %s", n, step->name, ar_status_name(status),
                 story->s != NULL ? ar_session_error(story->s)->message : "");
}

/* ---- Databases --------------------------------------------------------------------------------------------------- */

#define FILE_NAME "fault-nth.db"

static const char *url_of(enum fault_kind kind)
{
    const char *url = getenv("ARMATURE_TEST_URL");

    if (url != NULL)
        return url;
    return kind == FAULT_FILE || kind == FAULT_FULL_DISK ? "sqlite:" FILE_NAME : "sqlite::memory:";
}

/* Remove the database of the previous run: the file, or the tables on the server. Tests of other kinds of fault run
 * concurrently, but do not use this file. */
static void empty_database(const char *url)
{
    struct ar_db *db;
    struct ar_session *s;

    if (strcmp(url, "sqlite:" FILE_NAME) == 0) {
        unlink(FILE_NAME);
        unlink(FILE_NAME "-wal");
        unlink(FILE_NAME "-shm");
    }
    if (strncmp(url, "sqlite:", strlen("sqlite:")) == 0)
        return;
    assert_int_equal(ar_db_open(url, NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s,
       ar_execute(
           s,
           "DROP TABLE IF EXISTS scans, parcels, likes, user_articles, marks, posts, users, articles, photos, stops, "
           "trips, lines, entries, nests, nodes, groves, openings, holidays, places"));
    ok(s, ar_execute(s, "DROP TYPE IF EXISTS place_kind"));
    ar_session_close(s);
    ar_db_close(db);
}

/* ---- Running the story ------------------------------------------------------------------------------------------- */

/* Run the story once. Return true if the fault happened. */
static bool run_story(enum fault_kind kind, unsigned long n, bool lasting)
{
    struct story story = {.url = url_of(kind)};
    empty_database(story.url);
    fault_arm(kind, n, lasting);
    for (size_t i = 0; i < story_step_count; i++)
        run_step(&story, &story_steps[i], kind, n);
    for (size_t i = 0; i < story_trip_step_count; i++)
        run_step(&story, &story_trip_steps[i], kind, n);
    for (size_t i = 0; i < story_statement_step_count; i++)
        run_step(&story, &story_statement_steps[i], kind, n);
    for (size_t i = 0; i < story_like_step_count; i++)
        run_step(&story, &story_like_steps[i], kind, n);
    for (size_t i = 0; i < story_write_step_count; i++)
        run_step(&story, &story_write_steps[i], kind, n);
    for (size_t i = 0; i < story_value_step_count; i++)
        run_step(&story, &story_value_steps[i], kind, n);
    for (size_t i = 0; i < story_journal_step_count; i++)
        run_step(&story, &story_journal_steps[i], kind, n);
    for (size_t i = 0; i < story_node_step_count; i++)
        run_step(&story, &story_node_steps[i], kind, n);
    for (size_t i = 0; i < story_place_step_count; i++)
        run_step(&story, &story_place_steps[i], kind, n);
    for (size_t i = 0; i < story_calendar_step_count; i++)
        run_step(&story, &story_calendar_steps[i], kind, n);
    fault_disarm();
    story_check(&story);
    story_close(&story);
    return fault_happened();
}

static void run_until_it_succeeds(enum fault_kind kind, bool lasting)
{
    unsigned long stride = kind == FAULT_SQLITE_MEMORY || kind == FAULT_PIECE ? memory_stride : call_stride;
    unsigned long n = lasting ? 1 + stride / 2 : 1;
    while (run_story(kind, n, lasting))
        n += stride;
    print_message("%lu faults\n", n / stride);
    assert_true(n > 50);
}

#define TEST(name, kind)                                                                                               \
    static void test_##name##_once(void **state)                                                                       \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        run_until_it_succeeds(kind, false);                                                                            \
    }                                                                                                                  \
    static void test_##name##_from_then_on(void **state)                                                               \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        run_until_it_succeeds(kind, true);                                                                             \
    }

TEST(runtime_memory, FAULT_RUNTIME_MEMORY)
TEST(piece, FAULT_PIECE)
TEST(sqlite_memory, FAULT_SQLITE_MEMORY)
TEST(sqlite_call, FAULT_SQLITE_CALL)
TEST(libpq_call, FAULT_LIBPQ_CALL)
TEST(file, FAULT_FILE)
TEST(full_disk, FAULT_FULL_DISK)

#define BOTH(name) cmocka_unit_test(test_##name##_once), cmocka_unit_test(test_##name##_from_then_on)

int main(void)
{
    const struct CMUnitTest of_pieces[] = {BOTH(piece)};
    const struct CMUnitTest of_pieces_on_postgresql[] = {cmocka_unit_test(test_piece_once)}; /* slow */
    const struct CMUnitTest on_sqlite[] = {
        BOTH(runtime_memory), BOTH(sqlite_memory), BOTH(sqlite_call), BOTH(file), BOTH(full_disk),
    };
    const struct CMUnitTest on_postgresql[] = {BOTH(runtime_memory), BOTH(libpq_call)};

    memory_stride = stride_of("ARMATURE_TEST_STRIDE");
    call_stride = stride_of("ARMATURE_TEST_CALL_STRIDE");
    fault_initialize();
    fault_register_files();
    if (has_pieces)
        return fixture_is_sqlite() ? cmocka_run_group_tests(of_pieces, NULL, NULL)
                                   : cmocka_run_group_tests(of_pieces_on_postgresql, NULL, NULL);
    return fixture_is_sqlite() ? cmocka_run_group_tests(on_sqlite, NULL, NULL)
                               : cmocka_run_group_tests(on_postgresql, NULL, NULL);
}
