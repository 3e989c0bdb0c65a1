/* The hooks of journal.h: one writes another record, and those at the end of transactions count. */
#include "story.h"

#include <string.h>

struct journal journal;

enum ar_status set_entry_slug(struct ar_session *s, struct entry *entry)
{
    (void)s;
    entry->slug = "slug";
    return AR_OK;
}

enum ar_status add_line(struct ar_session *s, struct entry *entry)
{
    struct line line = {.entry_id = entry->id, .text = entry->text};
    return line_insert(s, &line);
}

enum ar_status check_entry(struct ar_session *s, const struct entry *entry)
{
    if (entry->text == NULL || strcmp(entry->text, "wrong") == 0)
        return ar_refuse(s, NULL, "is refused");
    return AR_OK;
}

void entry_committed(struct ar_session *s, const struct entry *entry, enum ar_change change)
{
    (void)s;
    (void)change;
    assert_string_equal(entry->slug, "slug");
    journal.entries++;
}

void entry_rolled_back(struct ar_session *s, const struct entry *entry, enum ar_change change)
{
    (void)s;
    (void)change;
    assert_string_equal(entry->slug, "slug");
    journal.rolled_back++;
}

void line_committed(struct ar_session *s, const struct line *line, enum ar_change change)
{
    (void)s;
    assert_int_not_equal(line->id, 0);
    assert_int_equal(change, AR_INSERTED);
    journal.lines++;
}
