/* A record label and everything that refers to it, with each rule for deletes, and counters. */
#ifndef DELETES_H
#define DELETES_H

#include <armature/annotations.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct label {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    int32_t albums_count;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(labels)
  AR_HAS_MANY(albums, label_id, label, .target = album, .dependent = destroy)
  AR_HAS_ONE(contract, label_id, label, .dependent = restrict)
  AR_HAS_MANY(demos, label_id, label, .target = demo, .dependent = nullify)
  AR_HAS_MANY(posters, label_id, label, .target = poster, .dependent = delete);

struct album {
    int64_t id AR_PRIMARY_KEY;
    int64_t label_id;
    const char *title;
    int64_t tracks_count;
} AR_TABLE(albums)
  AR_BELONGS_TO(label, label_id, albums, .counter = albums_count, .touch = true)
  AR_HAS_MANY(tracks, album_id, album, .target = track, .dependent = destroy)
  AR_HAS_MANY(awards, album_id, album, .target = award);

struct singer {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
    uint16_t tracks_count;
    int64_t posters_count;
    struct timespec updated_at AR_UPDATED_AT;
    int32_t edits AR_VERSION;
} AR_TABLE(singers)
  AR_HAS_MANY(tracks, singer_id, singer, .target = track)
  AR_HAS_MANY(rehearsals, singer_id, singer, .target = rehearsal, .dependent = destroy);

/* Has hooks, which data.c defines. */
struct rehearsal {
    int64_t id AR_PRIMARY_KEY;
    int64_t singer_id;
    const char *place;
} AR_TABLE(rehearsals)
  AR_BELONGS_TO(singer, singer_id, rehearsals)
  AR_BEFORE_DELETE(rehearsal_before_delete)
  AR_AFTER_DELETE(rehearsal_after_delete)
  AR_AFTER_COMMIT(rehearsal_committed)
  AR_AFTER_ROLLBACK(rehearsal_rolled_back);

struct track {
    int64_t album_id AR_PRIMARY_KEY;
    int32_t number AR_PRIMARY_KEY;
    int64_t singer_id AR_NULLABLE;
    const char *title;
} AR_TABLE(tracks)
  AR_BELONGS_TO(album, album_id, tracks, .counter = tracks_count)
  AR_BELONGS_TO(singer, singer_id, tracks, .counter = tracks_count)
  AR_HAS_MANY(lines, (album_id, number), track, .target = line, .dependent = delete);

struct line {
    int64_t id AR_PRIMARY_KEY;
    int64_t album_id;
    int32_t number;
} AR_TABLE(lines)
  AR_BELONGS_TO(track, (album_id, number), lines);

struct contract {
    int64_t id AR_PRIMARY_KEY;
    int64_t label_id;
} AR_TABLE(contracts)
  AR_BELONGS_TO(label, label_id, contract)
  AR_HAS_MANY(remarks, subject, .target = remark, .dependent = delete);

/* About rows of two models, whose keys may be equal. */
struct remark {
    int64_t id AR_PRIMARY_KEY;
    const char *subject_type;
    int64_t subject_id;
} AR_TABLE(remarks)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, contract, demo);

struct demo {
    int64_t id AR_PRIMARY_KEY;
    int64_t label_id AR_NULLABLE;
    int32_t edits AR_VERSION;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(demos)
  AR_BELONGS_TO(label, label_id, demos);

struct poster {
    int64_t id AR_PRIMARY_KEY;
    int64_t label_id;
    int64_t singer_id;
} AR_TABLE(posters)
  AR_BELONGS_TO(label, label_id, posters)
  AR_BELONGS_TO(singer, singer_id, .counter = posters_count, .touch = true)
  AR_HAS_MANY(copies, poster_id, poster, .target = copy);

struct copy {
    int64_t id AR_PRIMARY_KEY;
    int64_t poster_id AR_NULLABLE;
} AR_TABLE(copies)
  AR_BELONGS_TO(poster, poster_id, copies, .on_delete = set_null);

struct award {
    int64_t id AR_PRIMARY_KEY;
    int64_t album_id;
} AR_TABLE(awards)
  AR_BELONGS_TO(album, album_id, awards, .on_delete = cascade)
  AR_HAS_MANY(medals, award_id, award, .target = medal);

/* The database would delete the award that it refers to, but not the ribbon. */
struct ribbon {
    int64_t id AR_PRIMARY_KEY;
    int64_t award_id;
} AR_TABLE(ribbons)
  AR_BELONGS_TO(award, award_id);

/* From one account, whose time it sets, to another, which counts it. */
struct account {
    int64_t id AR_PRIMARY_KEY;
    int64_t arrivals;
    time_t updated_at AR_UPDATED_AT;
} AR_TABLE(accounts);

struct transfer {
    int64_t id AR_PRIMARY_KEY;
    int64_t from_id;
    int64_t to_id;
} AR_TABLE(transfers)
  AR_BELONGS_TO(source, from_id, .target = account, .touch = true)
  AR_BELONGS_TO(goal, to_id, .target = account, .counter = arrivals);

struct medal {
    int64_t id AR_PRIMARY_KEY;
    int64_t award_id;
} AR_TABLE(medals)
  AR_BELONGS_TO(award, award_id, medals, .on_delete = cascade);

/* Refers to an album by a foreign key without any rule. */
struct invoice {
    int64_t id AR_PRIMARY_KEY;
    int64_t album_id;
} AR_TABLE(invoices)
  AR_BELONGS_TO(album, album_id);

struct deposit {
    int64_t id AR_PRIMARY_KEY;
    int64_t invoice_id;
} AR_TABLE(deposits)
  AR_BELONGS_TO(invoice, invoice_id, .on_delete = restrict);

struct branch {
    int64_t id AR_PRIMARY_KEY;
    int64_t parent_id AR_NULLABLE;
    int32_t branches_count;
} AR_TABLE(branches)
  AR_BELONGS_TO(parent, parent_id, children, .target = branch, .counter = branches_count)
  AR_HAS_MANY(children, parent_id, parent, .target = branch, .dependent = destroy);

struct country {
    const char *code AR_PRIMARY_KEY;
    int64_t towns_count;
} AR_TABLE(countries)
  AR_HAS_MANY(towns, country_code, country, .target = town, .dependent = destroy);

struct town {
    const char *country_code AR_PRIMARY_KEY;
    const char *name AR_PRIMARY_KEY;
} AR_TABLE(towns)
  AR_BELONGS_TO(country, country_code, towns, .counter = towns_count)
  AR_HAS_MANY(streets, (country_code, town), town, .target = street, .dependent = destroy);

struct street {
    int64_t id AR_PRIMARY_KEY;
    const char *country_code;
    const char *town;
} AR_TABLE(streets)
  AR_BELONGS_TO(town, (country_code, town), streets);

/* Only the owner has a relation: the foreign key is unknown to the model that has it. */
struct crate {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(crates)
  AR_HAS_MANY(discs, crate_id, .target = disc);

struct disc {
    int64_t id AR_PRIMARY_KEY;
    int64_t crate_id;
} AR_TABLE(discs);

/* clang-format on */

#endif
