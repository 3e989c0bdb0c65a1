/* The client of a misbehaving server: for each seed, a session that reads, loads relations and writes. Any call may
 * fail; none may crash, read out of bounds, hang, or return invalid values.
 *
 *     fuzz_postgresql_wire [--first <seed>] [--seeds <count>]
 */
#include "../random.h"
#include "server.h"
#include "wire.ar.h"

#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANY = 2000 };

static volatile sig_atomic_t latest; /* the seed, truncated */
static uint64_t touched;             /* checksum of everything that was read, so that sanitizers check it */
static size_t calls, failures;

static void fail(const char *what)
{
    fprintf(stderr, "seed %lu: %s\n", (unsigned long)latest, what);
    abort();
}

static void on_hang(int number)
{
    (void)number;
    fail("a call hangs");
}

static void touch(const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        touched += ((const uint8_t *)bytes)[i];
}

static void touch_text(const char *text)
{
    touch(text, text != NULL ? strlen(text) : 0);
}

static void touch_owner(const struct owner *owner)
{
    touch_text(owner->name);
    touch_text(owner->code);
    touch(owner->body.data, owner->body.size);
    touch(owner->mark, sizeof owner->mark);
    if (owner->color != RED && owner->color != GREEN)
        fail("an enum out of range");
    if (owner->seen_at.tv_nsec < 0 || owner->seen_at.tv_nsec >= 1000000000)
        fail("nanoseconds out of range");
    if (*(const uint8_t *)&owner->is_good > 1)
        fail("a bool out of range");
}

/* Fail unless the status is one that a caller can handle, with a message fit for a log. */
static bool check(const struct ar_session *s, enum ar_status status)
{
    const char *message = ar_session_error(s)->message;

    calls++;
    if (status == AR_OK)
        return true;
    failures++;
    if (latest == 0) /* an honest server */
        fail(message);
    if (status > AR_UNKNOWN_OUTCOME || *message == '\0')
        fail(ar_status_name(status));
    for (; *message != '\0'; message++)
        if ((unsigned char)*message < ' ')
            fail("a control character in a message");
    return false;
}

static void read_all(struct ar_session *s, uint64_t *random)
{
    struct owner_list owners;
    struct pet_list pets;
    struct owner_query *query = owner_query(s);
    struct pet_query *sub = random_one_in(random, 2) ? owner_with_pets(query) : NULL;

    if (sub != NULL && random_one_in(random, 3))
        pet_limit(sub, 2);
    if (random_one_in(random, 2))
        ar_query_plan(query, AR_PLAN_ONE_TRIP);
    if (!check(s, owner_all(query, &owners)))
        return;
    for (size_t i = 0; i < owners.count; i++) {
        touch_owner(owners.items[i]);
        if (!check(s, owner_pets(s, owners.items[i], &pets)))
            return;
        for (size_t k = 0; k < pets.count; k++)
            touch_text(pets.items[k]->kind_name);
    }
}

static void read_targets(struct ar_session *s)
{
    struct pet_list pets;
    struct owner *owner;
    struct kind *kind;

    if (!check(s, pet_all(pet_query(s), &pets)))
        return;
    for (size_t i = 0; i < pets.count; i++) {
        if (!check(s, pet_owner(s, pets.items[i], &owner)) || !check(s, pet_kind(s, pets.items[i], &kind)))
            return;
        if (owner != NULL)
            touch_owner(owner);
        if (kind != NULL)
            touch_text(kind->name);
    }
}

static void aggregate(struct ar_session *s)
{
    struct ar_value value;
    int64_t number;
    bool exists;

    (void)check(s, owner_count(owner_query(s), &number));
    (void)check(s, owner_exists(owner_query(s), &exists));
    if (check(s, owner_sum(owner_query(s), owner_column.medium, &value)) && value.kind == AR_VALUE_TEXT)
        touch(value.bytes.data, value.bytes.size);
    if (check(s, owner_max(owner_query(s), owner_column.made_at, &value)) && value.kind != AR_VALUE_NULL &&
        value.kind != AR_VALUE_TIME)
        fail("the latest time is not a time");
}

static void write_some(struct ar_session *s, uint64_t *random)
{
    struct owner owner = {.code = "c"}, *found;
    struct owner few[3] = {{.name = "a"}, {.name = "b"}, {.name = "c"}};

    (void)check(s, owner_save(s, &owner));
    if (check(s, owner_find(s, 1, &found))) {
        touch_owner(found);
        found->medium++;
        (void)check(s, owner_save(s, found));
        if (check(s, owner_reload(s, found)))
            touch_owner(found);
    }
    (void)check(s, owner_insert_many(s, few, 3));
    (void)check(s, owner_update_all(owner_query(s), ar_set(owner_column.medium, 7), NULL));
    if (latest != 0 && !random_one_in(random, 6))
        return;
    struct owner *many = calloc(MANY, sizeof *many);
    for (size_t i = 0; i < MANY && many != NULL; i++)
        many[i].name = "n";
    if (many != NULL)
        (void)check(s, owner_insert_many(s, many, MANY));
    free(many);
}

static void use_session(struct ar_session *s, uint64_t *random)
{
    struct ar_position position;

    for (int call = 0; call < 6; call++) {
        switch (random_below(random, 7)) {
        case 0:
            read_all(s, random);
            break;
        case 1:
            read_targets(s);
            break;
        case 2:
            aggregate(s);
            break;
        case 3:
            write_some(s, random);
            break;
        case 4:
            if (check(s, ar_begin(s))) {
                write_some(s, random);
                (void)check(s, random_one_in(random, 2) ? ar_commit(s) : ar_rollback(s));
            }
            break;
        case 5:
            (void)check(s, ar_session_position(s, &position));
            (void)check(s, ar_execute(s, "SET work_mem = 1000"));
            break;
        default:
            ar_session_clear(s);
        }
    }
}

/* ---- Results and connections of libpq ---------------------------------------------------------------------------- */

/* The number of results and connections that the runtime received and has not freed. */
static int held;

PGresult *__real_PQgetResult(PGconn *connection);
PGresult *__wrap_PQgetResult(PGconn *connection);
void __real_PQclear(PGresult *result);
void __wrap_PQclear(PGresult *result);
PGconn *__real_PQconnectdbParams(const char *const *names, const char *const *values, int expand);
PGconn *__wrap_PQconnectdbParams(const char *const *names, const char *const *values, int expand);
void __real_PQfinish(PGconn *connection);
void __wrap_PQfinish(PGconn *connection);
const char *__lsan_default_suppressions(void);

PGresult *__wrap_PQgetResult(PGconn *connection)
{
    PGresult *result = __real_PQgetResult(connection);

    held += result != NULL;
    return result;
}

void __wrap_PQclear(PGresult *result)
{
    held -= result != NULL;
    __real_PQclear(result);
}

PGconn *__wrap_PQconnectdbParams(const char *const *names, const char *const *values, int expand)
{
    PGconn *connection = __real_PQconnectdbParams(names, values, expand);

    held += connection != NULL;
    return connection;
}

void __wrap_PQfinish(PGconn *connection)
{
    held -= connection != NULL;
    __real_PQfinish(connection);
}

/* libpq leaks an internal result if the server closes the connection in the middle of it. The suppression
 * names the library, because LeakSanitizer cannot resolve its functions without llvm-symbolizer. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libpq.so";
}

/* ---- A seed ------------------------------------------------------------------------------------------------------ */

static void run_seed(struct server *server, uint64_t seed)
{
    uint64_t random = seed;
    struct ar_db *db;
    struct ar_session *s;
    enum ar_status status;

    latest = (sig_atomic_t)seed;
    (void)alarm(60);
    server_set_seed(server, seed);
    status = ar_db_open(server_url(server), NULL, &db);
    if (status == AR_OK && ar_session_open(db, NULL, &s) == AR_OK) {
        use_session(s, &random);
        ar_session_close(s);
    } else if (seed == 0 || *ar_db_error(db)->message == '\0') {
        fail(ar_db_error(db)->message);
    }
    ar_db_close(db);
    if (held != 0)
        fail("a result or a connection of libpq was not freed");
}

int main(int count, char **arguments)
{
    uint64_t first = 0, seeds = 100;
    struct server *server;

    for (int i = 1; i + 1 < count; i += 2) {
        uint64_t number = strtoull(arguments[i + 1], NULL, 10);
        if (strcmp(arguments[i], "--first") == 0)
            first = number;
        else if (strcmp(arguments[i], "--seeds") == 0)
            seeds = number;
    }
    (void)signal(SIGALRM, on_hang);
    server = server_start();
    for (uint64_t seed = first; seed < first + seeds; seed++)
        run_seed(server, seed);
    server_stop(server);
    printf("seeds %llu to %llu: %zu calls, %zu of which failed; sum %llx\n", (unsigned long long)first,
           (unsigned long long)(first + seeds - 1), calls, failures, (unsigned long long)touched);
    return 0;
}
