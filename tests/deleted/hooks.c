/* The hooks of shop.h. */
#include "hooks.h"

struct hook_calls calls;

enum ar_status book_after_delete(struct ar_session *s, struct book *book)
{
    (void)s;
    calls.deletes++;
    calls.pages = book->pages;
    return calls.failure;
}

void book_committed(struct ar_session *s, const struct book *book, enum ar_change change)
{
    (void)s;
    calls.commits++;
    calls.pages = book->pages;
    calls.change = change;
    calls.is_marked = book->deleted_at != 0;
}
