/* Calls of the driver that may query the schema. */
#include "link/ask.h"

#include "link/connection.h"
#include "link/run.h"
#include "model/key.h"

static enum ar_status start(struct link *link)
{
    enum ar_status status = ar_run_check_transaction(link);

    return status == AR_OK ? ar_link_connect(link) : status;
}

static enum ar_status end(struct link *link, enum ar_status status)
{
    if (status != AR_OK)
        ar_run_note_failure(link);
    return status;
}

enum ar_status ar_ask_engine(struct link *link)
{
    return link->db->driver->engine != NULL && link->connection == NULL ? start(link) : AR_OK;
}

enum ar_status ar_ask_reports_key(struct link *link, const struct ar_model *model, bool *out)
{
    const struct driver *driver = link->db->driver;
    enum ar_status status = start(link);

    *out = false;
    if (status != AR_OK || driver->reports_key == NULL)
        return status;
    return end(link, driver->reports_key(link->connection, model, out, link->failure));
}

enum ar_status ar_ask_next_keys(struct link *link, const struct ar_model *model, size_t count, int64_t *first)
{
    const struct driver *driver = link->db->driver;
    enum ar_status status = start(link);

    *first = 0;
    if (status != AR_OK || driver->next_keys == NULL)
        return status;
    return end(link, driver->next_keys(link->connection, model, count, first, link->failure));
}

enum ar_status ar_ask_compares_by_rules(struct link *link, const struct ar_relation *relation, bool *out)
{
    enum ar_status status;

    *out = ar_key_has_text(ar_target_columns(relation));
    if (!*out)
        return AR_OK;
    status = start(link);
    if (status != AR_OK)
        return status;
    return end(link, link->db->driver->compares_by_rules(link->connection, relation, out, link->failure));
}

enum ar_status ar_ask_access_path(struct link *link, const struct ar_relation *relation, size_t key_count,
                                  enum access_path *out)
{
    const struct driver *driver = link->db->driver;
    enum ar_status status = start(link);

    *out = ACCESS_BY_KEY;
    if (status != AR_OK || driver->choose_access_path == NULL)
        return status;
    return end(link, driver->choose_access_path(link->connection, relation, key_count, out, link->failure));
}

enum ar_status ar_ask_fetch(struct link *link, const struct statement *statement, const char **out)
{
    enum ar_status status = start(link);

    if (status != AR_OK)
        return status;
    return end(link, link->db->driver->describe(link->connection, statement, out, link->failure));
}
