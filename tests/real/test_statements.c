/* Run the statements of statements.h and chinook.h on the Chinook database, and compare every value with what the plain
 * client returns for the same SQL (plain.h). Built twice, with the header of each database. Writes are rolled back. */
#include "chinook.ar.h"
#include "load.h"
#include "plain.h"
#include "print.h"
#include "statements.ar.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static int open_chinook(void **state)
{
    return fixture_open_with(state, chinook_url(), NULL, NULL, 0);
}

/* ---- Statements and their arguments ------------------------------------------------------------------------------ */

/* A statement with a struct of arguments, and the same arguments for the plain client. */
struct call {
    const struct ar_statement *statement;
    enum ar_status (*run)(struct ar_session *s, struct ar_list *rows, int64_t *changed);
    const char *plain[4];
    size_t at_least; /* rows that it returns or changes */
};

/* Define a call of a statement that returns rows, one row, or no rows, with these arguments. */
#define LIST(name, row, ...)                                                                                           \
    static enum ar_status call_##name(struct ar_session *s, struct ar_list *rows, int64_t *changed)                    \
    {                                                                                                                  \
        struct row##_list list;                                                                                        \
        enum ar_status status = name(s, __VA_ARGS__ & list);                                                           \
        *rows = (struct ar_list){(void *const *)list.items, list.count};                                               \
        *changed = 0;                                                                                                  \
        return status;                                                                                                 \
    }
#define ONE(name, row, ...)                                                                                            \
    static enum ar_status call_##name(struct ar_session *s, struct ar_list *rows, int64_t *changed)                    \
    {                                                                                                                  \
        static void *items[1];                                                                                         \
        struct row *one;                                                                                               \
        enum ar_status status = name(s, __VA_ARGS__ & one);                                                            \
        items[0] = one;                                                                                                \
        *rows = (struct ar_list){items, 1};                                                                            \
        *changed = 0;                                                                                                  \
        return status;                                                                                                 \
    }
#define RUN(name, ...)                                                                                                 \
    static enum ar_status call_##name(struct ar_session *s, struct ar_list *rows, int64_t *changed)                    \
    {                                                                                                                  \
        *rows = (struct ar_list){0};                                                                                   \
        return name(s, __VA_ARGS__ changed);                                                                           \
    }

static const int64_t genres[] = {1, 7, 25}, tracks[] = {1, 2, 99999, 5};
static const int32_t small_genres[] = {1, 2, 3};
static const struct timespec new_year = {.tv_sec = 1325376000}; /* 2012-01-01 */
static const char *const playlists[] = {"Classical", "Grunge", "no such playlist"};
static const char *const media_types[] = {"AAC audio file", "Protected \"AAC\" \\ {file}"};
static const char *const countries[] = {"Brazil", "O'Land", "Norway"};

LIST(artists_like, labelled, "%c%", )
LIST(albums_of, labelled, "Guns N' Roses", )
LIST(tracks_in_playlists, labelled, playlists, 3, )
LIST(artists_without_albums, labelled, )
LIST(tracks_never_sold, labelled, genres, 3, )
LIST(tracks_except, labelled, small_genres, 3, media_types, 2, 50, )
LIST(people_in, labelled, "Edmonton", )
LIST(tracks_only_in, labelled, 1, 5, )
LIST(excerpts, labelled, 2, 3, )
LIST(countdown, labelled, 9, )
LIST(cities_of_both, city, )
LIST(tracks_by_genre, counted, 40, )
LIST(albums_by_artist, counted, 60, )
LIST(composers, counted, 10, )
LIST(customers_by_country, counted, countries, 3, )
LIST(tracks_by_length, counted, 250000, )
LIST(invoices_by_month, counted, "2023", )
LIST(best_customers, customer_sales, new_year, 10, )
LIST(customers_of_rep, customer_sales, 3, 37.5, )
LIST(employees_under, employee_node, 1, )
LIST(managers_of, employee_node, 7, )
LIST(longest_by_genre, ranked_track, 3, genres, 3, )
LIST(longer_than_album, ranked_track, 2.0, )
LIST(running_totals, running_total, 12, )
ONE(genre_facts_of, genre_facts, "Jazz", )
LIST(albums_longer_than, album, 5000000, )
LIST(albums_sold_out, album, )
LIST(tracks_by_ids, track, tracks, 4, )
LIST(tracks_named, track, countries, 0, )
ONE(employee_with_email, employee, "nancy@chinookcorp.com", )
LIST(customers_in_state, customer, NULL, )
ONE(put_genre, genre, 1, "Rock & Roll", )
LIST(raise_prices, track, 25, genres + 2, 1, )
LIST(remove_entries, playlist_track, 1, tracks, 4, )
RUN(copy_entries, 3, 9, )
RUN(rename_artists, "AC/DC", "AC'DC", )

static const struct call calls[] = {
    {&artists_like_statement, call_artists_like, {"%c%"}, 1},
    {&albums_of_statement, call_albums_of, {"Guns N' Roses"}, 1},
    {&tracks_in_playlists_statement, call_tracks_in_playlists, {"Classical|Grunge|no such playlist"}, 1},
    {&artists_without_albums_statement, call_artists_without_albums, {NULL}, 1},
    {&tracks_never_sold_statement, call_tracks_never_sold, {"1|7|25"}, 1},
    {&tracks_except_statement, call_tracks_except, {"1|2|3", "AAC audio file|Protected \"AAC\" \\ {file}", "50"}, 1},
    {&people_in_statement, call_people_in, {"Edmonton"}, 1},
    {&tracks_only_in_statement, call_tracks_only_in, {"1", "5"}, 1},
    {&excerpts_statement, call_excerpts, {"2", "3"}, 1},
    {&countdown_statement, call_countdown, {"9"}, 1},
    {&cities_of_both_statement, call_cities_of_both, {NULL}, 1},
    {&tracks_by_genre_statement, call_tracks_by_genre, {"40"}, 1},
    {&albums_by_artist_statement, call_albums_by_artist, {"60"}, 1},
    {&composers_statement, call_composers, {"10"}, 1},
    {&customers_by_country_statement, call_customers_by_country, {"Brazil|O'Land|Norway"}, 1},
    {&tracks_by_length_statement, call_tracks_by_length, {"250000"}, 1},
    {&invoices_by_month_statement, call_invoices_by_month, {"2023"}, 1},
    {&best_customers_statement, call_best_customers, {"2012-01-01 00:00:00", "10"}, 1},
    {&customers_of_rep_statement, call_customers_of_rep, {"3", "37.5"}, 1},
    {&employees_under_statement, call_employees_under, {"1"}, 1},
    {&managers_of_statement, call_managers_of, {"7"}, 1},
    {&longest_by_genre_statement, call_longest_by_genre, {"3", "1|7|25"}, 1},
    {&longer_than_album_statement, call_longer_than_album, {"2"}, 1},
    {&running_totals_statement, call_running_totals, {"12"}, 1},
    {&genre_facts_of_statement, call_genre_facts_of, {"Jazz"}, 1},
    {&albums_longer_than_statement, call_albums_longer_than, {"5000000"}, 1},
    {&albums_sold_out_statement, call_albums_sold_out, {NULL}, 1},
    {&tracks_by_ids_statement, call_tracks_by_ids, {"1|2|99999|5"}, 1},
    {&tracks_named_statement, call_tracks_named, {""}, 0},
    {&employee_with_email_statement, call_employee_with_email, {"nancy@chinookcorp.com"}, 1},
    {&customers_in_state_statement, call_customers_in_state, {NULL}, 1},
    /* Writes, which are rolled back. */
    {&put_genre_statement, call_put_genre, {"1", "Rock & Roll"}, 1},
    {&raise_prices_statement, call_raise_prices, {"25", "25"}, 1},
    {&remove_entries_statement, call_remove_entries, {"1", "1|2|99999|5"}, 1},
    {&copy_entries_statement, call_copy_entries, {"3", "9"}, 1},
    {&rename_artists_statement, call_rename_artists, {"AC/DC", "AC'DC"}, 1},
};

/* ---- Comparison -------------------------------------------------------------------------------------------------- */

static void print_field(FILE *out, const struct ar_column *column, const char *record)
{
    const void *field = record + column->offset;
    struct plain_value value = {.type = (enum ar_type)column->type};
    switch (value.type) {
    case AR_TYPE_BOOL:
        value.integer = *(const bool *)field;
        break;
    case AR_TYPE_INT32:
        value.integer = *(const int32_t *)field;
        break;
    case AR_TYPE_INT64:
        value.integer = *(const int64_t *)field;
        break;
    case AR_TYPE_TIME:
        value.integer = *(const time_t *)field;
        break;
    case AR_TYPE_TIMESPEC:
        value.integer = ((const struct timespec *)field)->tv_sec;
        break;
    case AR_TYPE_FLOAT:
        value.real = (double)*(const float *)field;
        break;
    case AR_TYPE_DOUBLE:
        value.real = *(const double *)field;
        break;
    case AR_TYPE_TEXT:
        value.text = *(const char *const *)field;
        break;
    case AR_TYPE_CHARS:
        value.text = field;
        break;
    default:
        fail_msg("%s.%s has an unsupported type", column->model->name, column->field);
    }
    if ((column->flags & AR_COLUMN_NULL_FLAG) != 0)
        value.is_null = record[column->null_offset] == 0;
    else if (value.type == AR_TYPE_TEXT)
        value.is_null = value.text == NULL;
    else if (value.type == AR_TYPE_CHARS)
        value.is_null = (column->flags & AR_COLUMN_NULLABLE) != 0 && *value.text == '\0';
    else
        value.is_null = (column->flags & AR_COLUMN_NULLABLE) != 0 && value.integer == 0 && value.real == 0;
    plain_print(out, &value);
}

static char *print_rows(const struct ar_model *model, struct ar_list rows)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < rows.count; i++) {
        for (size_t c = 0; c < model->column_count; c++) {
            fputs(c > 0 ? "|" : "", out);
            print_field(out, &model->columns[c], rows.items[i]);
        }
        fputc('\n', out);
    }
    fclose(out);
    return text;
}

/* Run the statement with both clients and compare all rows, or the number of changed rows. */
static void assert_same(struct fixture *f, struct plain *plain, const struct call *call)
{
    struct ar_list rows;
    int64_t changed, plain_changed;
    plain_execute(plain, "BEGIN");
    char *expected = plain_run(plain, call->statement, call->plain, &plain_changed);
    plain_execute(plain, "ROLLBACK");

    ok(f->s, ar_begin(f->s));
    reset_statements(f);
    ok(f->s, call->run(f->s, &rows, &changed));
    assert_statements(f, 1);
    char *actual = print_rows(call->statement->row, rows);
    assert_same_lines(call->statement->name, actual, expected);
    if (!call->statement->returns_rows)
        assert_int_equal(changed, plain_changed);
    assert_true(rows.count + (size_t)changed >= call->at_least);
    ok(f->s, ar_rollback(f->s));
    free(expected);
    free(actual);
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static void test_every_statement(void **state)
{
    struct fixture *f = *state;
    struct plain *plain = plain_open(chinook_plain_url());
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        assert_same(f, plain, &calls[i]);
    plain_close(plain);
}

/* Run a statement with 10,000 values, of which 3,503 are the key of a row. */
static void test_ten_thousand_integers(void **state)
{
    enum { COUNT = 10000, TRACKS = 3503 };
    struct fixture *f = *state;
    static int64_t ids[COUNT];
    struct track_list list;
    for (int i = 0; i < COUNT; i++)
        ids[i] = COUNT - i;
    ok(f->s, tracks_by_ids(f->s, ids, COUNT, &list));
    assert_int_equal(list.count, TRACKS);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i]->TrackId, i + 1);
    assert_statements(f, 1);
    ok(f->s, tracks_by_ids(f->s, NULL, 0, &list));
    assert_int_equal(list.count, 0);
}

/* Run it with 10,000 strings: the names of all tracks, and others. */
static void test_ten_thousand_strings(void **state)
{
    enum { COUNT = 10000, TRACKS = 3503 };
    struct fixture *f = *state;
    static const char *names[COUNT];
    static char others[COUNT][16];
    struct track_list all, named;
    struct track_query *q = track_query(f->s);
    track_order_by(q, ar_asc(track_column.TrackId));
    ok(f->s, track_all(q, &all));
    assert_int_equal(all.count, TRACKS);
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(others[i], sizeof others[i], "{%zu,\"\\'", i);
        names[COUNT - 1 - i] = i < all.count ? all.items[i]->Name : others[i];
    }
    reset_statements(f);
    ok(f->s, tracks_named(f->s, names, COUNT, &named));
    assert_int_equal(named.count, TRACKS);
    for (size_t i = 0; i < named.count; i++)
        assert_ptr_equal(named.items[i], all.items[i]);
    assert_statements(f, 1);
}

/* Records of a statement have relations, lazy and eager. */
static void test_relations(void **state)
{
    struct fixture *f = *state;
    struct album_list albums;
    struct track_list tracks_of_album;
    struct artist *artist;
    ok(f->s, albums_longer_than(f->s, 5000000, &albums));
    assert_true(albums.count > 10);
    size_t count = albums.count;
    for (size_t i = 0; i < count; i++)
        ok(f->s, album_artist(f->s, albums.items[i], &artist));
    assert_statements(f, 2);

    ar_session_clear(f->s);
    struct album_query *q = albums_longer_than_query(f->s, 5000000);
    track_with_genre(album_with_tracks(q));
    ok(f->s, album_all(q, &albums));
    assert_int_equal(albums.count, count);
    assert_statements(f, 3);
    for (size_t i = 0; i < count; i++) {
        int64_t length = 0;
        ok(f->s, album_tracks(f->s, albums.items[i], &tracks_of_album));
        for (size_t j = 0; j < tracks_of_album.count; j++)
            length += tracks_of_album.items[j]->Milliseconds;
        assert_true(length > 5000000);
    }
    assert_statements(f, 0);
}

/* A statement that writes goes to the session's records, and a rollback takes it back from them. */
static void test_records_after_writes(void **state)
{
    struct fixture *f = *state;
    struct genre *rock, *same;
    struct employee *employee;
    struct artist *artist;
    int64_t changed;
    ok(f->s, genre_find(f->s, 1, &rock));
    assert_text(rock->Name, "Rock");
    ok(f->s, ar_begin(f->s));
    ok(f->s, put_genre(f->s, 1, NULL, &same));
    assert_ptr_equal(same, rock);
    assert_null(rock->Name);
    ok(f->s, put_genre(f->s, 26, "Fado", &same));
    assert_int_equal(same->GenreId, 26);
    ok(f->s, rename_artists(f->s, "AC/DC", "AC'DC", &changed));
    assert_int_equal(changed, 1);
    ok(f->s, artist_find(f->s, 1, &artist));
    assert_text(artist->Name, "AC'DC");
    ok(f->s, ar_rollback(f->s));
    ok(f->s, genre_find(f->s, 1, &rock));
    assert_text(rock->Name, "Rock");
    fails(f->s, AR_NOT_FOUND, genre_find(f->s, 26, &same));
    ok(f->s, artist_find(f->s, 1, &artist));
    assert_text(artist->Name, "AC/DC");
    fails(f->s, AR_NOT_FOUND, employee_with_email(f->s, "x@y", &employee));
}

int main(void)
{
    if (!load_chinook())
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_statement, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_ten_thousand_integers, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_ten_thousand_strings, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_relations, open_chinook, fixture_close),
        cmocka_unit_test_setup_teardown(test_records_after_writes, open_chinook, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
