/* The hooks of newsroom.h. */
#include "hooked.h"

#include <stdio.h>
#include <string.h>

struct hook_control hooks;

static char log_text[4096];
static size_t log_size;

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(log_text + log_size, sizeof log_text - log_size, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < sizeof log_text - log_size);
    log_size += (size_t)length;
}

void reset_hooks(void)
{
    hooks = (struct hook_control){.failing = NULL};
    log_size = 0;
    log_text[0] = '\0';
}

void assert_log_at(const char *expected, const char *file, int line)
{
    if (strcmp(log_text, expected) != 0) {
        print_error("log: %s\nexpected: %s\n", log_text, expected);
        _fail(file, line);
    }
    log_size = 0;
    log_text[0] = '\0';
}

static enum ar_status result_of(struct ar_session *s, const char *function, const struct ar_column *column)
{
    if (hooks.failing == NULL || strcmp(hooks.failing, function) != 0)
        return AR_OK;
    return hooks.refuses ? ar_refuse(s, column, "is refused by %s", function) : hooks.with;
}

static enum ar_status write_entry(struct ar_session *s, const struct article *article, const char *text)
{
    struct entry entry = {.article_id = article->id, .text = text};
    return hooks.writes ? entry_insert(s, &entry) : AR_OK;
}

/* ---- article ----------------------------------------------------------------------------------------------------- */

enum ar_status article_before_insert(struct ar_session *s, struct article *article)
{
    note("before_insert %lld;", (long long)article->id);
    if (hooks.ends)
        hooks.commits = ar_commit(s);
    if (hooks.leaves_open)
        assert_int_equal(ar_begin(s), AR_OK);
    if (hooks.clears)
        ar_session_clear(s);
    enum ar_status status = write_entry(s, article, "before insert");
    return status == AR_OK ? result_of(s, "article_before_insert", article_column.title.column) : status;
}

enum ar_status article_after_insert(struct ar_session *s, struct article *article)
{
    note("after_insert %lld;", (long long)article->id);
    enum ar_status status = write_entry(s, article, "after insert");
    if (status == AR_OK && hooks.saves_again) {
        article->pages = 99;
        status = article_save(s, article);
    }
    return status == AR_OK ? result_of(s, "article_after_insert", NULL) : status;
}

/* The title in lower case, with hyphens. */
enum ar_status set_slug(struct ar_session *s, struct article *article)
{
    static char slug[64];
    if (article->title == NULL)
        return AR_OK;
    snprintf(slug, sizeof slug, "%s", article->title);
    for (char *at = slug; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    article->slug = slug;
    return result_of(s, "set_slug", NULL);
}

enum ar_status article_before_update(struct ar_session *s, struct article *article)
{
    note("before_update %lld;", (long long)article->id);
    if (hooks.changes_key)
        article->id++;
    return result_of(s, "article_before_update", NULL);
}

enum ar_status article_after_update(struct ar_session *s, struct article *article)
{
    note("after_update %lld;", (long long)article->id);
    return result_of(s, "article_after_update", NULL);
}

enum ar_status article_before_delete(struct ar_session *s, struct article *article)
{
    note("before_delete %lld %s;", (long long)article->id, article->title);
    enum ar_status status = write_entry(s, article, "before delete");
    return status == AR_OK ? result_of(s, "article_before_delete", NULL) : status;
}

enum ar_status article_after_delete(struct ar_session *s, struct article *article)
{
    note("after_delete %lld %s;", (long long)article->id, article->title);
    return result_of(s, "article_after_delete", NULL);
}

enum ar_status article_check(struct ar_session *s, const struct article *article)
{
    if (article->slug != NULL && strcmp(article->slug, "forbidden") == 0)
        return ar_refuse(s, article_column.slug.column, "is forbidden");
    return result_of(s, "article_check", NULL);
}

static const char *name_of(enum ar_change change)
{
    switch (change) {
    case AR_INSERTED:
        return "inserted";
    case AR_UPDATED:
        return "updated";
    case AR_DELETED:
        return "deleted";
    }
    return "?";
}

void article_committed(struct ar_session *s, const struct article *article, enum ar_change change)
{
    note("committed %lld %s %s;", (long long)article->id, article->title, name_of(change));
    if (!hooks.writes_after_commit)
        return;
    hooks.writes_after_commit = false;
    struct entry entry = {.article_id = article->id, .text = "after commit"};
    hooks.after_commit = entry_insert(s, &entry);
}

void article_rolled_back(struct ar_session *s, const struct article *article, enum ar_change change)
{
    (void)s;
    note("rolled_back %lld %s %s;", (long long)article->id, article->title, name_of(change));
}

/* ---- The others -------------------------------------------------------------------------------------------------- */

void page_committed(struct ar_session *s, const struct page *page, enum ar_change change)
{
    (void)s;
    note("committed %s/%d %s %s;", page->book, page->number, page->text != NULL ? page->text : "-", name_of(change));
    if (page->scan.data != NULL)
        note("scan %.*s;", (int)page->scan.size, (const char *)page->scan.data);
    for (size_t i = 0; i < page->notes.count; i++)
        note("note %d;", (int)page->notes.items[i]);
}

void page_rolled_back(struct ar_session *s, const struct page *page, enum ar_change change)
{
    (void)s;
    note("rolled_back %s/%d %s %s;", page->book, page->number, page->text != NULL ? page->text : "-", name_of(change));
}

enum ar_status give_ticket_a_key(struct ar_session *s, struct ticket *ticket)
{
    static uint8_t next = 0;
    (void)s;
    note("before_insert %s;", ticket->holder);
    if (ticket->id[15] == 0)
        ticket->id[15] = ++next;
    return AR_OK;
}

enum ar_status ticket_after_update(struct ar_session *s, struct ticket *ticket)
{
    (void)s;
    note("after_update %s;", ticket->holder);
    return AR_OK;
}

enum ar_status change_badge(struct ar_session *s, struct badge *badge)
{
    (void)s;
    if (hooks.changes_key && badge->code[0] == 'B')
        badge->code[1] = 'B'; /* a longer key */
    else if (hooks.changes_key && badge->code[0] == 'C')
        badge->code[0] = '\0'; /* no key */
    else if (hooks.changes_key)
        badge->code[0]++;
    return AR_OK;
}

enum ar_status turn_again(struct ar_session *s, struct spinner *spinner)
{
    note("turn;");
    spinner->turns++;
    return spinner_save(s, spinner);
}

enum ar_status check_order_of_days(struct ar_session *s, const struct booking *booking)
{
    if (booking->ends < booking->starts)
        (void)ar_refuse(s, booking_column.ends.column, "is before it starts");
    if (booking->starts == 13)
        (void)ar_refuse(s, NULL, "may not start on day %d", booking->starts);
    return AR_OK;
}

enum ar_status check_guest(struct ar_session *s, const struct booking *booking)
{
    (void)s;
    if (booking->guest != NULL && strcmp(booking->guest, "nobody") == 0)
        return AR_INVALID;
    return booking->guest != NULL && strcmp(booking->guest, "crash") == 0 ? AR_DATABASE : AR_OK;
}
