/* Steps of the story with hooks and rows that are deleted by a time. A step that fails has written nothing, and no hook
 * was told that it was committed. */
#include "story.h"

#include "fault.h"

#include <string.h>

#define RETURN_IF_FAILED(status)                                                                                       \
    do {                                                                                                               \
        if ((status) != AR_OK)                                                                                         \
            return (status);                                                                                           \
    } while (0)

/* Return the status after checking the calls of hooks since `before`. */
static enum ar_status end(struct journal before, enum ar_status status, int entries, int lines)
{
    assert_int_equal(journal.entries - before.entries, status == AR_OK ? entries : 0);
    assert_int_equal(journal.lines - before.lines, status == AR_OK ? lines : 0);
    return status;
}

static enum ar_status create_journal(struct story *story)
{
    return ar_create_tables(story->s, &entry_model, &line_model);
}

static enum ar_status insert_entry(struct story *story)
{
    struct journal before = journal;
    const struct entry original = {.text = "first"};
    struct entry entry = original;
    enum ar_status status = entry_insert(story->s, &entry);
    if (status != AR_OK)
        assert_memory_equal(&entry, &original, sizeof entry);
    return end(before, status, 1, 1);
}

static enum ar_status insert_entries(struct story *story)
{
    struct journal before = journal;
    struct entry entries[] = {{.text = "second"}, {.text = "third"}, {.text = "fourth"}};
    enum ar_status status = entry_insert_many(story->s, entries, 3);
    if (status != AR_OK)
        assert_null(entries[1].slug);
    return end(before, status, 3, 3);
}

static enum ar_status insert_wrong_entry(struct story *story)
{
    struct journal before = journal;
    struct entry entry = {.text = NULL};
    enum ar_status status = entry_insert(story->s, &entry);
    assert_int_not_equal(status, AR_OK);
    if (status == AR_INVALID)
        assert_int_equal(ar_session_error(story->s)->violation_count, 2);
    return end(before, status == AR_INVALID ? AR_OK : status, 0, 0);
}

static enum ar_status the_entry(struct story *story, const char *text, bool with_deleted, struct entry **out)
{
    struct entry_query *q = entry_query(story->s);
    if (with_deleted)
        entry_with_deleted(q);
    entry_where(q, ar_eq(entry_column.text, text));
    return entry_one(q, out);
}

/* A savepoint that is rolled back, and one that is committed. */
static enum ar_status run_inner(struct story *story, struct entry *second)
{
    struct entry lost = {.text = "lost"};
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = entry_insert(story->s, &lost);
    if (status != AR_OK)
        fault_disarm(); /* the rollback must succeed */
    enum ar_status ended = ar_rollback(story->s);
    if (status != AR_OK)
        assert_int_equal(ended, AR_OK);
    RETURN_IF_FAILED(status);
    RETURN_IF_FAILED(ended);
    status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = entry_delete(story->s, second);
    return story_end_transaction(story, status);
}

static enum ar_status change_entries(struct story *story)
{
    struct journal before = journal;
    struct entry *first, *second;
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = the_entry(story, "first", false, &first);
    if (status == AR_OK)
        status = the_entry(story, "second", false, &second);
    if (status == AR_OK) {
        first->slug = "slug"; /* no change */
        first->text = "changed";
        status = entry_save(story->s, first);
    }
    if (status == AR_OK)
        status = run_inner(story, second);
    return end(before, story_end_transaction(story, status), 2, 1);
}

static enum ar_status restore_entry(struct story *story)
{
    struct journal before = journal;
    struct entry *second;
    enum ar_status status = the_entry(story, "second", true, &second);
    RETURN_IF_FAILED(status);
    assert_int_not_equal(second->deleted_at, 0);
    return end(before, entry_restore(story->s, second), 1, 0);
}

static enum ar_status delete_and_erase(struct story *story)
{
    struct entry *third;
    int64_t changed;
    enum ar_status status = ar_begin(story->s);
    RETURN_IF_FAILED(status);
    status = the_entry(story, "third", false, &third);
    if (status == AR_OK)
        status = entry_erase(story->s, third);
    if (status == AR_OK) {
        struct entry_query *q = entry_query(story->s);
        entry_where(q, ar_eq(entry_column.text, "fourth"));
        status = entry_delete_all(q, &changed);
    }
    return story_end_transaction(story, status);
}

static enum ar_status check_journal(struct story *story)
{
    struct entry_query *all = entry_query(story->s);
    int64_t living, rows;
    enum ar_status status = entry_count(entry_query(story->s), &living);
    RETURN_IF_FAILED(status);
    entry_with_deleted(all);
    status = entry_count(all, &rows);
    RETURN_IF_FAILED(status);
    assert_int_equal(living, 2);
    assert_int_equal(rows, 3);
    return AR_OK;
}

const struct step story_journal_steps[] = {
    {"create the journal", create_journal}, {"insert an entry", insert_entry},
    {"insert entries", insert_entries},     {"insert a wrong entry", insert_wrong_entry},
    {"change entries", change_entries},     {"restore an entry", restore_entry},
    {"delete and erase", delete_and_erase}, {"check the journal", check_journal},
};
const size_t story_journal_step_count = sizeof story_journal_steps / sizeof story_journal_steps[0];
