/* Pagila: every value of every table and view is read from PostgreSQL exactly as libpq's text format has it, also after
 * it was written to a second PostgreSQL schema and to SQLite, whose tables the models create. */
#include "pagila.ar.h"
#include "show.h"
#include "support.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The tables, parents first, and the columns that sort their rows; of a view, its name in Pagila. */
static const struct {
    const struct ar_model *model;
    const char *sorted_by;
} tables[] = {
    {&country_model, "1"},       {&city_model, "1"},     {&address_model, "1"},
    {&language_model, "1"},      {&film_model, "1"},     {&actor_model, "1"},
    {&film_actor_model, "1, 2"}, {&category_model, "1"}, {&film_category_model, "1, 2"},
    {&store_model, "1"},         {&staff_model, "1"},    {&customer_model, "1"},
    {&inventory_model, "1"},     {&rental_model, "1"},   {&payment_model, "1"},
};
static const struct {
    const struct ar_model *model;
    const char *sorted_by;
} views[] = {{&film_entry_model, "1"}, {&sales_line_model, "category COLLATE \"C\""}};

enum { TABLE_COUNT = sizeof tables / sizeof *tables, VIEW_COUNT = sizeof views / sizeof *views };

/* ---- The databases ----------------------------------------------------------------------------------------------- */

static char *read_file(const char *name)
{
    char path[4096], *text;
    size_t size;
    snprintf(path, sizeof path, "%s/%s", SOURCE_FOLDER, name);
    FILE *file = fopen(path, "r"), *out = open_memstream(&text, &size);
    assert_non_null(file);
    assert_non_null(out);
    for (int character; (character = getc(file)) != EOF;)
        fputc(character, out);
    fclose(file);
    fclose(out);
    return text;
}

static void run_file(struct fixture *f, const char *name)
{
    char *sql = read_file(name);
    ok(f->other, ar_execute(f->other, sql));
    free(sql);
}

static int open_pagila(void **state)
{
    if (fixture_is_sqlite())
        return fixture_open_with(state, NULL, NULL, NULL, 0);
    int failed = fixture_open_with(state, NULL, NULL, NULL, 0);
    struct fixture *f = *state;
    ok(f->other, ar_execute(f->other, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    run_file(f, "tables.sql");
    run_file(f, "rows.sql");
    reset_statements(f);
    return failed;
}

/* The rows of a table or view as the plain client returns them. */
static char *plain_rows(const struct ar_model *model, const char *sorted_by)
{
    PGconn *server = PQconnectdb(getenv("ARMATURE_TEST_URL"));
    char *lines;
    size_t size;
    FILE *out = open_memstream(&lines, &size);
    assert_non_null(out);
    PQclear(PQexec(server, "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'"));
    fprintf(out, "SELECT ");
    for (size_t i = 0; i < model->column_count; i++)
        fprintf(out, strcmp(model->columns[i].name, "name") == 0 ? "%srtrim(%s)" : "%s%s", i > 0 ? ", " : "",
                model->columns[i].sql);
    fprintf(out, " FROM %s ORDER BY %s", model->sql, sorted_by);
    fclose(out);
    PGresult *result = PQexec(server, lines);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", lines, PQerrorMessage(server));
    free(lines);
    out = open_memstream(&lines, &size);
    for (int row = 0; row < PQntuples(result); row++) {
        for (int i = 0; i < PQnfields(result); i++)
            fprintf(out, "%s%s", i > 0 ? "|" : "", PQgetisnull(result, row, i) ? "\\N" : PQgetvalue(result, row, i));
        fputc('\n', out);
    }
    fclose(out);
    PQclear(result);
    PQfinish(server);
    return lines;
}

static struct ar_list all_rows(struct ar_session *s, const struct ar_model *model)
{
    struct ar_query *q = ar_query_open(s, model);
    struct ar_list list;
    for (size_t i = 0; i < model->key_count; i++)
        ar_query_order_by(q, ar_order_of(&model->columns[model->key[i]], false));
    ok(s, ar_query_all(q, &list));
    return list;
}

static void assert_same(const char *what, const char *actual, const char *expected)
{
    if (strcmp(actual, expected) == 0)
        return;
    size_t i = 0;
    while (actual[i] == expected[i])
        i++;
    while (i > 0 && actual[i - 1] != '\n')
        i--;
    fail_msg("%s:\n  actual:   %.*s\n  expected: %.*s", what, (int)strcspn(actual + i, "\n"), actual + i,
             (int)strcspn(expected + i, "\n"), expected + i);
}

static void assert_rows(struct ar_session *s, const struct ar_model *model, const char *expected)
{
    char *actual = show_list(model, all_rows(s, model));
    assert_true(strlen(expected) > 0);
    assert_same(model->name, actual, expected);
    free(actual);
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void test_every_value(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        char *expected = plain_rows(tables[i].model, tables[i].sorted_by);
        assert_rows(f->s, tables[i].model, expected);
        free(expected);
    }
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        char *expected = plain_rows(views[i].model, views[i].sorted_by);
        assert_rows(f->s, views[i].model, expected);
        free(expected);
    }
    assert_statements(f, TABLE_COUNT + VIEW_COUNT);
}

/* Rows without a key are read in any order: compare them as a set of lines. */
static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted(char *lines)
{
    char *items[64], *copy;
    size_t count = 0, size;
    FILE *out = open_memstream(&copy, &size);
    for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n"))
        items[count++] = line;
    qsort(items, count, sizeof *items, compare_lines);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s\n", items[i]);
    fclose(out);
    free(lines);
    return copy;
}

static void test_json(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    char *expected = sorted(plain_rows(&package_model, "1")),
         *actual = sorted(show_list(&package_model, all_rows(f->s, &package_model)));
    assert_same("package", actual, expected);
    free(actual);
    free(expected);

    struct package_list list;
    struct package_query *q = package_query(f->s);
    package_where(q, ar_eq(ar_json_number(package_column.aptdata, "Maintainer.id"), 7.0));
    ok(f->s, package_all(q, &list));
    assert_int_equal(list.count, 1);
    assert_non_null(strstr(list.items[0]->aptdata, "postgresql-7"));
}

/* Write all rows to another database, whose tables the models create, and read them back. */
static void copy_rows(struct ar_session *from, struct ar_session *to)
{
    ok(to, ar_begin(to));
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct ar_model *model = tables[i].model;
        struct ar_list list = all_rows(from, model);
        char *copies = calloc(list.count, model->size);
        assert_non_null(copies);
        for (size_t row = 0; row < list.count; row++)
            memcpy(copies + row * model->size, list.items[row], model->size);
        ok(to, ar_record_insert_many(to, model, copies, list.count));
        free(copies);
    }
    ok(to, ar_commit(to));
}

static void test_copies(struct fixture *f, const char *url)
{
    struct ar_db *db;
    struct ar_session *to;
    assert_int_equal(ar_db_open(url, &(struct ar_db_options){.no_foreign_keys = true}, &db), AR_OK);
    assert_int_equal(ar_session_open(db, NULL, &to), AR_OK);
    const struct ar_model *models[TABLE_COUNT + VIEW_COUNT];
    for (size_t i = 0; i < TABLE_COUNT + VIEW_COUNT; i++)
        models[i] = i < TABLE_COUNT ? tables[i].model : views[i - TABLE_COUNT].model;
    ok(to, ar_create_table_list(to, models, TABLE_COUNT + VIEW_COUNT));
    copy_rows(f->s, to);
    ar_session_clear(to);
    for (size_t i = 0; i < TABLE_COUNT + VIEW_COUNT; i++) {
        char *expected = show_list(models[i], all_rows(f->s, models[i]));
        assert_rows(to, models[i], expected);
        free(expected);
    }
    ar_session_close(to);
    ar_db_close(db);
}

static void test_copy_to_sqlite(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    test_copies(f, "sqlite::memory:");
}

/* Relations, and a statement on a model, as in any program. */
static void test_relations(void **state)
{
    struct fixture *f = *state;
    if (fixture_is_sqlite())
        skip();
    struct actor *actor;
    struct film_list films, same;
    struct sales_line_list sales;
    int64_t total = 0;

    ok(f->s, actor_find(f->s, 8, &actor));
    ok(f->s, actor_films(f->s, actor, &films));
    assert_int_equal(films.count, 12);
    assert_statements(f, 2);
    ok(f->s, films_of_actor(f->s, 8, RATING_NC_17, &same));
    for (size_t i = 0; i < same.count; i++) {
        assert_int_not_equal(same.items[i]->rating, RATING_NC_17);
        total += same.items[i]->film_id;
    }
    for (size_t i = 0; i < films.count; i++)
        total -= films.items[i]->rating != RATING_NC_17 ? films.items[i]->film_id : 0;
    assert_int_equal(total, 0);

    struct film_query *q = film_query(f->s);
    film_where(q, ar_contains(film_column.special_features, "Trailers"));
    film_where(q, ar_gt(film_column.rental_rate, 299));
    film_order_by(q, ar_desc(film_column.rating));
    film_limit(q, 1);
    ok(f->s, film_all(q, &films));
    assert_int_equal(films.count, 1);
    assert_int_equal(films.items[0]->rating, RATING_NC_17);
    ok(f->s, sales_line_all(sales_line_query(f->s), &sales));
    assert_int_equal(sales.count, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_value, open_pagila, fixture_close),
        cmocka_unit_test_setup_teardown(test_json, open_pagila, fixture_close),
        cmocka_unit_test_setup_teardown(test_copy_to_sqlite, open_pagila, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations, open_pagila, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
