/* User SQL that may write. */
#include "base/may_write.h"

static bool is_one_of(const char *at, size_t length, const char *const *words)
{
    while (*words != NULL)
        if (ar_scan_is_word(at, length, *words++))
            return true;
    return false;
}

/* Return true if a statement that begins with this word reads, unless a later word writes. */
static bool begins_read(const char *at, size_t length)
{
    static const char *const words[] = {"select", "values", "with",  "table",  "explain", "show",     "set",
                                        "reset",  "pragma", "begin", "commit", "end",     "rollback", NULL};

    return is_one_of(at, length, words);
}

bool ar_sql_may_write(enum script_language language, const char *sql)
{
    /* WITH rows AS (DELETE FROM …), SELECT … INTO, INSERT INTO, … FOR UPDATE. `replace` and `delete` may be names. */
    static const char *const writes[] = {"into", "update", NULL};
    bool is_first = true, is_after_delete = false;
    enum token kind;

    for (const char *end; (end = ar_scan_token(language, sql, &kind)) != NULL && kind != TOKEN_END; sql = end) {
        size_t length = (size_t)(end - sql);
        if (kind == TOKEN_SEMICOLON)
            is_first = true;
        if (kind != TOKEN_WORD)
            continue;
        if ((is_first && !begins_read(sql, length)) || is_one_of(sql, length, writes) ||
            (is_after_delete && ar_scan_is_word(sql, length, "from")))
            return true;
        is_first = false;
        is_after_delete = ar_scan_is_word(sql, length, "delete");
    }
    return false;
}
