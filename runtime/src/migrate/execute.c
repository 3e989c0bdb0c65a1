/* Running the steps of migrations. */
#include "migrate/execute.h"

#include "link/run.h"
#include "migrate/lock.h"

#include <stdio.h>
#include <string.h>

static void report(const struct migrator *m, const struct ar_migration_step *step)
{
    if (m->options.on_step != NULL)
        m->options.on_step(step, m->options.payload);
}

void ar_migrate_report_done(const struct migrator *m, const struct ar_migration *migration, unsigned count)
{
    report(m,
           &(struct ar_migration_step){.event = AR_MIGRATION_DONE, .migration = migration, .statement_count = count});
}

/* Name the migration and the line in the message of a failure. */
static void name_step(struct failure *failure, const struct ar_migration *migration, const struct step *step)
{
    char message[sizeof failure->message];

    memcpy(message, failure->message, sizeof message);
    (void)snprintf(failure->message, sizeof failure->message, "migration %u %.100s, line %u: %.800s", migration->number,
                   migration->name, step->line, message);
}

/* Return AR_CONSTRAINT with the step's message if its SELECT is not true, or if it fails for the data that it reads: of
 * a row that cannot be converted, PostgreSQL reports only that. */
static enum ar_status assert_true(struct migrator *m, const struct step *step, const char *sql)
{
    const char data_exception[] = "22";
    char reason[sizeof m->failure->message + 3] = "", sqlstate[sizeof m->failure->sqlstate] = "";
    bool is_true;
    enum ar_status status = ar_migrate_select_truth(m, sql, &is_true);

    if (status == AR_OK && is_true)
        return AR_OK;
    if (status != AR_OK) {
        if (strncmp(m->failure->sqlstate, data_exception, strlen(data_exception)) != 0)
            return status;
        (void)snprintf(reason, sizeof reason, " (%s)", m->failure->message);
        memcpy(sqlstate, m->failure->sqlstate, sizeof sqlstate);
    }
    (void)ar_fail(m->failure, AR_CONSTRAINT, NULL, NULL, "%.*s%s", (int)step->message_length, step->message, reason);
    if (status != AR_OK)
        ar_failure_add_sqlstate(m->failure, sqlstate);
    ar_failure_add_sql(m->failure, sql);
    return AR_CONSTRAINT;
}

enum ar_status ar_migrate_execute(struct migrator *m, const struct ar_migration *migration, const struct step *step,
                                  unsigned count)
{
    struct arena *scratch = &m->s->store.scratch;
    const char *sql = ar_arena_copy_text(scratch, step->sql, step->length);
    enum ar_status status = AR_OK;

    if (sql == NULL)
        return ar_fail_no_memory(m->failure);
    report(m, &(struct ar_migration_step){
                  .event = AR_MIGRATION_STATEMENT,
                  .migration = migration,
                  .statement = step->number,
                  .statement_count = count,
                  .sql = sql,
              });
    if (!m->options.dry_run)
        status = step->message != NULL ? assert_true(m, step, sql) : ar_run_script(&m->s->link, sql, NULL);
    if (status != AR_OK && status != AR_NO_MEMORY)
        name_step(m->failure, migration, step);
    return ar_session_done(m->s, status);
}
