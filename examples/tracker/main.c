/* An issue tracker on Armature, as a program of many small steps: it creates organisations, projects and issues, reads
 * them in every way, changes and deletes them.
 *
 *   tracker [--trace] [--record FILE] [database URL]     sqlite::memory: by default
 *
 * Each step prints what it did and the number of its statements; with --trace, also their SQL. With --record, the
 * statements are recorded in the file, for `armature report`. The tables are emptied first. The rows are the same on
 * SQLite and on PostgreSQL. */
#include "steps.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void check(struct ar_session *s, enum ar_status status)
{
    if (status == AR_OK)
        return;
    fprintf(stderr, "%s: %s\n", ar_status_name(status), ar_session_error(s)->message);
    exit(EXIT_FAILURE);
}

static const struct {
    const char *title;
    void (*run)(struct ar_session *s);
} steps[] = {
    {"Create the tables, and empty them", create_tables},
    {"Save a graph of new records that refer to each other", save_a_graph},
    {"Import people by e-mail address: insert the new ones, update the others", import_people},
    {"Label issues: add, replace, remove", attach_labels},
    {"Comment on an issue and on a project", comment_on_anything},
    {"Show the board: open issues with assignee, labels and number of comments", show_the_board},
    {"Turn pages, forward and back", turn_pages},
    {"Filter by related rows", filter_by_related_rows},
    {"Count without loading", count_without_loading},
    {"Walk the tree of an epic, down and up", walk_the_tree},
    {"List the people of an organisation with their roles", list_members},
    {"Read the feed: what each comment is about", read_the_feed},
    {"Stream all issues in chunks of 4", stream_everything},
    {"Break several rules at once", report_all_broken_rules},
    {"Close an issue that somebody else has changed", close_an_issue},
    {"Move an issue to another project: both counters are right", move_an_issue},
    {"Take the next issue from the queue", take_the_next_issue},
    {"Delete an issue, and restore it", delete_and_restore},
    {"Try to delete an organisation that has projects", refuse_a_delete},
    {"Delete a project with its issues", delete_a_project},
};

static int run(struct ar_db *db, bool traces)
{
    struct trace trace = {.is_silent = !traces};
    struct ar_session *s;

    if (ar_session_open(db, NULL, &s) != AR_OK) {
        fprintf(stderr, "%s\n", ar_db_error(db)->message);
        return EXIT_FAILURE;
    }
    ar_db_observe(db, trace_statement, &trace);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        trace_begin(&trace, steps[i].title);
        steps[i].run(s);
        trace_end(&trace);
        ar_session_clear(s); /* each step is a unit of work: it reads what it needs */
    }
    ar_session_close(s);
    return EXIT_SUCCESS;
}

/* Run all steps, and record their statements if there is a file for them. */
static int run_recorded(struct ar_db *db, bool traces, const char *file)
{
    enum ar_status status = file != NULL ? ar_trace_open(db, file) : AR_OK;
    int result = EXIT_FAILURE;

    if (status == AR_OK) {
        result = run(db, traces);
        status = ar_trace_close(db);
    }
    if (status == AR_OK)
        return result;
    fprintf(stderr, "%s\n", ar_db_error(db)->message);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    const char *url = "sqlite::memory:", *file = NULL;
    bool traces = false;
    struct ar_db *db;
    int result = EXIT_FAILURE;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--trace") == 0)
            traces = true;
        else if (strcmp(argv[i], "--record") == 0 && i + 1 < argc)
            file = argv[++i];
        else
            url = argv[i];
    }
    if (ar_db_open(url, NULL, &db) == AR_OK)
        result = run_recorded(db, traces, file);
    else
        fprintf(stderr, "%s\n", ar_db_error(db)->message);
    ar_db_close(db);
    return result;
}
