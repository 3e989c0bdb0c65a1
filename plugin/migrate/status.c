/* The subcommand status: lists migrations and their states in a database. */
#include "command_options.h"
#include "json_writer.h"
#include "load.h"
#include "schema/source.h"
#include "subcommand.h"

#include <stdio.h>
#include <string.h>

struct status_call {
    const char *directory;
    const char *database;
    bool is_json;
};

struct listing {
    struct arena *arena;
    struct text text;
    struct json *json; /* NULL: text */
    size_t width;      /* of the longest name */
    bool has_others;   /* migrations that are not applied */
};

static int read_options(struct arena *arena, int argc, char **argv, struct status_call *call)
{
    const char *format = "text";
    const struct command_option options[] = {
        {.name = "db", .value = &call->database},
        {.name = "dir", .value = &call->directory, .is_path = true},
        {.name = "format", .value = &format},
    };
    int first = command_read_options(arena, argc, argv, options, COMMAND_OPTION_COUNT(options));
    if (first < 0)
        return EXIT_USAGE;
    call->is_json = strcmp(format, "json") == 0;
    if (!call->is_json && strcmp(format, "text") != 0)
        return command_fail_usage("the format is text or json, not ", format);
    if (first < argc)
        return command_fail_usage("migrate status takes no argument, unlike ", argv[first]);
    return call->database != NULL ? EXIT_DONE : command_fail_usage("migrate status needs --db URL", "");
}

/* ---- States ------------------------------------------------------------------------------------------------------ */

static const char *const conditions[] = {
    [AR_MIGRATION_APPLIED] = "applied",           [AR_MIGRATION_INCOMPLETE] = "incomplete",
    [AR_MIGRATION_PENDING] = "pending",           [AR_MIGRATION_CHANGED] = "changed",
    [AR_MIGRATION_OUT_OF_ORDER] = "out-of-order", [AR_MIGRATION_UNKNOWN] = "unknown",
};

static void add_json(struct listing *listing, const struct ar_migration_state *state)
{
    struct json *json = listing->json;
    json_open_object(json, NULL, JSON_LINE);
    json_add_integer(json, "number", state->number);
    json_add_text(json, "name", state->name);
    json_add_text(json, "state", conditions[state->condition]);
    json_add_integer(json, "statements", state->statements);
    json_add_text(json, "applied", state->applied);
    json_close_object(json);
}

static void add_line(struct listing *listing, const struct ar_migration_state *state)
{
    struct text *text = &listing->text;
    text_print(text, "%-*s  %s", (int)listing->width, load_title(listing->arena, state->number, state->name),
               conditions[state->condition]);
    if (state->condition == AR_MIGRATION_INCOMPLETE)
        text_print(text, " after statement %u", state->statements);
    if (state->applied != NULL)
        text_print(text, " %s", state->applied);
    text_add(text, "\n");
}

static void add_state(const struct ar_migration_state *state, void *payload)
{
    struct listing *listing = payload;
    listing->has_others = listing->has_others || state->condition != AR_MIGRATION_APPLIED;
    if (listing->json != NULL)
        add_json(listing, state);
    else
        add_line(listing, state);
}

/* ---- The listing ------------------------------------------------------------------------------------------------- */

static enum ar_status list_json(struct listing *listing, const char *database, const struct ar_migrations *migrations,
                                struct ar_db *db)
{
    struct json json = {.out = &listing->text};
    listing->json = &json;
    json_open_object(&json, NULL, JSON_LINES);
    json_add_integer(&json, "format", 1);
    json_add_text(&json, "database", source_title(listing->arena, database));
    json_open_array(&json, "migrations", JSON_LINES);
    enum ar_status status = ar_migration_status(db, migrations, add_state, listing);
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
    return status;
}

static size_t longest_title(struct arena *arena, const struct ar_migrations *migrations)
{
    size_t longest = 0;
    for (size_t i = 0; i < migrations->count; i++) {
        size_t length = strlen(load_title(arena, migrations->items[i].number, migrations->items[i].name));
        longest = length > longest ? length : longest;
    }
    return longest;
}

static int list(struct arena *arena, const struct status_call *call, const struct ar_migrations *migrations,
                struct ar_db *db)
{
    struct listing listing = {.arena = arena, .width = longest_title(arena, migrations)};
    enum ar_status failed = call->is_json ? list_json(&listing, call->database, migrations, db)
                                          : ar_migration_status(db, migrations, add_state, &listing);
    int status = failed == AR_OK ? command_print(listing.text.data != NULL ? listing.text.data : "")
                                 : load_fail_database(arena, call->database, ar_db_error(db));
    text_free(&listing.text);
    return status == EXIT_DONE && listing.has_others ? EXIT_ERRORS : status;
}

static int run_with(struct arena *arena, const struct status_call *call, struct diagnostics *diagnostics)
{
    struct ar_migrations migrations;
    struct ar_db *db;
    if (!load_migrations(diagnostics, call->directory, &migrations))
        return EXIT_ERRORS;
    int status = load_open_database(arena, call->database, true, &db);
    if (status == EXIT_DONE)
        status = list(arena, call, &migrations, db);
    ar_db_close(db);
    return status;
}

static int run(int argc, char **argv)
{
    struct arena arena = {0};
    struct status_call call = {.directory = MIGRATE_DIRECTORY};
    int status = read_options(&arena, argc, argv, &call);
    if (status == EXIT_DONE) {
        struct diagnostics diagnostics = {.arena = &arena};
        status = run_with(&arena, &call, &diagnostics);
        diagnostic_print(&diagnostics, stderr);
    }
    arena_free(&arena);
    return status;
}

const struct command migrate_status = {
    .name = "status",
    .usage = "migrate status --db URL [options]",
    .summary = "list the migrations, and if a database has them; 1 if it does not have all",
    .options = "  --db URL           sqlite:FILE, an SQLite file, or postgresql://...\n"
               "  --dir DIR          the folder of migrations; default: migrations\n"
               "  --format FORMAT    text or json; default: text\n",
    .run = run,
};
