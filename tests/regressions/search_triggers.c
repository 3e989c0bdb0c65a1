/* On SQLite 3.40, no row could be written to a table whose triggers update an FTS5 index, because SQLite did not
 * count its virtual table as innocuous, and nothing said what to do. */
#include "search_triggers.ar.h"
#include "support.h"

static const char setup[] = "CREATE VIRTUAL TABLE found USING fts5(title, content=articles, content_rowid=id);"
                            "CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN"
                            " INSERT INTO found (rowid, title) VALUES (new.id, new.title); END;";

static struct ar_session *open_session(const struct ar_db_options *options, struct ar_db **db)
{
    struct ar_session *s;

    assert_int_equal(ar_db_open("sqlite::memory:", options, db), AR_OK);
    assert_int_equal(ar_session_open(*db, NULL, &s), AR_OK);
    ok(s, ar_create_tables(s, &article_model));
    return s;
}

static void test_a_trusted_schema(void **state)
{
    const struct ar_db_options options = {.sqlite_setup = "PRAGMA trusted_schema = ON"};
    struct article article = {.title = "Relations for plain structs"};
    struct ar_db *db;
    struct ar_session *s = open_session(&options, &db);
    int64_t count;

    (void)state;
    if (ar_execute(s, setup) != AR_OK) { /* without FTS5 */
        assert_error_names(s, "no such module: fts5");
    } else {
        ok(s, article_insert(s, &article));
        ok(s, article_count(article_query(s), &count));
        assert_int_equal(count, 1);
        fails(s, AR_CONSTRAINT,
              ar_execute(s, "CREATE TABLE hits (n CHECK (n = 1));"
                            "INSERT INTO hits SELECT count(*) + 1 FROM found"
                            " WHERE found MATCH 'structs'"));
        ok(s, ar_execute(s, "INSERT INTO hits SELECT count(*) FROM found WHERE found MATCH 'structs'"));
    }
    ar_session_close(s);
    ar_db_close(db);
}

/* No version of SQLite trusts a view on this table. */
static void test_the_message_says_what_to_do(void **state)
{
    struct ar_db *db;
    struct ar_session *s = open_session(NULL, &db);

    (void)state;
    ok(s, ar_execute(s, "CREATE VIEW keys AS SELECT k0 FROM armature_keys(1)"));
    fails(s, AR_DATABASE, ar_execute(s, "SELECT * FROM keys"));
    assert_error_names(s, "PRAGMA trusted_schema");
    ar_session_close(s);
    ar_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_trusted_schema),
        cmocka_unit_test(test_the_message_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
