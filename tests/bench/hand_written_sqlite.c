/* The reference: what a careful programmer writes on sqlite3 alone. Prepared statements that are kept, one arena for
 * texts and one growing array per kind of row that are kept as well, a read transaction around each unit of work, no
 * malloc per row. Rows come by sqlite3_step and sqlite3_column: the aggregate function that Armature has SQLite call
 * with each row is faster, but is not what one writes by hand. The structs are the models' own. */
#include "blog.h"
#include "data.h"
#include "rows.h"
#include "workload.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* One workload's connection, statements and rows. Of a tree, parents[i]'s children are the ten from first_child[i]. */
struct reference {
    sqlite3 *db;
    sqlite3_stmt *begin;
    sqlite3_stmt *commit;
    sqlite3_stmt *first;
    sqlite3_stmt *second;
    struct arena texts;
    struct person *people;
    struct user *users;
    struct post *posts;
    size_t *first_child;
    size_t person_count, person_capacity;
    size_t user_count, user_capacity;
    size_t post_count, post_capacity;
};

static void check(const struct reference *reference, int result)
{
    if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE)
        bench_fail("sqlite3", sqlite3_errmsg(reference->db));
}

static sqlite3_stmt *prepare(const struct reference *reference, const char *sql)
{
    sqlite3_stmt *statement;
    check(reference, sqlite3_prepare_v3(reference->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static struct reference *reference_open(const char *url, const char *first, const char *second)
{
    struct reference *reference = calloc(1, sizeof *reference);
    if (reference == NULL)
        bench_fail("reference", "out of memory");
    check(reference,
          sqlite3_open_v2(bench_sqlite_path(url), &reference->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    check(reference, sqlite3_exec(reference->db, DATA_PAGE_CACHE, NULL, NULL, NULL));
    reference->begin = prepare(reference, "BEGIN");
    reference->commit = prepare(reference, "COMMIT");
    reference->first = prepare(reference, first);
    reference->second = second != NULL ? prepare(reference, second) : NULL;
    return reference;
}

static void reference_close(void *side)
{
    struct reference *reference = side;
    sqlite3_finalize(reference->begin);
    sqlite3_finalize(reference->commit);
    sqlite3_finalize(reference->first);
    sqlite3_finalize(reference->second);
    check(reference, sqlite3_close(reference->db));
    arena_free(&reference->texts);
    free(reference->people);
    free(reference->users);
    free(reference->posts);
    free(reference->first_child);
    free(reference);
}

static void run(const struct reference *reference, sqlite3_stmt *statement)
{
    check(reference, sqlite3_step(statement));
    check(reference, sqlite3_reset(statement));
}

static void begin(struct reference *reference)
{
    arena_reset(&reference->texts);
    reference->person_count = reference->user_count = reference->post_count = 0;
    run(reference, reference->begin);
}

static const char *text_column(struct reference *reference, sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    if (text == NULL)
        return NULL;
    size_t size = (size_t)sqlite3_column_bytes(row, column) + 1;
    return memcpy(arena_take(&reference->texts, size), text, size);
}

static void read_user(struct reference *reference, sqlite3_stmt *row)
{
    reference->users =
        reserve(reference->users, reference->user_count + 1, &reference->user_capacity, sizeof(struct user));
    struct user *user = &reference->users[reference->user_count++];
    user->id = sqlite3_column_int64(row, 0);
    user->name = text_column(reference, row, 1);
    user->email = text_column(reference, row, 2);
    user->hair_color = text_column(reference, row, 3);
    user->age = sqlite3_column_int(row, 4);
    user->score = sqlite3_column_double(row, 5);
    user->active = sqlite3_column_int(row, 6) != 0;
    user->created_at = sqlite3_column_int64(row, 7);
}

static void read_post(struct reference *reference, sqlite3_stmt *row)
{
    reference->posts =
        reserve(reference->posts, reference->post_count + 1, &reference->post_capacity, sizeof(struct post));
    struct post *post = &reference->posts[reference->post_count++];
    post->id = sqlite3_column_int64(row, 0);
    post->user_id = sqlite3_column_int64(row, 1);
    post->title = text_column(reference, row, 2);
    post->body = text_column(reference, row, 3);
    post->views = sqlite3_column_int64(row, 4);
    post->created_at = sqlite3_column_int64(row, 5);
}

/* ---- 10,000 rows of 5 columns ------------------------------------------------------------------------------------ */

static void *rows_open(const char *url)
{
    return reference_open(url, "SELECT id, name, email, age, score FROM users", NULL);
}

static void rows_load(void *side)
{
    struct reference *reference = side;
    sqlite3_stmt *row = reference->first;
    begin(reference);
    while (sqlite3_step(row) == SQLITE_ROW) {
        reference->people =
            reserve(reference->people, reference->person_count + 1, &reference->person_capacity, sizeof(struct person));
        struct person *person = &reference->people[reference->person_count++];
        person->id = sqlite3_column_int64(row, 0);
        person->name = text_column(reference, row, 1);
        person->email = text_column(reference, row, 2);
        person->age = sqlite3_column_int(row, 3);
        person->score = sqlite3_column_double(row, 4);
    }
    check(reference, sqlite3_reset(row));
    run(reference, reference->commit);
}

static uint64_t rows_checksum(void *side)
{
    const struct reference *reference = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < reference->person_count; i++)
        sum = checksum_person(sum, &reference->people[i]);
    return sum;
}

const struct side sqlite_rows = {rows_open, reference_close, NULL, rows_load, rows_checksum};

/* ---- 1,000 parents with 10 children each ------------------------------------------------------------------------- */

/* The children by one statement whose rows come in the order of the parents, which is faster than one statement per
 * parent and needs no grouping by hash. */
static void *tree_open(const char *url)
{
    return reference_open(
        url, "SELECT id, name, email, hair_color, age, score, active, created_at FROM users WHERE id <= ?1",
        "SELECT p.id, p.user_id, p.title, p.body, p.views, p.created_at FROM users AS u"
        " CROSS JOIN posts AS p ON p.user_id = u.id WHERE u.id <= ?1");
}

static void tree_load(void *side)
{
    struct reference *reference = side;
    begin(reference);
    check(reference, sqlite3_bind_int(reference->first, 1, PARENT_COUNT));
    while (sqlite3_step(reference->first) == SQLITE_ROW)
        read_user(reference, reference->first);
    check(reference, sqlite3_reset(reference->first));

    reference->first_child = realloc(reference->first_child, (reference->user_count + 1) * sizeof(size_t));
    if (reference->first_child == NULL)
        bench_fail("rows", "out of memory");
    size_t parent = 0;
    check(reference, sqlite3_bind_int(reference->second, 1, PARENT_COUNT));
    reference->first_child[0] = 0;
    while (sqlite3_step(reference->second) == SQLITE_ROW) {
        read_post(reference, reference->second);
        while (reference->users[parent].id != reference->posts[reference->post_count - 1].user_id)
            reference->first_child[++parent] = reference->post_count - 1;
    }
    while (parent < reference->user_count)
        reference->first_child[++parent] = reference->post_count;
    check(reference, sqlite3_reset(reference->second));
    run(reference, reference->commit);
}

static uint64_t tree_checksum(void *side)
{
    const struct reference *reference = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < reference->user_count; i++) {
        sum = checksum_user(sum, &reference->users[i]);
        for (size_t child = reference->first_child[i]; child < reference->first_child[i + 1]; child++)
            sum = checksum_post(sum, &reference->posts[child]);
    }
    return sum;
}

const struct side sqlite_tree = {tree_open, reference_close, NULL, tree_load, tree_checksum};

/* ---- 1,000 posts, then the user of each -------------------------------------------------------------------------- */

static void *lazy_open(const char *url)
{
    return reference_open(
        url, "SELECT id, user_id, title, body, views, created_at FROM posts ORDER BY id LIMIT ?1",
        "SELECT id, name, email, hair_color, age, score, active, created_at FROM users WHERE id = ?1");
}

static void lazy_load(void *side)
{
    struct reference *reference = side;
    begin(reference);
    check(reference, sqlite3_bind_int(reference->first, 1, LAZY_POST_COUNT));
    while (sqlite3_step(reference->first) == SQLITE_ROW)
        read_post(reference, reference->first);
    check(reference, sqlite3_reset(reference->first));
    for (size_t i = 0; i < reference->post_count; i++) {
        check(reference, sqlite3_bind_int64(reference->second, 1, reference->posts[i].user_id));
        if (sqlite3_step(reference->second) == SQLITE_ROW)
            read_user(reference, reference->second);
        check(reference, sqlite3_reset(reference->second));
    }
    run(reference, reference->commit);
}

static uint64_t lazy_checksum(void *side)
{
    const struct reference *reference = side;
    uint64_t sum = 0;
    for (size_t i = 0; i < reference->post_count; i++) {
        sum = checksum_post(sum, &reference->posts[i]);
        sum = checksum_user(sum, &reference->users[i]);
    }
    return sum;
}

const struct side sqlite_lazy = {lazy_open, reference_close, NULL, lazy_load, lazy_checksum};
