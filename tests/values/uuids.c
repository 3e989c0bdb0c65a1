/* UUIDs: made by the library or by the database, and stored as strings. */
#include "support.h"
#include "uuids.ar.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t zero[16];

static int open_uuids(void **state)
{
    return fixture_open(state, &visitor_model, &stay_model, &ticket_model, &stamp_model, &folder_model);
}

static bool is_version(const uint8_t uuid[16], unsigned version)
{
    return uuid[6] >> 4 == version && uuid[8] >> 6 == 2;
}

/* ---- The functions ----------------------------------------------------------------------------------------------- */

static void test_v7_ascends(void **state)
{
    (void)state;
    uint8_t last[16] = {0}, next[16];
    uint64_t milliseconds = 0;
    for (int i = 0; i < 100000; i++) {
        assert_true(ar_uuid_v7(next));
        assert_true(memcmp(last, next, 16) < 0);
        memcpy(last, next, 16);
        assert_true(is_version(next, 7));
    }
    for (size_t i = 0; i < 6; i++)
        milliseconds = milliseconds << 8 | last[i];
    assert_in_range(milliseconds / 1000, (uint64_t)time(NULL) - 10, (uint64_t)time(NULL) + 10);
}

enum { THREADS = 4, EACH = 5000 };

static void *make_many(void *to)
{
    uint8_t(*uuids)[16] = to;
    for (size_t i = 0; i < EACH; i++)
        if (!ar_uuid_v7(uuids[i]))
            return NULL;
    return to;
}

static int compare_uuids(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static void test_v7_in_threads(void **state)
{
    (void)state;
    uint8_t(*uuids)[16] = calloc(THREADS * EACH, 16);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_many, uuids[i * EACH]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *made;
        assert_int_equal(pthread_join(threads[i], &made), 0);
        assert_non_null(made);
        for (size_t k = 1; k < EACH; k++)
            assert_true(compare_uuids(uuids[i * EACH + k - 1], uuids[i * EACH + k]) < 0);
    }
    qsort(uuids, THREADS * EACH, 16, compare_uuids);
    for (size_t i = 1; i < THREADS * EACH; i++)
        assert_true(compare_uuids(uuids[i - 1], uuids[i]) < 0);
    free(uuids);
}

/* A child process has the state of its parent, but makes other UUIDs. */
static void test_v7_after_fork(void **state)
{
    (void)state;
    uint8_t own[16], child[16];
    int ends[2];
    assert_true(ar_uuid_v7(own));
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        exit_child(ar_uuid_v7(child) && write(ends[1], child, 16) == 16 ? 0 : 1);
    }
    assert_true(ar_uuid_v7(own));
    assert_int_equal(read(ends[0], child, 16), 16);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_memory_not_equal(own, child, 16);
    close(ends[0]);
    close(ends[1]);
}

static void test_strings(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "00112233-4455-6677-8899-aabbccddeef",
                                        "00112233-4455-6677-8899-aabbccddeeff0",
                                        "00112233445566778899aabbccddeeff",
                                        "00112233-4455-6677-8899-aabbccddeefg",
                                        "00112233-4455-6677-8899_aabbccddeeff",
                                        "0011223G-4455-6677-8899-aabbccddeeff",
                                        "0011223/-4455-6677-8899-aabbccddeeff",
                                        "{0112233-4455-6677-8899-aabbccddeef}"};
    uint8_t uuid[16], unchanged[16];
    char text[AR_UUID_LENGTH + 1];
    assert_true(ar_uuid_parse("00112233-4455-6677-8899-AABBCCddeeff", uuid));
    assert_memory_equal(uuid, "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff", 16);
    ar_uuid_format(uuid, text);
    assert_text(text, "00112233-4455-6677-8899-aabbccddeeff");
    memcpy(unchanged, uuid, 16);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(ar_uuid_parse(wrong[i], uuid));
    assert_false(ar_uuid_parse(NULL, uuid));
    assert_memory_equal(uuid, unchanged, 16);
}

/* ---- Made by the library ----------------------------------------------------------------------------------------- */

static void test_library_single(void **state)
{
    struct fixture *f = *state;
    struct visitor first = {.name = "first"}, second = {.name = "second"}, *read;
    ok(f->s, visitor_save(f->s, &first));
    ok(f->s, visitor_insert(f->s, &second));
    assert_statements(f, 2);
    assert_true(is_version(first.id, 7) && is_version(first.token, 7));
    assert_true(memcmp(first.id, second.id, 16) < 0);
    ok(f->other, visitor_find(f->other, second.id, &read));
    assert_memory_equal(read->token, second.token, 16);

    /* The key of the caller is kept, and the record is the session's from now on. */
    struct visitor own = {.id = {1}, .token = {2}, .name = "own"};
    ok(f->s, visitor_insert(f->s, &own));
    assert_memory_equal(own.id, ((uint8_t[16]){1}), 16);
    assert_memory_equal(own.token, ((uint8_t[16]){2}), 16);
    own.name = "changed";
    reset_statements(f);
    ok(f->s, visitor_save(f->s, &own));
    assert_statements(f, 1);
}

static void test_library_failure(void **state)
{
    struct fixture *f = *state;
    struct visitor first = {.name = "same"}, second = {.name = "same"};
    ok(f->s, visitor_save(f->s, &first));
    fails(f->s, AR_CONSTRAINT, visitor_save(f->s, &second));
    assert_memory_equal(second.id, zero, 16); /* a failed insert changes nothing */
    assert_memory_equal(second.token, zero, 16);
}

static void check_library_many(struct fixture *f, size_t count)
{
    struct visitor *visitors = calloc(count, sizeof *visitors);
    char(*names)[12] = calloc(count, sizeof *names);
    int64_t stored;
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        visitors[i].name = names[i];
    }
    visitors[1].id[0] = 1;
    ok(f->s, visitor_insert_many(f->s, visitors, count));
    for (size_t i = 3; i < count; i++)
        assert_true(is_version(visitors[i].id, 7) && memcmp(visitors[i - 1].id, visitors[i].id, 16) < 0);
    ok(f->other, visitor_count(visitor_query(f->other), &stored));
    assert_int_equal(stored, count);
    for (size_t i = 0; i < count; i += 9) {
        struct visitor *read;
        ok(f->other, visitor_find(f->other, visitors[i].id, &read));
        assert_text(read->name, names[i]);
    }
    free(names);
    free(visitors);
}

static void test_library_many(void **state)
{
    struct fixture *f = *state;
    check_library_many(f, 50);
}

static void test_library_very_many(void **state)
{
    check_library_many(*state, 2500);
}

/* A part of a composite key that the library makes: while it is zero, the record is unsaved. */
static void test_library_composite(void **state)
{
    struct fixture *f = *state;
    struct visitor visitor = {.name = "guest"};
    struct stay stays[3] = {{.nights = 1}, {.nights = 2}, {.nights = 3}}, *read;
    struct stay_list list;
    ok(f->s, visitor_save(f->s, &visitor));
    for (size_t i = 0; i < 3; i++)
        memcpy(stays[i].visitor_id, visitor.id, 16);
    reset_statements(f);
    ok(f->s, stay_save(f->s, &stays[0]));
    ok(f->s, stay_insert_many(f->s, &stays[1], 2));
    assert_statements(f, fixture_is_sqlite() ? 3 : 2);
    assert_true(is_version(stays[0].id, 7));
    ok(f->other, stay_find(f->other, visitor.id, stays[2].id, &read));
    assert_int_equal(read->nights, 3);
    ok(f->s, visitor_stays(f->s, &visitor, &list));
    assert_int_equal(list.count, 3);
    stays[0].nights = 9;
    ok(f->s, stay_save(f->s, &stays[0]));
    ok(f->other, stay_find(f->other, visitor.id, stays[0].id, &read));
    assert_int_equal(read->nights, 9);
}

static void test_library_graph(void **state)
{
    struct fixture *f = *state;
    struct visitor visitors[2] = {{.name = "a"}, {.name = "b"}};
    struct stay stays[2] = {{.nights = 1}, {.nights = 2}}, *read;
    struct ar_graph graph = {.session = f->s};
    stay_set_visitor(&graph, &stays[0], &visitors[0]);
    stay_set_visitor(&graph, &stays[1], &visitors[1]);
    ok(f->s, ar_graph_save(&graph));
    assert_statements(f, fixture_is_sqlite() ? 4 : 2);
    assert_memory_equal(stays[1].visitor_id, visitors[1].id, 16);
    ok(f->other, stay_find(f->other, visitors[1].id, stays[1].id, &read));
    assert_int_equal(read->nights, 2);
}

/* The UUIDs of a record that updates a row are those of the row. */
static void test_library_upsert(void **state)
{
    struct fixture *f = *state;
    struct visitor first = {.name = "first"};
    ok(f->s, visitor_save(f->s, &first));
    struct visitor both[2] = {{.name = "first"}, {.name = "second"}}, *read;
    enum ar_upsert_effect effects[2];
    const struct ar_column *none[] = {NULL};
    const struct ar_upsert how = {.by = visitor_column.name.column, .update = none};
    ok(f->s, visitor_upsert_many(f->s, both, 2, &how, effects, NULL));
    assert_int_equal(effects[0], AR_UPSERT_UPDATED);
    assert_int_equal(effects[1], AR_UPSERT_INSERTED);
    assert_memory_equal(both[0].id, first.id, 16);
    assert_memory_equal(both[0].token, first.token, 16);
    ok(f->other, visitor_find(f->other, both[1].id, &read));
    assert_text(read->name, "second");

    struct visitor third = {.name = "third"};
    ok(f->s, visitor_upsert(f->s, &third, NULL, NULL));
    assert_true(is_version(third.id, 7));
}

/* ---- Made by the database ---------------------------------------------------------------------------------------- */

static void test_database_single(void **state)
{
    struct fixture *f = *state;
    struct ticket ticket = {.seat = "12a"}, own = {.id = {1}, .code = {2}, .seat = "12b"}, *read;
    ok(f->s, ticket_save(f->s, &ticket));
    ok(f->s, ticket_save(f->s, &own));
    assert_statements(f, 2);
    assert_true(is_version(ticket.id, 4) && is_version(ticket.code, 4));
    assert_memory_not_equal(ticket.id, ticket.code, 16);
    assert_memory_equal(own.id, ((uint8_t[16]){1}), 16);
    assert_memory_equal(own.code, ((uint8_t[16]){2}), 16);
    ok(f->other, ticket_find(f->other, ticket.id, &read));
    assert_memory_equal(read->code, ticket.code, 16);

    ticket.seat = "13a";
    reset_statements(f);
    ok(f->s, ticket_save(f->s, &ticket));
    ok(f->s, ticket_save(f->s, &ticket));
    assert_statements(f, 1);
    ok(f->other, ticket_reload(f->other, read));
    assert_text(read->seat, "13a");
}

/* PostgreSQL draws the keys first; SQLite inserts the rows one by one, within the process. */
static void check_database_many(struct fixture *f, size_t count)
{
    struct ticket *tickets = calloc(count, sizeof *tickets);
    char(*seats)[12] = calloc(count, sizeof *seats);
    for (size_t i = 0; i < count; i++) {
        snprintf(seats[i], sizeof seats[i], "s%zu", i);
        tickets[i].seat = seats[i];
        tickets[i].code[0] = count > 100; /* COPY returns no defaults */
    }
    tickets[1].id[0] = 1;
    reset_statements(f);
    ok(f->s, ticket_insert_many(f->s, tickets, count));
    if (!fixture_is_sqlite())
        assert_statements(f, 2);
    assert_memory_equal(tickets[1].id, ((uint8_t[16]){1}), 16);
    for (size_t i = 0; i < count; i += 11) {
        struct ticket *read;
        assert_true(is_version(tickets[i].id, 4));
        ok(f->other, ticket_find(f->other, tickets[i].id, &read));
        assert_text(read->seat, seats[i]);
        assert_memory_equal(read->code, tickets[i].code, 16);
    }
    free(seats);
    free(tickets);
}

static void test_database_many(void **state)
{
    check_database_many(*state, 50);
}

static void test_database_very_many(void **state)
{
    check_database_many(*state, 2500);
}

static void test_database_graph(void **state)
{
    struct fixture *f = *state;
    struct ticket tickets[3] = {{.seat = "1"}, {.seat = "2"}, {.seat = "3"}}, *read;
    struct stamp stamps[3] = {{.number = 1}, {.number = 2}, {.number = 3}};
    struct ar_graph graph = {.session = f->s};
    for (size_t i = 0; i < 3; i++)
        stamp_set_ticket(&graph, &stamps[i], &tickets[i]);
    ok(f->s, ar_graph_save(&graph));
    assert_statements(f, fixture_is_sqlite() ? 6 : 3);
    for (size_t i = 0; i < 3; i++) {
        assert_memory_equal(stamps[i].ticket_id, tickets[i].id, 16);
        ok(f->other, ticket_find(f->other, tickets[i].id, &read));
        assert_text(read->seat, tickets[i].seat);
    }
}

/* A table of another program, without a default. */
static void test_no_default(void **state)
{
    struct fixture *f = *state;
    struct ticket tickets[2] = {{.seat = "1"}, {.seat = "2"}};
    int64_t count;
    run_sql(f, "DROP TABLE stamps");
    run_sql(f, "DROP TABLE tickets");
    run_sql(f, fixture_is_sqlite() ? "CREATE TABLE tickets (id BLOB PRIMARY KEY, code BLOB DEFAULT x'', seat TEXT)"
                                   : "CREATE TABLE tickets (id uuid UNIQUE, code uuid, seat text)");
    fails(f->s, AR_INVALID, ticket_save(f->s, &tickets[0]));
    assert_error_names(f->s, "column id of table tickets has no DEFAULT");
    fails(f->s, AR_INVALID, ticket_insert_many(f->s, tickets, 2));
    ok(f->other, ticket_count(ticket_query(f->other), &count));
    assert_int_equal(count, 0);
}

/* ---- Stored as strings ------------------------------------------------------------------------------------------- */

static void test_text_round_trip(void **state)
{
    struct fixture *f = *state;
    struct folder root = {.name = "root"}, child = {.name = "child", .owner = {7}}, *read;
    char text[AR_UUID_LENGTH + 1], sql[200];
    ok(f->s, folder_save(f->s, &root));
    assert_true(is_version(root.id, 4) && is_version(root.link, 7));
    memcpy(child.parent_id, root.id, 16);
    ok(f->s, folder_save(f->s, &child));
    assert_statements(f, 2);
    ar_uuid_format(child.id, text);
    snprintf(sql, sizeof sql, "UPDATE folders SET name = 'found' WHERE id = '%s'", text);
    run_sql(f, sql);
    ok(f->other, folder_find(f->other, child.id, &read));
    assert_text(read->name, "found");
    assert_memory_equal(read->parent_id, root.id, 16);
    assert_memory_equal(read->link, child.link, 16);

    memcpy(read->parent_id, zero, 16);
    ok(f->other, folder_save(f->other, read));
    ok(f->s, folder_reload(f->s, &child));
    assert_memory_equal(child.parent_id, zero, 16);
}

static void given_folders(struct fixture *f, struct folder folders[4])
{
    memset(folders, 0, 4 * sizeof *folders);
    for (size_t i = 0; i < 4; i++) {
        folders[i].name = "folder";
        folders[i].id[0] = (uint8_t)(0xa0 + i);
        if (i > 0)
            memcpy(folders[i].parent_id, folders[0].id, 16);
        add_row(f, &folder_model, &folders[i]);
    }
    reset_statements(f);
}

static void test_text_conditions(void **state)
{
    struct fixture *f = *state;
    struct folder folders[4];
    struct folder_list list;
    uint8_t ids[2][16];
    given_folders(f, folders);
    memcpy(ids[0], folders[3].id, 16);
    memcpy(ids[1], folders[0].id, 16);
    struct folder_query *q = folder_query(f->s);
    folder_where(q, ar_and(ar_in(folder_column.id, ids[0], 2), ar_ge(folder_column.id, ids[0])));
    ok(f->s, folder_all(q, &list));
    assert_int_equal(list.count, 1);
    assert_memory_equal(list.items[0]->id, ids[0], 16);

    q = folder_query(f->s);
    folder_where(q, ar_ne(folder_column.parent_id, ids[0]));
    folder_order_by(q, ar_desc(folder_column.id));
    folder_with_parent(q);
    ok(f->s, folder_all(q, &list));
    assert_int_equal(list.count, 3);
    assert_memory_equal(list.items[0]->id, ids[0], 16);

    q = folder_query(f->s);
    folder_where(q, ar_eq_column(folder_column.id, folder_column.owner));
    fails(f->s, AR_MISUSE, folder_all(q, &list));
    assert_error_names(f->s, "stored in different forms");
}

static void test_text_relations(void **state)
{
    struct fixture *f = *state;
    struct folder folders[4], *parent;
    struct folder_list list, children;
    given_folders(f, folders);
    struct folder_query *q = folder_query(f->s);
    folder_order_by(q, ar_asc(folder_column.id));
    folder_with_folders(q);
    ok(f->s, folder_all(q, &list));
    assert_statements(f, 2);
    ok(f->s, folder_folders(f->s, list.items[0], &children));
    assert_int_equal(children.count, 3);
    ok(f->s, folder_parent(f->s, children.items[0], &parent));
    assert_ptr_equal(parent, list.items[0]);
    assert_statements(f, 0);
}

static void test_text_many(void **state)
{
    struct fixture *f = *state;
    struct folder *folders = calloc(2500, sizeof *folders), *read;
    ok(f->s, folder_insert_many(f->s, folders, 40)); /* with arrays */
    for (size_t i = 40; i < 2500; i++)
        memcpy(folders[i].parent_id, folders[i % 40].id, 16);
    ok(f->s, folder_insert_many(f->s, folders + 40, 2460)); /* by COPY */
    for (size_t i = 0; i < 2500; i += 13) {
        ok(f->other, folder_find(f->other, folders[i].id, &read));
        assert_memory_equal(read->parent_id, folders[i].parent_id, 16);
        assert_memory_equal(read->link, folders[i].link, 16);
    }
    free(folders);
}

/* A table of another program: upper case is read; a BLOB, or a string that is not a UUID, is refused. */
static void test_text_of_others(void **state)
{
    struct fixture *f = *state;
    struct folder *read;
    uint8_t id[16];
    run_sql(f, "DROP TABLE folders");
    run_sql(f, fixture_is_sqlite()
                   ? "CREATE TABLE folders (id TEXT PRIMARY KEY COLLATE NOCASE, parent_id, link, owner, name)"
                   : "CREATE TABLE folders (id char(36) PRIMARY KEY, parent_id varchar(40), link text, owner uuid,"
                     " name text)");
    run_sql(f, "INSERT INTO folders VALUES ('0190B6C8-3A5E-7CC1-8F3A-2B6D5E4F1A09', NULL,"
               " '0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09', NULL, 'a')");
    assert_true(ar_uuid_parse("0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09", id));
    ok(f->s, folder_first(folder_query(f->s), &read));
    assert_memory_equal(read->id, id, 16);
    assert_memory_equal(read->link, id, 16);
    if (fixture_is_sqlite())
        ok(f->s, folder_find(f->s, id, &read));
    else
        fails(f->s, AR_NOT_FOUND, folder_find(f->s, id, &read));

    ar_session_clear(f->s);
    run_sql(f, "UPDATE folders SET link = '0190b6c8'");
    fails(f->s, AR_INVALID, folder_first(folder_query(f->s), &read));
    assert_error_names(f->s, "column link of table folders has a string that is not a UUID of 36 characters");
    run_sql(f, "DROP TABLE folders");
    run_sql(f, fixture_is_sqlite()
                   ? "CREATE TABLE folders (id, parent_id, link, owner, name)"
                   : "CREATE TABLE folders (id uuid, parent_id text, link text, owner text, name text)");
    run_sql(f, fixture_is_sqlite() ? "INSERT INTO folders (id) VALUES (zeroblob(16))"
                                   : "INSERT INTO folders (id) VALUES (gen_random_uuid())");
    fails(f->s, AR_INVALID, folder_first(folder_query(f->s), &read));
    assert_error_names(f->s, "remove AR_STORED_AS(text)");
    run_sql(f, "DELETE FROM folders");
    run_sql(f, fixture_is_sqlite() ? "INSERT INTO folders VALUES ('0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09', NULL, '', '',"
                                     " '')"
                                   : "ALTER TABLE folders ALTER COLUMN id TYPE text");
    if (!fixture_is_sqlite())
        run_sql(f, "INSERT INTO folders VALUES ('0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09', NULL,"
                   " '0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09', '0190b6c8-3a5e-7cc1-8f3a-2b6d5e4f1a09', '')");
    run_sql(f, "UPDATE folders SET link = id, owner = id");
    fails(f->s, AR_INVALID, folder_first(folder_query(f->s), &read));
    assert_error_names(f->s, "declare the field AR_UUID AR_STORED_AS(text)");
}

/* ---- AR_DEFAULT("uuidv7()") -------------------------------------------------------------------------------------- */

/* Servers before PostgreSQL 18 get a function of this name; the one that is built in comes before it. */
static int open_parcels(void **state)
{
    if (fixture_open(state, &visitor_model) != 0)
        return -1;
    struct fixture *f = *state;
    run_sql(f, "DROP TABLE IF EXISTS scans; DROP TABLE IF EXISTS parcels");
    if (!fixture_is_sqlite())
        run_sql(f, "CREATE OR REPLACE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql VOLATILE AS"
                   " 'SELECT overlay(gen_random_uuid()::text PLACING ''7'' FROM 15 FOR 1)::uuid'");
    ok(f->s, ar_create_tables(f->s, &parcel_model, &scan_model));
    reset_statements(f);
    return 0;
}

/* S-634: the record has the key of its row. */
static void test_default_v7(void **state)
{
    struct fixture *f = *state;
    struct parcel parcel = {.address = "Rome"}, *read;
    struct scan scan = {.place = 7}, *read_scan;
    ok(f->s, parcel_save(f->s, &parcel));
    assert_statements(f, 1);
    assert_true(is_version(parcel.id, 7));
    memcpy(scan.parcel_id, parcel.id, 16);
    ok(f->s, scan_insert(f->s, &scan));
    assert_statements(f, 1);
    assert_true(is_version(scan.id, 7));
    ar_session_clear(f->s);
    ok(f->s, parcel_find(f->s, parcel.id, &read));
    assert_text(read->address, "Rome");
    ok(f->s, scan_find(f->s, parcel.id, scan.id, &read_scan));
    assert_int_equal(read_scan->place, 7);
}

static void test_default_v7_many(void **state)
{
    struct fixture *f = *state;
    struct parcel parcels[300] = {{.address = "first"}, {.address = "given"}}, *read;
    int64_t count;
    assert_true(ar_uuid_v7(parcels[1].id));
    ok(f->s, parcel_insert_many(f->s, parcels, 300));
    ok(f->other, parcel_count(parcel_query(f->other), &count));
    assert_int_equal(count, 300);
    for (size_t i = 0; i < 300; i++) {
        assert_true(is_version(parcels[i].id, 7));
        ok(f->other, parcel_find(f->other, parcels[i].id, &read));
        assert_text(read->address, parcels[i].address);
    }
}

#define test(function) cmocka_unit_test_setup_teardown(function, open_uuids, fixture_close)
#define test_parcels(function) cmocka_unit_test_setup_teardown(function, open_parcels, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_v7_ascends),
        cmocka_unit_test(test_v7_in_threads),
        cmocka_unit_test(test_v7_after_fork),
        cmocka_unit_test(test_strings),
        test(test_library_single),
        test(test_library_failure),
        test(test_library_many),
        test(test_library_very_many),
        test(test_library_composite),
        test(test_library_graph),
        test(test_library_upsert),
        test(test_database_single),
        test(test_database_many),
        test(test_database_very_many),
        test(test_database_graph),
        test(test_no_default),
        test(test_text_round_trip),
        test(test_text_conditions),
        test(test_text_relations),
        test(test_text_many),
        test(test_text_of_others),
        test_parcels(test_default_v7),
        test_parcels(test_default_v7_many),
    };
    return cmocka_run_group_tests_name("uuids", tests, NULL, NULL);
}
