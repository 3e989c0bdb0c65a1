/* A differential fuzzer: perform random operations on random rows, each through Armature and as plain SQL on a shadow
 * database, and compare every result. If results differ, print the operations and the seed.
 *
 *     differential [--first SEED] [--seeds COUNT] [--steps COUNT] [--seconds LIMIT]
 *
 * The database is that of ARMATURE_TEST_URL, or SQLite in memory. The seeds run once with foreign key constraints and
 * once without; with --seconds, new seeds run until the time limit. */
#include "operations.h"
#include "world.ar.h"

#include <stdlib.h>
#include <string.h>

static const struct ar_model *const models[] = {&node_model, &shelf_model, &item_model,
                                                &tag_model,  &note_model,  &crate_model};
enum { MODEL_COUNT = sizeof models / sizeof *models };

struct options {
    uint64_t first;
    uint64_t seeds;
    uint64_t steps;
    uint64_t seconds; /* 0: no limit */
};

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static const char *url(void)
{
    const char *given = getenv("ARMATURE_TEST_URL");

    return given != NULL ? given : "sqlite::memory:";
}

static void drop_tables(struct world *w)
{
    bool is_sqlite = strncmp(url(), "sqlite:", strlen("sqlite:")) == 0;

    for (size_t i = MODEL_COUNT; i-- > 0;) {
        char *sql = text_of("DROP TABLE IF EXISTS %s%s", models[i]->sql, is_sqlite ? "" : " CASCADE");
        expect_ok(w, ar_execute(w->s, sql));
        free(sql);
    }
}

/* Drop the constraints: in PostgreSQL an ordinary user cannot disable them. */
static void drop_foreign_keys(struct world *w)
{
    if (strncmp(url(), "sqlite:", strlen("sqlite:")) == 0)
        return;
    expect_ok(w, ar_execute(w->s, "DO $$ DECLARE c record; BEGIN"
                                  " FOR c IN SELECT conname, conrelid::regclass AS t FROM pg_constraint"
                                  " WHERE contype = 'f' LOOP"
                                  " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);"
                                  " END LOOP; END $$"));
}

static void open_world(struct world *w, bool has_foreign_keys)
{
    const struct ar_db_options options = {.no_foreign_keys = !has_foreign_keys};

    *w = (struct world){.models = models, .model_count = MODEL_COUNT, .has_foreign_keys = has_foreign_keys};
    w->log = open_memstream(&w->log_text, &w->log_size);
    if (ar_db_open(url(), &options, &w->db) != AR_OK || ar_session_open(w->db, NULL, &w->s) != AR_OK) {
        fprintf(stderr, "%s\n", ar_db_error(w->db)->message);
        exit(1);
    }
    drop_tables(w);
    expect_ok(w, ar_create_table_list(w->s, models, MODEL_COUNT));
    if (!has_foreign_keys)
        drop_foreign_keys(w);
    w->shadow = shadow_open(models, MODEL_COUNT, has_foreign_keys);
}

static void close_world(struct world *w)
{
    ar_session_close(w->s);
    ar_db_close(w->db);
    shadow_close(w->shadow);
    fclose(w->log);
    free(w->log_text);
}

/* ---- One seed ---------------------------------------------------------------------------------------------------- */

/* Empty the tables, and open a session with other options. */
static void begin_seed(struct world *w, uint64_t seed)
{
    struct ar_session_options options = {0};

    w->seed = seed;
    w->is_uncertain = false;
    w->random = seed;
    rewind(w->log);
    for (size_t i = MODEL_COUNT; i-- > 0;) {
        char *sql = text_of("DELETE FROM %s", models[i]->sql);
        expect_ok(w, ar_execute(w->s, sql));
        shadow_run(w->shadow, sql);
        free(sql);
    }
    ar_session_close(w->s);
    options.cache_max_size = (uint32_t)random_below(&w->random, 3);
    options.cache_off = random_one_in(&w->random, 8);
    if (ar_session_open(w->db, &options, &w->s) != AR_OK)
        abort();
}

static void step(struct world *w)
{
    static void (*const operations[])(struct world * w) = {
        read_one,      read_many,          read_many,          read_aggregate,   read_relation,
        read_relation, read_relation,      read_explicitly,    write_struct,     write_struct,
        write_struct,  write_held,         write_held,         delete_held,      write_many,
        write_many,    change_transaction, change_transaction, forget_relations,
    };

    if (random_one_in(&w->random, 40))
        write_by_condition(w);
    else if (random_one_in(&w->random, 60))
        write_sql(w);
    else if (random_one_in(&w->random, 60))
        clear_session(w);
    else
        operations[random_below(&w->random, sizeof operations / sizeof *operations)](w);
    check_held(w);
}

static void run_seed(struct world *w, uint64_t seed, uint64_t steps)
{
    begin_seed(w, seed);
    for (uint64_t i = 0; i < steps; i++)
        step(w);
    end_transactions(w);
    clear_session(w);
}

/* ---- All seeds --------------------------------------------------------------------------------------------------- */

static void run(const struct options *options, bool has_foreign_keys)
{
    struct world w;
    time_t end = time(NULL) + (time_t)options->seconds;
    uint64_t seed = options->first;

    open_world(&w, has_foreign_keys);
    for (; options->seconds > 0 ? time(NULL) < end : seed < options->first + options->seeds; seed++)
        run_seed(&w, seed, options->steps);
    close_world(&w);
    printf("seeds %llu to %llu, %llu steps each, foreign keys %s\n", (unsigned long long)options->first,
           (unsigned long long)seed - 1, (unsigned long long)options->steps, has_foreign_keys ? "on" : "off");
}

static uint64_t *option_of(struct options *options, const char *name)
{
    if (strcmp(name, "--first") == 0)
        return &options->first;
    if (strcmp(name, "--seeds") == 0)
        return &options->seeds;
    if (strcmp(name, "--steps") == 0)
        return &options->steps;
    return strcmp(name, "--seconds") == 0 ? &options->seconds : NULL;
}

int main(int argc, char **argv)
{
    struct options options = {.first = 1, .seeds = 100, .steps = 200};

    for (int i = 1; i < argc; i += 2) {
        uint64_t *option = option_of(&options, argv[i]);
        if (option == NULL || i + 1 == argc) {
            fprintf(stderr, "usage: %s [--first SEED] [--seeds COUNT] [--steps COUNT] [--seconds LIMIT]\n", argv[0]);
            return 2;
        }
        *option = strtoull(argv[i + 1], NULL, 10);
    }
    run(&options, true);
    run(&options, false);
    return 0;
}
