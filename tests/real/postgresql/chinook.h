/* The Chinook sample database as published for PostgreSQL: the same tables, columns and rows with snake_case names. The
 * structs have the same fields and relations as in the other chinook.h, so that the same test can use both. */
#ifndef CHINOOK_POSTGRESQL_H
#define CHINOOK_POSTGRESQL_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct artist {
    int64_t     ArtistId AR_COLUMN(artist_id) AR_PRIMARY_KEY;
    const char *Name     AR_COLUMN(name);
} AR_TABLE(artist)
  AR_HAS_MANY(albums, ArtistId, artist, .target = album)
  AR_SQL(rename_artists, (const char *from, const char *to),
         "UPDATE artist SET name = :to WHERE name = :from");

struct album {
    int64_t     AlbumId  AR_COLUMN(album_id) AR_PRIMARY_KEY;
    const char *Title    AR_COLUMN(title) AR_NOT_NULL;
    int64_t     ArtistId AR_COLUMN(artist_id);
} AR_TABLE(album)
  AR_BELONGS_TO(artist, ArtistId, albums)
  AR_HAS_MANY(tracks, AlbumId, album, .target = track)
  AR_SQL(albums_longer_than, (int64_t milliseconds),
         "SELECT a.* FROM album a JOIN track t ON t.album_id = a.album_id GROUP BY a.album_id, a.title, a.artist_id"
         " HAVING sum(t.milliseconds) > :milliseconds ORDER BY a.album_id")
  AR_SQL(albums_sold_out, (),
         "SELECT * FROM album a WHERE NOT EXISTS ("
         "   SELECT 1 FROM track t WHERE t.album_id = a.album_id"
         "      AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.track_id = t.track_id))"
         "   AND EXISTS (SELECT 1 FROM track t WHERE t.album_id = a.album_id) ORDER BY album_id");

struct genre {
    int64_t     GenreId AR_COLUMN(genre_id) AR_PRIMARY_KEY;
    const char *Name    AR_COLUMN(name);
} AR_TABLE(genre)
  AR_HAS_MANY(tracks, GenreId, genre, .target = track)
  AR_SQL(put_genre, (int64_t id, const char *name AR_NULLABLE),
         "INSERT INTO genre (genre_id, name) VALUES (:id, :name)"
         " ON CONFLICT (genre_id) DO UPDATE SET name = excluded.name RETURNING *", .one = true);

struct media_type {
    int64_t     id AR_COLUMN(media_type_id) AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(media_type)
  AR_HAS_MANY(tracks, MediaTypeId, media_type, .target = track);

struct track {
    int64_t     TrackId      AR_COLUMN(track_id) AR_PRIMARY_KEY;
    const char *Name         AR_COLUMN(name) AR_NOT_NULL AR_LENGTH(1, 200);
    int64_t     AlbumId      AR_COLUMN(album_id) AR_NULLABLE;
    int64_t     MediaTypeId  AR_COLUMN(media_type_id);
    int64_t     GenreId      AR_COLUMN(genre_id) AR_NULLABLE;
    const char *Composer     AR_COLUMN(composer);
    int64_t     Milliseconds AR_COLUMN(milliseconds);
    int64_t     Bytes        AR_COLUMN(bytes) AR_NULLABLE_BY(has_bytes);
    bool        has_bytes;
    double      UnitPrice    AR_COLUMN(unit_price);
} AR_TABLE(track)
  AR_BELONGS_TO(album, AlbumId, tracks)
  AR_BELONGS_TO(media_type, MediaTypeId, tracks)
  AR_BELONGS_TO(genre, GenreId, tracks)
  AR_HAS_MANY(invoice_lines, track_id, track, .target = invoice_line)
  AR_HAS_MANY(entries, track_id, track, .target = playlist_track)
  AR_SQL(tracks_by_ids, (const int64_t ids[]), "SELECT * FROM track WHERE track_id IN (:ids) ORDER BY track_id")
  AR_SQL(tracks_named, (const char *const names[]), "SELECT * FROM track WHERE name IN (:names) ORDER BY track_id")
  AR_SQL(raise_prices, (int64_t cents, const int64_t genres[]),
         "UPDATE track SET unit_price = unit_price + :cents / 100.0 WHERE genre_id IN (:genres) RETURNING *");

struct playlist {
    int64_t     id AR_COLUMN(playlist_id) AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(playlist)
  AR_HAS_MANY(entries, playlist_id, playlist, .target = playlist_track);

typedef struct {
    int64_t playlist_id AR_PRIMARY_KEY;
    int64_t track_id    AR_PRIMARY_KEY;
} AR_TABLE(playlist_track)
  AR_BELONGS_TO(playlist, playlist_id, entries)
  AR_BELONGS_TO(track, track_id, entries)
  AR_SQL(remove_entries, (int64_t playlist, const int64_t tracks[]),
         "DELETE FROM playlist_track WHERE playlist_id = :playlist AND track_id IN (:tracks) RETURNING *")
  AR_SQL(copy_entries, (int64_t from, int64_t to),
         "INSERT INTO playlist_track (playlist_id, track_id)"
         " SELECT :to, track_id FROM playlist_track WHERE playlist_id = :from"
         "    AND track_id NOT IN (SELECT track_id FROM playlist_track WHERE playlist_id = :to)")
  playlist_track_t;

struct employee {
    int64_t     id         AR_COLUMN(employee_id) AR_PRIMARY_KEY;
    const char *last_name  AR_NOT_NULL;
    const char *first_name AR_NOT_NULL;
    const char *title;
    int64_t     reports_to AR_NULLABLE;
    time_t      birth_date AR_NULLABLE;
    time_t      hire_date  AR_NULLABLE;
    const char *address;
    const char *city;
    const char *state;
    const char *country;
    const char *postal_code;
    const char *phone;
    const char *fax;
    const char *email      AR_EMAIL;
} AR_TABLE(employee)
  AR_BELONGS_TO(manager, reports_to, reports, .target = employee)
  AR_HAS_MANY(reports, reports_to, manager, .target = employee)
  AR_HAS_MANY(customers, SupportRepId, support_rep, .target = customer)
  AR_SQL(employee_with_email, (const char *email),
         "SELECT * FROM employee WHERE email = :email", .one = true);

struct customer {
    int64_t     CustomerId     AR_COLUMN(customer_id) AR_PRIMARY_KEY;
    const char *FirstName      AR_COLUMN(first_name) AR_NOT_NULL;
    const char *LastName       AR_COLUMN(last_name) AR_NOT_NULL;
    const char *Company        AR_COLUMN(company);
    const char *Address        AR_COLUMN(address);
    const char *City           AR_COLUMN(city);
    const char *State          AR_COLUMN(state);
    const char *Country        AR_COLUMN(country);
    char        PostalCode[16] AR_COLUMN(postal_code) AR_NULLABLE;
    const char *Phone          AR_COLUMN(phone);
    const char *Fax            AR_COLUMN(fax);
    const char *Email          AR_COLUMN(email) AR_NOT_NULL AR_EMAIL;
    int64_t     SupportRepId   AR_COLUMN(support_rep_id) AR_NULLABLE;
} AR_TABLE(customer)
  AR_BELONGS_TO(support_rep, SupportRepId, customers, .target = employee)
  AR_HAS_MANY(invoices, customer_id, customer, .target = invoice)
  AR_SQL(customers_in_state, (const char *state),
         "SELECT * FROM customer WHERE state IS :state ORDER BY customer_id",
         .postgresql = "SELECT * FROM customer WHERE state IS NOT DISTINCT FROM :state ORDER BY customer_id");

struct invoice {
    int64_t         id AR_COLUMN(invoice_id) AR_PRIMARY_KEY;
    int64_t         customer_id;
    struct timespec invoice_date;
    const char     *billing_address;
    const char     *billing_city;
    const char     *billing_state;
    const char     *billing_country;
    const char     *billing_postal_code;
    double          total;
} AR_TABLE(invoice)
  AR_BELONGS_TO(customer, customer_id, invoices)
  AR_HAS_MANY(lines, invoice_id, invoice, .target = invoice_line);

struct invoice_line {
    int64_t id       AR_COLUMN(invoice_line_id) AR_PRIMARY_KEY;
    int64_t invoice_id;
    int64_t track_id;
    float   unit_price;
    int32_t quantity AR_RANGE(1, 1000);
} AR_TABLE(invoice_line)
  AR_BELONGS_TO(invoice, invoice_id, lines)
  AR_BELONGS_TO(track, track_id, invoice_lines);

#endif
