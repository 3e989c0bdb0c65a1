/* The subcommand verify: migrates each older state, with rows in it, and compares the result with the headers. */
#include "command_options.h"
#include "fill.h"
#include "kept.h"
#include "load.h"
#include "schema/database.h"
#include "schema/findings.h"
#include "schema/source.h"
#include "subcommand.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct verify_call {
    const char *directory;
    const char *database; /* a server on which databases can be created; or NULL */
    struct command_headers headers;
};

struct verification {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct ar_migrations *migrations;
    const struct dialect *dialect;
    const char *server;
    const struct schema *wanted; /* of the headers */
};

/* ---- The command line -------------------------------------------------------------------------------------------- */

static int read_options(struct arena *arena, int argc, char **argv, struct verify_call *call)
{
    const struct command_option options[] = {
        {.name = "db", .value = &call->database},
        {.name = "dir", .value = &call->directory, .is_path = true},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    if (call->database != NULL && !source_is_server(call->database))
        return command_fail_usage("migrate verify --db: a server of PostgreSQL, on which databases can be created", "");
    return command_take_headers(&call->headers, argc, argv, first);
}

/* ---- One state --------------------------------------------------------------------------------------------------- */

static const char *script_of(const struct verification *verification, const struct ar_migration *migration)
{
    return verification->dialect->id == DIALECT_SQLITE ? migration->sql.sqlite : migration->sql.postgresql;
}

/* Return true if an assertion refuses the rows: it is a SELECT. */
static bool is_assertion(const struct ar_error *error)
{
    return error->status == AR_CONSTRAINT && error->sql != NULL && strncasecmp(error->sql, "SELECT", 6) == 0;
}

enum migrate_result { MIGRATE_DONE, MIGRATE_ASSERTED, MIGRATE_FAILED };

/* Apply the first migrations. A failed assertion is a note, any other failure an error. */
static enum migrate_result migrate(const struct verification *verification, const struct scratch *scratch, size_t count,
                                   const char *when)
{
    const struct ar_db_options options = {.no_wal = true, .sqlite_setup = "PRAGMA synchronous = OFF"};
    const struct ar_migrations first = {verification->migrations->items, count};
    struct diagnostics *diagnostics = verification->diagnostics;
    enum migrate_result result = MIGRATE_DONE;
    struct ar_db *db;
    enum ar_status status = ar_db_open(scratch->url, &options, &db);
    if (status == AR_OK)
        status = ar_migrate(db, &first, NULL);
    if (status != AR_OK)
        result = is_assertion(ar_db_error(db)) ? MIGRATE_ASSERTED : MIGRATE_FAILED;
    if (result == MIGRATE_ASSERTED)
        diagnostic_note(diagnostics, (struct location){0}, "%s, an assertion refuses generated rows: %s", when,
                        ar_db_error(db)->message);
    else if (result == MIGRATE_FAILED)
        diagnostic_error(diagnostics, (struct location){0}, "%s: %s", when, ar_db_error(db)->message);
    ar_db_close(db);
    return result;
}

/* Return the schema of the database, or NULL after adding an error. */
static struct schema *read_schema(const struct verification *verification, const struct scratch *scratch)
{
    struct schema *schema = NULL;
    const char *error = NULL;
    if (schema_open(verification->arena, scratch->url, &schema, &error) == SOURCE_OK)
        return schema;
    diagnostic_error(verification->diagnostics, (struct location){0}, "the scratch database cannot be read: %s", error);
    return NULL;
}

/* Report the differences. What `armature diff` only notes is not an error, and is reported for the first state only. */
static void compare(const struct verification *verification, const struct scratch *scratch, const struct schema *found,
                    const char *when, bool is_first)
{
    struct diagnostics *diagnostics = verification->diagnostics, findings = {.arena = verification->arena};
    struct difference_list differences =
        database_compare(verification->arena, scratch->url, found, verification->wanted, &findings);
    findings_report(&findings, &differences, verification->wanted);
    size_t count = findings_count(&findings);
    if (count > 0)
        diagnostic_error(diagnostics, (struct location){0},
                         "%s, the migrations do not lead to the schema of the headers: %zu difference%s", when, count,
                         count == 1 ? "" : "s");
    if (count > 0 || is_first)
        findings_report(diagnostics, &differences, verification->wanted);
}

/* Fill the tables, and count what they have. */
static bool fill(const struct verification *verification, struct scratch *scratch, size_t rows, const char *when,
                 struct kept *out)
{
    struct schema *schema = read_schema(verification, scratch);
    if (schema == NULL)
        return false;
    struct schema_names empty = fill_tables(scratch, schema, rows);
    for (size_t i = 0; i < empty.count && rows > 0; i++)
        diagnostic_note(verification->diagnostics, (struct location){0},
                        "%s, no generated row satisfies the constraints of %s: it is empty", when, empty.items[i]);
    *out = kept_count(scratch, schema);
    return true;
}

/* Compare the migrated database with the headers, and with what it had after `count` migrations. */
static void check_result(const struct verification *verification, struct scratch *scratch, size_t count,
                         const char *when, struct kept *kept)
{
    const struct ar_migrations *migrations = verification->migrations;
    for (size_t i = count; i < migrations->count; i++)
        kept_rename(verification->arena, kept, script_of(verification, &migrations->items[i]), verification->dialect);
    struct schema *schema = read_schema(verification, scratch);
    if (schema == NULL)
        return;
    compare(verification, scratch, schema, when, count == 0);
    kept_check(scratch, kept, schema, verification->diagnostics, when);
}

/* Migrate from the state after `count` migrations, with so many rows. */
static enum migrate_result verify_in(const struct verification *verification, struct scratch *scratch, size_t count,
                                     size_t rows, const char *when)
{
    struct kept kept = {0};
    enum migrate_result result = MIGRATE_DONE;
    if (count > 0)
        result = migrate(verification, scratch, count, when);
    if (result != MIGRATE_DONE)
        return MIGRATE_FAILED;
    if (count > 0 && !fill(verification, scratch, rows, when, &kept))
        return MIGRATE_FAILED;
    result = migrate(verification, scratch, verification->migrations->count, when);
    if (result == MIGRATE_DONE)
        check_result(verification, scratch, count, when, &kept);
    return result;
}

static const char *describe_state(const struct verification *verification, size_t count)
{
    struct arena *arena = verification->arena;
    if (count == 0)
        return arena_print(arena, "%s: from an empty database", verification->dialect->title);
    const struct ar_migration *last = &verification->migrations->items[count - 1];
    return arena_print(arena, "%s: from %s", verification->dialect->title, load_title(arena, last->number, last->name));
}

/* Verify the state. If an assertion refuses rows, verify it again with fewer: first without NULLs and defaults. */
static int verify_from(const struct verification *verification, size_t count)
{
    enum migrate_result result = MIGRATE_ASSERTED;
    for (size_t rows = FILL_ROWS; result == MIGRATE_ASSERTED; rows = rows > 1 ? 1 : 0) {
        struct scratch scratch;
        bool is_open = scratch_open(&scratch, verification->arena, verification->dialect, verification->server);
        if (is_open)
            result = verify_in(verification, &scratch, count, rows, describe_state(verification, count));
        else
            fprintf(stderr, "armature: error: the scratch database cannot be created: %s\n", scratch.error);
        scratch_close(&scratch);
        if (!is_open)
            return EXIT_UNREACHABLE;
        if (rows == 0)
            break;
    }
    if (result == MIGRATE_ASSERTED)
        diagnostic_error(verification->diagnostics, (struct location){0}, "%s, the assertion also fails without rows",
                         describe_state(verification, count));
    return EXIT_DONE;
}

/* ---- All states -------------------------------------------------------------------------------------------------- */

/* The first state with errors is the last one. */
static int verify_all(struct verification *verification)
{
    size_t count = verification->migrations->count;
    for (size_t i = 0; i < count; i++) {
        int status = verify_from(verification, i);
        if (status != EXIT_DONE || verification->diagnostics->count > 0)
            return status != EXIT_DONE ? status : EXIT_ERRORS;
    }
    printf("%s: %zu state%s migrated to the schema of the headers\n", verification->dialect->title, count,
           count == 1 ? "" : "s");
    return fflush(stdout) == 0 ? EXIT_DONE : EXIT_ERRORS;
}

static int verify_databases(const struct verify_call *call, struct model_set *set,
                            const struct ar_migrations *migrations)
{
    int worst = EXIT_DONE;
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        struct verification verification = {.arena = set->arena,
                                            .diagnostics = set->diagnostics,
                                            .migrations = migrations,
                                            .dialect = dialects[i],
                                            .server = call->database,
                                            .wanted = schema_of_models(set, dialects[i])};
        bool is_wanted = migrations->count > 0 && script_of(&verification, &migrations->items[0]) != NULL;
        if (is_wanted && dialects[i]->id == DIALECT_POSTGRESQL && call->database == NULL)
            printf("%s: not verified without --db\n", dialects[i]->title);
        else if (is_wanted)
            worst = worst == EXIT_DONE ? verify_all(&verification) : worst;
    }
    return worst;
}

static int run_with(const struct verify_call *call, struct model_set *set)
{
    struct ar_migrations migrations;
    if (!command_read_models(set, &call->headers) || !load_migrations(set->diagnostics, call->directory, &migrations))
        return EXIT_ERRORS;
    int status = verify_databases(call, set, &migrations);
    return status == EXIT_DONE && set->diagnostics->count > 0 ? EXIT_ERRORS : status;
}

static int run(int argc, char **argv)
{
    struct arena arena = {0};
    struct verify_call call = {.directory = MIGRATE_DIRECTORY};
    int before_flags = command_split_flags(argc, argv, &call.headers.flags, &call.headers.flag_count);
    int status = read_options(&arena, before_flags, argv, &call);
    if (status == EXIT_DONE) {
        struct diagnostics diagnostics = {.arena = &arena};
        struct model_set set = {.arena = &arena, .diagnostics = &diagnostics};
        status = run_with(&call, &set);
        diagnostic_print(&diagnostics, stderr);
    }
    arena_free(&arena);
    return status;
}

const struct command migrate_verify = {
    .name = "verify",
    .usage = "migrate verify [options] HEADER... [-- CLANG_FLAG...]",
    .summary = "migrate each older state, with generated rows, and compare the result with the headers",
    .options = "  --db URL           also verify on this PostgreSQL server, in databases that are dropped afterwards\n"
               "  --dir DIR          the folder of migrations; default: migrations\n",
    .run = run,
};
