/* The functions of load.h. */
#include "load.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Return a Chinook script, or NULL if it does not exist. ARMATURE_SHARED overrides the folder set by the build. */
static char *read_script(const char *name)
{
    const char *shared = getenv("ARMATURE_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/chinook/%s.sql", shared != NULL ? shared : SHARED_FOLDER, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        print_message("skipped: %s does not exist\n", path);
        return NULL;
    }
    char *script;
    size_t size;
    FILE *text = open_memstream(&script, &size);
    assert_non_null(text);
    char block[65536];
    for (size_t count; (count = fread(block, 1, sizeof block, file)) > 0;)
        fwrite(block, 1, count, text);
    fclose(text);
    fclose(file);
    return script;
}

static void run_script(const char *url, const char *script)
{
    struct ar_db *db;
    struct ar_session *s;
    assert_int_equal(ar_db_open(url, NULL, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &s), AR_OK);
    ok(s, ar_begin(s));
    ok(s, ar_execute(s, script));
    ok(s, ar_commit(s));
    ar_session_close(s);
    ar_db_close(db);
}

/* Load the SQLite copy. Return false if its script does not exist. */
static bool load_sqlite(void)
{
    static const char *const files[] = {CHINOOK_FILE, CHINOOK_FILE "-wal", CHINOOK_FILE "-shm"};
    char *script = read_script("sqlite");
    if (script == NULL)
        return false;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        remove(files[i]);
    run_script("sqlite:" CHINOOK_FILE, script);
    free(script);
    return true;
}

/* Load the PostgreSQL copy into the test database: skip the statements that create a database and connect to it. */
static bool load_postgresql(void)
{
    static const char connect[] = "\\c chinook;";
    char *script = read_script("postgresql");
    if (script == NULL)
        return false;
    const char *tables = strstr(script, connect);
    assert_non_null(tables);
    run_script(getenv("ARMATURE_TEST_URL"), tables + strlen(connect));
    /* In PostgreSQL, N'Edinburgh ' has the type char, in which trailing spaces are not significant. */
    run_script("sqlite:" CHINOOK_FILE, "UPDATE Customer SET City = rtrim(City);"
                                       "UPDATE Invoice SET BillingCity = rtrim(BillingCity)");
    free(script);
    return true;
}

bool load_chinook(void)
{
    return load_sqlite() && (fixture_is_sqlite() || load_postgresql());
}

const char *chinook_url(void)
{
    return fixture_is_sqlite() ? "sqlite:" CHINOOK_FILE : NULL;
}

const char *chinook_plain_url(void)
{
    return fixture_is_sqlite() ? CHINOOK_FILE : getenv("ARMATURE_TEST_URL");
}
