/* S-299: 16 threads insert, move and delete rows of few parents at the same time, each in its own session. Afterwards
 * every counter is the number of rows, and no call has failed with a deadlock. */
#include "data.h"

#include <pthread.h>
#include <stdio.h>

enum { WRITERS = 16, UNITS = 24, LABELS = 2, ALBUMS = 3, SINGERS = 4 };

/* The keys of the parents, which all writers share. */
struct parents {
    int64_t labels[LABELS], albums[ALBUMS], singers[SINGERS];
};

struct writer {
    pthread_t thread;
    struct ar_db *db;
    const struct parents *parents;
    int number;
    uint32_t random;
    enum ar_status status; /* the first failure */
    char message[512];
};

static uint32_t next(struct writer *writer, uint32_t limit)
{
    writer->random = writer->random * 1664525u + 1013904223u;
    return (writer->random >> 8) % limit;
}

static int64_t any_singer(struct writer *writer)
{
    return writer->parents->singers[next(writer, SINGERS)];
}

static struct track new_track(struct writer *writer, int32_t number)
{
    return (struct track){
        .album_id = writer->parents->albums[next(writer, ALBUMS)], .number = number, .singer_id = any_singer(writer)};
}

/* Another writer may have deleted the row before. */
static enum ar_status unless_deleted(enum ar_status status)
{
    return status == AR_NOT_FOUND ? AR_OK : status;
}

/* Insert one track, move it to another singer, and perhaps delete it. */
static enum ar_status write_one(struct writer *writer, struct ar_session *s, int32_t number)
{
    struct track track = new_track(writer, number), *own;
    enum ar_status status = track_insert(s, &track);
    if (status == AR_OK)
        status = track_find(s, track.album_id, track.number, &own);
    if (status != AR_OK)
        return unless_deleted(status);
    own->singer_id = any_singer(writer);
    status = track_save(s, own);
    return unless_deleted(status == AR_OK && next(writer, 2) == 0 ? track_delete(s, own) : status);
}

/* Insert tracks of all albums and singers at once. */
static enum ar_status write_many(struct writer *writer, struct ar_session *s, int32_t number)
{
    struct track tracks[6];
    for (int i = 0; i < 6; i++)
        tracks[i] = new_track(writer, number + i);
    return track_insert_many(s, tracks, 6);
}

/* Delete a track that another writer may delete at the same time. */
static enum ar_status delete_any(struct writer *writer, struct ar_session *s)
{
    struct track_query *q = track_query(s);
    struct track *track;
    track_offset(q, next(writer, 10));
    enum ar_status status = track_first(q, &track);
    if (status != AR_OK || track == NULL)
        return status;
    return unless_deleted(track_delete(s, track));
}

/* Insert an album with tracks of all singers, move it to the other label, and delete it with its tracks. */
static enum ar_status write_album(struct writer *writer, struct ar_session *s)
{
    struct album album = {.label_id = writer->parents->labels[next(writer, LABELS)], .title = "own"}, *own;
    struct track tracks[SINGERS];
    enum ar_status status = album_insert(s, &album);
    for (int i = 0; i < SINGERS; i++)
        tracks[i] = (struct track){.album_id = album.id, .number = i, .singer_id = any_singer(writer)};
    if (status == AR_OK)
        status = track_insert_many(s, tracks, SINGERS);
    if (status == AR_OK)
        status = album_find(s, album.id, &own);
    if (status != AR_OK)
        return status;
    own->label_id = writer->parents->labels[next(writer, LABELS)];
    status = album_save(s, own);
    return status == AR_OK && next(writer, 3) > 0 ? album_delete(s, own) : status;
}

static enum ar_status write_unit(struct writer *writer, struct ar_session *s, int unit)
{
    int32_t number = 1000 * (writer->number + 1) + 10 * unit;
    switch (next(writer, 4)) {
    case 0:
        return write_many(writer, s, number);
    case 1:
        return delete_any(writer, s);
    case 2:
        return write_album(writer, s);
    default:
        return write_one(writer, s, number);
    }
}

static void *work(void *payload)
{
    struct writer *writer = payload;
    for (int unit = 0; unit < UNITS && writer->status == AR_OK; unit++) {
        struct ar_session *s;
        writer->status = ar_session_open(writer->db, NULL, &s);
        if (writer->status != AR_OK)
            break;
        writer->status = write_unit(writer, s, unit);
        if (writer->status != AR_OK)
            snprintf(writer->message, sizeof writer->message, "%s (%s)", ar_session_error(s)->message,
                     ar_session_error(s)->sql != NULL ? ar_session_error(s)->sql : "");
        ar_session_close(s);
    }
    return NULL;
}

static int open_patient(void **state)
{
    static const struct ar_db_options patient = {
        .pool_size = WRITERS, .pool_wait_ms = 600000, .busy_timeout_ms = 600000};
    static const struct ar_model *const models[] = {&label_model,   &singer_model,    &album_model, &track_model,
                                                    &line_model,    &contract_model,  &demo_model,  &poster_model,
                                                    &copy_model,    &award_model,     &medal_model, &invoice_model,
                                                    &deposit_model, &rehearsal_model, &remark_model};
    return fixture_open_file_with(state, &patient, models, sizeof models / sizeof *models);
}

static void given_parents(struct fixture *f, struct parents *parents)
{
    for (int i = 0; i < LABELS; i++)
        parents->labels[i] = add_label(f, "label");
    for (int i = 0; i < ALBUMS; i++)
        parents->albums[i] = add_album(f, parents->labels[i % LABELS], "shared");
    for (int i = 0; i < SINGERS; i++)
        parents->singers[i] = add_singer(f, "singer");
}

static void then_counters_are_exact(struct fixture *f, const struct parents *parents)
{
    struct album_list albums;
    int64_t count;
    for (int i = 0; i < LABELS; i++) {
        struct label *label = the_label(f, parents->labels[i]);
        ok(f->s, album_count(label_albums_query(f->s, label), &count));
        assert_int_equal(label->albums_count, count);
    }
    for (int i = 0; i < SINGERS; i++) {
        struct singer *singer = the_singer(f, parents->singers[i]);
        ok(f->s, track_count(singer_tracks_query(f->s, singer), &count));
        assert_int_equal(singer->tracks_count, count);
    }
    ok(f->s, album_all(album_query(f->s), &albums));
    assert_true(albums.count >= ALBUMS);
    for (size_t i = 0; i < albums.count; i++) {
        ok(f->s, track_count(album_tracks_query(f->s, albums.items[i]), &count));
        assert_int_equal(albums.items[i]->tracks_count, count);
    }
}

static void test_s299_writers(void **state)
{
    struct fixture *f = *state;
    struct writer writers[WRITERS];
    struct parents parents;

    given_parents(f, &parents);
    ar_session_clear(f->s);
    ar_session_clear(f->other);
    ar_db_observe(f->db, NULL, NULL);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.db = f->db, .parents = &parents, .number = i, .random = 77u * (uint32_t)(i + 1)};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, work, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_join(writers[i].thread, NULL), 0);
    for (int i = 0; i < WRITERS; i++)
        if (writers[i].status != AR_OK)
            fail_msg("writer %d: %s: %s", i, ar_status_name(writers[i].status), writers[i].message);
    then_counters_are_exact(f, &parents);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_s299_writers, open_patient, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
