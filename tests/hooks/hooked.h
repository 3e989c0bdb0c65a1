/* The hooks of newsroom.h: they write a line into a log, and do what a test asks for. */
#ifndef HOOKS_HOOKED_H
#define HOOKS_HOOKED_H

#include "newsroom.ar.h"
#include "support.h"

/* What the hooks do. reset_hooks sets all to zero. */
struct hook_control {
    const char *failing;      /* the function that fails */
    enum ar_status with;      /* its status; AR_INVALID: by ar_refuse */
    bool refuses;             /* it calls ar_refuse */
    bool writes;              /* article_before_insert, _after_insert and _before_delete write an entry */
    enum ar_status commits;   /* receives the status of ar_commit in article_before_insert, if `ends` */
    bool ends;                /* article_before_insert calls ar_commit */
    bool leaves_open;         /* article_before_insert calls ar_begin */
    bool clears;              /* article_before_insert calls ar_session_clear */
    bool changes_key;         /* article_before_update changes the key */
    bool saves_again;         /* article_after_insert changes and saves the record */
    bool writes_after_commit; /* article_committed writes an entry */
    enum ar_status after_commit;
};
extern struct hook_control hooks;

void reset_hooks(void);

/* Assert the lines of the log, each of which ends with a semicolon, and reset it. */
#define assert_log(expected) assert_log_at((expected), __FILE__, __LINE__)
void assert_log_at(const char *expected, const char *file, int line);

#endif
