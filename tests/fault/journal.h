/* Models with hooks and a time of deletion; the hooks are in journal.c. */
#ifndef FAULT_JOURNAL_H
#define FAULT_JOURNAL_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct entry {
    int64_t     id         AR_PRIMARY_KEY;
    const char *text       AR_NOT_NULL AR_LENGTH(1, 40);
    const char *slug;
    int32_t     revision   AR_VERSION;
    time_t      deleted_at AR_NULLABLE AR_DELETED_AT;
} AR_TABLE(entries)
  AR_BEFORE_INSERT(set_entry_slug)
  AR_AFTER_INSERT(add_line)
  AR_AFTER_DELETE(add_line)
  AR_VALIDATE(check_entry)
  AR_AFTER_COMMIT(entry_committed)
  AR_AFTER_ROLLBACK(entry_rolled_back);

struct line {
    int64_t     id       AR_PRIMARY_KEY;
    int64_t     entry_id;
    const char *text;
} AR_TABLE(lines)
  AR_AFTER_COMMIT(line_committed);

/* clang-format on */

#endif
