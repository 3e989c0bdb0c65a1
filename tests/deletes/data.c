#include "data.h"

#include <stdio.h>
#include <string.h>

char rehearsal_log[256];
bool rehearsal_refuses;

static void note(const char *event, const struct rehearsal *rehearsal)
{
    size_t length = strlen(rehearsal_log);
    snprintf(rehearsal_log + length, sizeof rehearsal_log - length, "%s %s\n", event, rehearsal->place);
}

enum ar_status rehearsal_before_delete(struct ar_session *s, struct rehearsal *rehearsal)
{
    int64_t count;
    note("before", rehearsal);
    if (rehearsal_refuses)
        return ar_refuse(s, NULL, "takes place");
    return label_count(label_query(s), &count); /* a hook may use the session */
}

enum ar_status rehearsal_after_delete(struct ar_session *s, struct rehearsal *rehearsal)
{
    (void)s;
    note("after", rehearsal);
    return AR_OK;
}

void rehearsal_committed(struct ar_session *s, const struct rehearsal *rehearsal, enum ar_change change)
{
    (void)s;
    note(change == AR_DELETED ? "committed" : "written", rehearsal);
}

void rehearsal_rolled_back(struct ar_session *s, const struct rehearsal *rehearsal, enum ar_change change)
{
    (void)s, (void)change;
    note("rolled back", rehearsal);
}

int open_label(void **state)
{
    return fixture_open(state, &label_model, &singer_model, &album_model, &track_model, &line_model, &contract_model,
                        &demo_model, &poster_model, &copy_model, &award_model, &medal_model, &invoice_model,
                        &deposit_model, &branch_model, &country_model, &town_model, &street_model, &rehearsal_model,
                        &remark_model, &ribbon_model, &account_model, &transfer_model, &crate_model, &disc_model);
}

int64_t add_label(struct fixture *f, const char *name)
{
    struct label label = {.name = name};
    add_row(f, &label_model, &label);
    return label.id;
}

int64_t add_album(struct fixture *f, int64_t label, const char *title)
{
    struct album album = {.label_id = label, .title = title};
    add_row(f, &album_model, &album);
    return album.id;
}

int64_t add_singer(struct fixture *f, const char *name)
{
    struct singer singer = {.name = name};
    add_row(f, &singer_model, &singer);
    return singer.id;
}

void add_track(struct fixture *f, int64_t album, int32_t number, int64_t singer)
{
    struct track track = {.album_id = album, .number = number, .singer_id = singer};
    add_row(f, &track_model, &track);
}

struct label *the_label(struct fixture *f, int64_t id)
{
    struct label *label;
    ok(f->s, label_find(f->s, id, &label));
    return label;
}

struct album *the_album(struct fixture *f, int64_t id)
{
    struct album *album;
    ok(f->s, album_find(f->s, id, &album));
    return album;
}

struct singer *the_singer(struct fixture *f, int64_t id)
{
    struct singer *singer;
    ok(f->s, singer_find(f->s, id, &singer));
    return singer;
}

int64_t count_of(struct fixture *f, const struct ar_model *model)
{
    int64_t count;
    f->is_paused = true;
    ok(f->other, ar_query_count(ar_query_open(f->other, model), &count));
    f->is_paused = false;
    return count;
}
