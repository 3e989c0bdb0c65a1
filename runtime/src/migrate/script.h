/* Scripts of migrations: SQL statements, and directives in comments before them. The tool uses this reader as well.
 *
 *     -- armature: rebuild                    SQLite, before all statements: foreign keys are off while it runs, and
 *                                             checked at its end
 *     -- armature: assert MESSAGE             the next statement is a SELECT whose only value must be true
 *     -- armature: outside-transaction        the next statement runs outside of a transaction
 *     -- armature: allow RULE: REASON         the tool does not report this rule for the next statement
 *
 * A directive is a line before the statement that it is about; several may precede one. The reader finds the ends of
 * statements without understanding them: it knows strings, quoted names, comments, dollar quotes, the bodies of
 * triggers and of functions in standard SQL. It allocates nothing. */
#ifndef AR_SCRIPT_H
#define AR_SCRIPT_H

#include "base/scan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum script_item { SCRIPT_END, SCRIPT_DIRECTIVE, SCRIPT_STATEMENT, SCRIPT_ERROR };

enum script_directive {
    SCRIPT_ALLOW,
    SCRIPT_ASSERT,
    SCRIPT_OUTSIDE_TRANSACTION,
    SCRIPT_REBUILD,
};

/* A reader. Its items point into the text, which must stay valid. */
struct script {
    enum script_language language;
    const char *text;
    const char *at; /* the rest of the text */
    unsigned line;  /* of the rest, from 1 */
    bool has_statements;
    /* The latest item: a statement without its semicolon and the comments before it, or the argument of a directive. */
    const char *start;
    size_t length;
    unsigned item_line; /* where it begins, or the error is */
    enum script_directive directive;
    const char *error; /* static */
};

void ar_script_open(struct script *script, const char *text, enum script_language language);

/* Read the next directive or statement. After SCRIPT_ERROR, the script cannot be read further. */
enum script_item ar_script_next(struct script *script);

/* Return the checksum of a script: FNV-1a with 64 bits. Line breaks of all systems are equal. */
uint64_t ar_script_checksum(const char *text);

#endif
