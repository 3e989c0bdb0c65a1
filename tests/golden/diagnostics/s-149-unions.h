/* S-149: relations to one of several models, with types, keys, models and relations that do not fit. */
#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(posts)
  AR_HAS_MANY(fine, subject, .target = note)
  AR_HAS_MANY(nulled, subject_id, .target = note, .dependent = nullify)
  AR_HAS_MANY(a, subjet, .target = note)
  AR_HAS_MANY(b, people, .target = note)
  AR_HAS_MANY(c, subject, other, .target = note)
  AR_HAS_MANY(of_broken, t, .target = note);

struct photo {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(photos)
  AR_HAS_ONE(d, subject, .target = note);

struct tag {
    const char *name AR_PRIMARY_KEY;
} AR_TABLE(tags);

struct user {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(users)
  AR_HAS_MANY(notes, people, .target = note)
  AR_HAS_MANY_THROUGH(through_v, notes, v)
  AR_HAS_MANY(of_misspelt, v, .target = note)
  AR_HAS_MANY(written, author_id, .target = note, .dependent = nullify)
  AR_HAS_MANY(e, subject, .target = note);

struct note {
    int64_t id AR_PRIMARY_KEY;
    const char *subject_type;
    int32_t kind;
    char short_type[4];
    double rate;
    int64_t subject_id AR_NULLABLE;
    int64_t author_id AR_NULLABLE;
    int64_t editor_id AR_NULLABLE;
    int64_t reader_id;
} AR_TABLE(notes)
  AR_BELONGS_TO_ANY(subject, subject_type, subject_id, post, photo)
  AR_BELONGS_TO_ANY(f, subject_typ, subject_id, post, photo)
  AR_BELONGS_TO_ANY(g, rate, subject_id, post, photo)
  AR_BELONGS_TO_ANY(h, subject_type, subject_ids, post, photo)
  AR_BELONGS_TO_ANY(i, subject_type, subject_id, post, phot)
  AR_BELONGS_TO_ANY(j, subject_type, subject_id, post, tag)
  AR_BELONGS_TO_ANY(k, kind, subject_id, post, photo)
  AR_BELONGS_TO_ANY(l, kind, subject_id, post, photo, .types = (post = 1, photo = 1))
  AR_BELONGS_TO_ANY(m, kind, subject_id, post, photo, .types = (post = 1, photos = 2))
  AR_BELONGS_TO_ANY(n, kind, subject_id, post, photo, .types = (post = 1, photo = 99999999999))
  AR_BELONGS_TO_ANY(o, kind, subject_id, post, photo, .types = (post = 1, photo = "b"))
  AR_BELONGS_TO_ANY(p, short_type, subject_id, post, photo)
  AR_BELONGS_TO_ANY(q, subject_type, subject_id, post, photo, .types = (post = 1))
  AR_BELONGS_TO_ANY(r, subject_type, subject_id, post, post)
  AR_BELONGS_TO_ANY(s, subject_type, subject_id, post, photo, .types = off)
  AR_BELONGS_TO_ANY(t, subject_type, subject_id, post, photo, .type = (post = 1))
  AR_BELONGS_TO_ANY(u, subject_type, subject_id)
  AR_BELONGS_TO(author, author_id, .target = user)
  AR_BELONGS_TO(editor, editor_id, .target = user)
  AR_BELONGS_TO(reader, reader_id, .target = user)
  AR_BELONGS_TO(same, author_id, .target = user)
  AR_BELONGS_TO_ONE_OF(people, author, editor)
  AR_BELONGS_TO_ONE_OF(v, author, editr)
  AR_BELONGS_TO_ONE_OF(w, author, reader)
  AR_BELONGS_TO_ONE_OF(x, author, same)
  AR_BELONGS_TO_ONE_OF(y, author, subject_post)
  AR_BELONGS_TO_ONE_OF(z, author, editor, .load = one)
  AR_BELONGS_TO_ONE_OF(set, author, author)
  AR_BELONGS_TO_ANY(word, subject_type, subject_id, post, class)
  AR_BELONGS_TO_ANY(twice, subject_type, subject_id, post, photo)
  AR_BELONGS_TO_ANY(twice, subject_type, subject_id, post, photo);

struct course {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(courses, .prefix = class);

/* Paths through a union, and `.references` of the other side. */
struct album {
    int64_t id AR_PRIMARY_KEY;
    int64_t number AR_UNIQUE;
} AR_TABLE(albums)
  AR_HAS_MANY(remarks, about, .target = remark, .references = number)
  AR_HAS_MANY(untyped, of_no_field, .target = review)
  AR_HAS_MANY_THROUGH(songs, remarks, about, .distinct = true);

struct remark {
    int64_t id AR_PRIMARY_KEY;
    const char *about_type;
    int64_t about_id AR_NULLABLE;
} AR_TABLE(remarks)
  AR_BELONGS_TO_ANY(about, about_type, about_id, album, post)
  AR_HAS_MANY_THROUGH(others, about, remarks);

struct review {
    int64_t id AR_PRIMARY_KEY;
    int32_t kind;
    int32_t kept AR_TRANSIENT;
    int32_t maybe AR_NULLABLE;
    const char *name;
    void *pointer;
    int64_t about_id;
} AR_TABLE(reviews)
  AR_BELONGS_TO_ANY(of_no_column, kept, about_id, album, post, .types = (album = 1, post = 2))
  AR_BELONGS_TO_ANY(of_no_value, kind, about_id, album, post, .types = (album, post = 2))
  AR_BELONGS_TO_ANY(of_values, kind, about_id, album, post, .types = (album = 1, album = 2))
  AR_BELONGS_TO_ANY(of_low_values, kind, about_id, album, post, .types = (album = -99999999999, post = 2))
  AR_BELONGS_TO_ANY(of_zero, maybe, about_id, album, post, .types = (album = 0, post = 2))
  AR_BELONGS_TO_ANY(of_numbers, name, about_id, album, post, .types = (album = 1, post = 2))
  AR_BELONGS_TO_ANY(of_mixed, name, about_id, album, post, .types = (album = "a", post = 2))
  AR_BELONGS_TO_ANY(of_mixed_text, name, about_id, album, post, .types = (album = 2, post = "p"))
  AR_BELONGS_TO_ANY(of_mixed_number, kind, about_id, album, post, .types = (album = "a", post = 1))
  AR_BELONGS_TO_ANY(of_empty, name, about_id, album, post, .types = (album = "", post = "p"))
  AR_BELONGS_TO_ANY(of_equal, name, about_id, album, post, .types = (album = "a", post = "a"))
  AR_BELONGS_TO_ANY(of_stranger, kind, about_id, album, post, .types = (quartz_and_feldspar = 1))
  AR_BELONGS_TO_ANY(of_no_field, quartz_and_feldspar, about_id, album, post)
  AR_BELONGS_TO_ANY(of_pointer, pointer, about_id, album, post)
  AR_BELONGS_TO_ANY(of_none, kind, about_id, none, .types = (none = 1))
  AR_BELONGS_TO_ANY(of_kind, kind, about_id, kind, .types = (kind = 1))
  AR_BELONGS_TO(no_field, missing_id, .target = album)
  AR_BELONGS_TO(of_kept, kept, .target = album)
  AR_BELONGS_TO(no_model, about_id, .target = missing)
  AR_BELONGS_TO(well, about_id, .target = album)
  AR_HAS_MANY(below, about_id, .target = review)
  AR_BELONGS_TO_ONE_OF(one_without_field, no_field, well)
  AR_BELONGS_TO_ONE_OF(one_of_kept, of_kept, well)
  AR_BELONGS_TO_ONE_OF(one_without_model, no_model, well)
  AR_BELONGS_TO_ONE_OF(one_of_many, below, well)
  AR_BELONGS_TO(broken, about_id, .load = 7)
  AR_BELONGS_TO_ONE_OF(one_of_broken, broken, well);

struct none {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(nones)
  AR_HAS_MANY(reviews, one_without_model, .target = review)
  AR_HAS_MANY(odd, one_of_many, .target = review)
  AR_HAS_MANY_THROUGH(paths, odd, one_of_many)
  AR_HAS_MANY(mixed, of_none, .target = review)
  AR_HAS_MANY(pointed, of_pointer, .target = review);

struct kind {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(kinds);
