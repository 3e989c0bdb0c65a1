/* The steps of a migration: the statements of its script, each with its directives. */
#ifndef AR_STEPS_H
#define AR_STEPS_H

#include "base/error.h"
#include "migrate/script.h"

struct ar_migration;

struct step {
    unsigned number; /* in the script, from 1 */
    unsigned line;
    const char *sql; /* in the text of the script */
    size_t length;
    bool is_outside;     /* of a transaction */
    const char *message; /* of an `assert`; NULL: it is none */
    size_t message_length;
};

/* A reader of steps. */
struct steps {
    struct script script;
    bool is_rebuild; /* known from the first step on */
    unsigned number; /* of the latest step */
};

enum step_item { STEP_END, STEP_FOUND, STEP_ERROR };

void ar_steps_open(struct steps *steps, const char *text, enum script_language language);

/* Read the next step. After STEP_ERROR, script.error and script.item_line describe the error. */
enum step_item ar_steps_next(struct steps *steps, struct step *out);

/* Read the whole script. Return AR_MISUSE if it has an error; otherwise set *count to the number of its steps. */
enum ar_status ar_steps_check(const struct ar_migration *migration, const char *text, enum script_language language,
                              unsigned *count, struct failure *failure);

#endif
