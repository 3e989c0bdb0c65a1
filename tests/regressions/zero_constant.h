/* Enums whose first constant is 0, stored by name and as numbers. */
#ifndef REGRESSIONS_ZERO_CONSTANT_H
#define REGRESSIONS_ZERO_CONSTANT_H

#include <armature/annotations.h>
#include <stdint.h>

enum issue_status { ISSUE_OPEN, ISSUE_CLOSED, ISSUE_DONE = ISSUE_CLOSED, ISSUE_LOST = -1 };
typedef enum { SEVERITY_LOW, SEVERITY_HIGH = 200 } severity_t;
enum answer { ANSWER_NO, ANSWER_YES };

/* The program may have defined this function before the tool generated one. */
static inline const char *answer_name(enum answer answer)
{
    return answer == ANSWER_NO ? "no" : "yes";
}

/* clang-format off */

struct issue {
    int64_t           id       AR_PRIMARY_KEY;
    enum issue_status status   AR_ENUM_TEXT;
    enum issue_status before   AR_ENUM_TEXT AR_NULLABLE_BY(has_before);
    enum issue_status number;
    severity_t        severity;
    enum answer       answer;
    enum { KIND_BUG, KIND_WISH } kind;
    const char       *title;
    _Bool             has_before;
} AR_TABLE(issues);

/* clang-format on */

#endif
