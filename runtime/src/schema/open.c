/* ar_db_open: a database whose tables may be checked. */
#include "schema/open.h"

#include "link/db.h"
#include "schema/check.h"
#include "schema/fingerprint.h"
#include "session/session.h"

#include <armature/db.h>

static enum ar_status check_models(struct ar_session *s, const struct ar_db_options *options)
{
    bool is_full = options->schema == AR_SCHEMA_FULL || options->untrusted;
    struct model_list list;

    if (!ar_models_list(&s->store.scratch, options->models, options->model_count, MODELS_THEMSELVES, &list))
        return ar_fail_no_memory(&s->store.failure);
    return is_full ? ar_check(s, &list) : ar_check_by_fingerprint(s, &list);
}

static enum ar_status check_tables(struct ar_db *db, const struct ar_db_options *options)
{
    struct ar_session *s;
    enum ar_status status;

    if (options->models == NULL || options->model_count == 0)
        return ar_fail(&db->failure, AR_MISUSE, NULL, NULL, "ar_db_options.schema checks .models, but there are none");
    status = ar_session_open(db, NULL, &s);
    if (status != AR_OK)
        return ar_fail_no_memory(&db->failure);
    status = check_models(s, options);
    if (status != AR_OK)
        ar_failure_restore(&db->failure, &s->store.failure);
    ar_session_close(s);
    return status;
}

enum ar_status ar_db_open_within(const char *url, const struct ar_db_options *options, struct budget *budget,
                                 struct ar_db **out)
{
    enum ar_status status = ar_db_connect(url, options, budget, out);

    if (status != AR_OK || options == NULL)
        return status;
    switch (options->schema) {
    case AR_SCHEMA_FINGERPRINT:
    case AR_SCHEMA_FULL:
        status = check_tables(*out, options);
        (*out)->is_open = status == AR_OK;
        return status;
    case AR_SCHEMA_TRUST:
        break;
    }
    return AR_OK;
}

enum ar_status ar_db_open(const char *url, const struct ar_db_options *options, struct ar_db **out)
{
    return ar_db_open_within(url, options, NULL, out);
}
