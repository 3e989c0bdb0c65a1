#include "data.h"

int open_label(void **state)
{
    return fixture_open(state, &label_model, &singer_model, &album_model, &track_model, &line_model, &contract_model,
                        &demo_model, &poster_model, &copy_model, &award_model, &medal_model, &invoice_model,
                        &deposit_model, &branch_model, &country_model, &town_model, &street_model);
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
