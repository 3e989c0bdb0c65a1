/* Reading and checking the steps of a migration. */
#include "migrate/steps.h"

#include "migrate/recognize.h"

#include <armature/migrate.h>

void ar_steps_open(struct steps *steps, const char *text, enum script_language language)
{
    *steps = (struct steps){.number = 0};
    ar_script_open(&steps->script, text, language);
}

static void take_directive(struct steps *steps, struct step *step)
{
    switch (steps->script.directive) {
    case SCRIPT_ALLOW: /* for the tool */
        break;
    case SCRIPT_ASSERT:
        step->message = steps->script.start;
        step->message_length = steps->script.length;
        break;
    case SCRIPT_OUTSIDE_TRANSACTION:
        step->is_outside = true;
        break;
    case SCRIPT_REBUILD:
        steps->is_rebuild = true;
        break;
    }
}

static enum step_item fail_step(struct steps *steps, unsigned line, const char *error)
{
    steps->script.item_line = line;
    steps->script.error = error;
    return STEP_ERROR;
}

static enum step_item take_statement(struct steps *steps, struct step *step)
{
    const struct script *script = &steps->script;

    step->number = ++steps->number;
    step->line = script->item_line;
    step->sql = script->start;
    step->length = script->length;
    if (ar_recognize_transaction(script->language, step->sql, step->length))
        return fail_step(steps, step->line, "a migration cannot begin or end a transaction: it runs in one");
    return STEP_FOUND;
}

enum step_item ar_steps_next(struct steps *steps, struct step *out)
{
    unsigned directive_line = 0; /* of one that needs a statement */

    *out = (struct step){.number = 0};
    for (;;) {
        enum script_item item = ar_script_next(&steps->script);
        if (item == SCRIPT_ERROR)
            return STEP_ERROR;
        if (item == SCRIPT_STATEMENT)
            return take_statement(steps, out);
        if (item == SCRIPT_END && directive_line > 0)
            return fail_step(steps, directive_line, "the directive has no statement after it");
        if (item == SCRIPT_END)
            return STEP_END;
        take_directive(steps, out);
        if (steps->script.directive != SCRIPT_REBUILD)
            directive_line = steps->script.item_line;
    }
}

enum ar_status ar_steps_check(const struct ar_migration *migration, const char *text, enum script_language language,
                              unsigned *count, struct failure *failure)
{
    struct steps steps;
    struct step step;
    enum step_item item;

    ar_steps_open(&steps, text, language);
    do
        item = ar_steps_next(&steps, &step);
    while (item == STEP_FOUND);
    *count = steps.number;
    if (item == STEP_END && steps.is_rebuild && language != SCRIPT_SQLITE)
        (void)fail_step(&steps, 1, "the directive `rebuild` is for SQLite only");
    else if (item == STEP_END)
        return AR_OK;
    return ar_fail(failure, AR_MISUSE, NULL, NULL, "migration %u %s, line %u: %s", migration->number, migration->name,
                   steps.script.item_line, steps.script.error);
}
