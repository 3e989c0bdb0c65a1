/* Functions shared by Armature's sides. */
#include "armature_side.h"

#include "data.h"
#include "fail.h"

#include <stdlib.h>
#include <string.h>

void armature_check(const struct armature_side *side, enum ar_status status)
{
    if (status != AR_OK)
        bench_fail("armature",
                   side->session != NULL ? ar_session_error(side->session)->message : ar_db_error(side->db)->message);
}

bool armature_is_plain;

struct armature_side *armature_side_open(const char *url, size_t size, const struct ar_session_options *options)
{
    struct armature_side *side = bench_allocate(1, sizeof *side);
    const struct ar_db_options db_options = {.sqlite_plain = armature_is_plain};
    armature_check(side, ar_db_open(url, &db_options, &side->db));
    armature_check(side, ar_session_open(side->db, options, &side->session));
    side->url = url;
    side->size = size;
    side->is_sqlite = strncmp(url, "sqlite:", strlen("sqlite:")) == 0;
    return side;
}

void *armature_open_read_only(const char *url, size_t size)
{
    return armature_side_open(url, size, &(const struct ar_session_options){.read_only = true});
}

void *armature_open(const char *url, size_t size)
{
    return armature_side_open(url, size, NULL);
}

void armature_close(void *state)
{
    struct armature_side *side = state;
    if (side->sweeper != NULL)
        armature_close(side->sweeper);
    ar_session_close(side->session);
    ar_db_close(side->db);
    free(side->found);
    free(side->ids);
    free(side->drafts);
    free(side->records);
    free(side);
}
