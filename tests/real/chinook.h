/* The Chinook sample database, a music shop with a third-party schema: CamelCase names, an employee tree, a join table
 * with a composite key, dates as text, prices as NUMERIC. In some structs, fields have the names of the columns; in
 * others, they have different names. */
#ifndef CHINOOK_H
#define CHINOOK_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

struct artist {
    int64_t     ArtistId AR_PRIMARY_KEY;
    const char *Name;
} AR_TABLE(Artist)
  AR_HAS_MANY(albums, ArtistId, artist, .target = album)
  AR_SQL(rename_artists, (const char *from, const char *to),
         "UPDATE Artist SET Name = :to WHERE Name = :from");

struct album {
    int64_t     AlbumId AR_PRIMARY_KEY;
    const char *Title   AR_NOT_NULL;
    int64_t     ArtistId;
} AR_TABLE(Album)
  AR_BELONGS_TO(artist, ArtistId, albums)
  AR_HAS_MANY(tracks, AlbumId, album, .target = track)
  AR_SQL(albums_longer_than, (int64_t milliseconds),
         "SELECT a.* FROM Album a JOIN Track t ON t.AlbumId = a.AlbumId GROUP BY a.AlbumId, a.Title, a.ArtistId"
         " HAVING sum(t.Milliseconds) > :milliseconds ORDER BY a.AlbumId")
  AR_SQL(albums_sold_out, (),
         "SELECT * FROM Album a WHERE NOT EXISTS ("
         "   SELECT 1 FROM Track t WHERE t.AlbumId = a.AlbumId"
         "      AND NOT EXISTS (SELECT 1 FROM InvoiceLine l WHERE l.TrackId = t.TrackId))"
         "   AND EXISTS (SELECT 1 FROM Track t WHERE t.AlbumId = a.AlbumId) ORDER BY AlbumId");

struct genre {
    int64_t     GenreId AR_PRIMARY_KEY;
    const char *Name;
} AR_TABLE(Genre)
  AR_HAS_MANY(tracks, GenreId, genre, .target = track)
  AR_SQL(put_genre, (int64_t id, const char *name AR_NULLABLE),
         "INSERT INTO Genre (GenreId, Name) VALUES (:id, :name)"
         " ON CONFLICT (GenreId) DO UPDATE SET Name = excluded.Name RETURNING *", .one = true);

struct media_type {
    int64_t     id   AR_COLUMN(MediaTypeId) AR_PRIMARY_KEY;
    const char *name AR_COLUMN(Name);
} AR_TABLE(MediaType)
  AR_HAS_MANY(tracks, MediaTypeId, media_type, .target = track);

struct track {
    int64_t     TrackId AR_PRIMARY_KEY;
    const char *Name    AR_NOT_NULL AR_LENGTH(1, 200);
    int64_t     AlbumId AR_NULLABLE;
    int64_t     MediaTypeId;
    int64_t     GenreId AR_NULLABLE;
    const char *Composer;
    int64_t     Milliseconds;
    int64_t     Bytes   AR_NULLABLE_BY(has_bytes);
    bool        has_bytes;
    double      UnitPrice;
} AR_TABLE(Track)
  AR_BELONGS_TO(album, AlbumId, tracks)
  AR_BELONGS_TO(media_type, MediaTypeId, tracks)
  AR_BELONGS_TO(genre, GenreId, tracks)
  AR_HAS_MANY(invoice_lines, track_id, track, .target = invoice_line)
  AR_HAS_MANY(entries, track_id, track, .target = playlist_track)
  AR_SQL(tracks_by_ids, (const int64_t ids[]), "SELECT * FROM Track WHERE TrackId IN (:ids) ORDER BY TrackId")
  AR_SQL(tracks_named, (const char *const names[]), "SELECT * FROM Track WHERE Name IN (:names) ORDER BY TrackId")
  AR_SQL(raise_prices, (int64_t cents, const int64_t genres[]),
         "UPDATE Track SET UnitPrice = UnitPrice + :cents / 100.0 WHERE GenreId IN (:genres) RETURNING *");

struct playlist {
    int64_t     id   AR_COLUMN(PlaylistId) AR_PRIMARY_KEY;
    const char *name AR_COLUMN(Name);
} AR_TABLE(Playlist)
  AR_HAS_MANY(entries, playlist_id, playlist, .target = playlist_track);

typedef struct {
    int64_t playlist_id AR_COLUMN(PlaylistId) AR_PRIMARY_KEY;
    int64_t track_id    AR_COLUMN(TrackId) AR_PRIMARY_KEY;
} AR_TABLE(PlaylistTrack)
  AR_BELONGS_TO(playlist, playlist_id, entries)
  AR_BELONGS_TO(track, track_id, entries)
  AR_SQL(remove_entries, (int64_t playlist, const int64_t tracks[]),
         "DELETE FROM PlaylistTrack WHERE PlaylistId = :playlist AND TrackId IN (:tracks) RETURNING *")
  AR_SQL(copy_entries, (int64_t from, int64_t to),
         "INSERT INTO PlaylistTrack (PlaylistId, TrackId)"
         " SELECT :to, TrackId FROM PlaylistTrack WHERE PlaylistId = :from"
         "    AND TrackId NOT IN (SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = :to)")
  playlist_track_t;

struct employee {
    int64_t     id          AR_COLUMN(EmployeeId) AR_PRIMARY_KEY;
    const char *last_name   AR_COLUMN(LastName) AR_NOT_NULL;
    const char *first_name  AR_COLUMN(FirstName) AR_NOT_NULL;
    const char *title       AR_COLUMN(Title);
    int64_t     reports_to  AR_COLUMN(ReportsTo) AR_NULLABLE;
    time_t      birth_date  AR_COLUMN(BirthDate) AR_NULLABLE AR_STORED_AS(text);
    time_t      hire_date   AR_COLUMN(HireDate) AR_NULLABLE AR_STORED_AS(text);
    const char *address     AR_COLUMN(Address);
    const char *city        AR_COLUMN(City);
    const char *state       AR_COLUMN(State);
    const char *country     AR_COLUMN(Country);
    const char *postal_code AR_COLUMN(PostalCode);
    const char *phone       AR_COLUMN(Phone);
    const char *fax         AR_COLUMN(Fax);
    const char *email       AR_COLUMN(Email) AR_EMAIL;
} AR_TABLE(Employee)
  AR_BELONGS_TO(manager, reports_to, reports, .target = employee)
  AR_HAS_MANY(reports, reports_to, manager, .target = employee)
  AR_HAS_MANY(customers, SupportRepId, support_rep, .target = customer)
  AR_SQL(employee_with_email, (const char *email),
         "SELECT * FROM Employee WHERE Email = :email", .one = true);

struct customer {
    int64_t     CustomerId     AR_PRIMARY_KEY;
    const char *FirstName      AR_NOT_NULL;
    const char *LastName       AR_NOT_NULL;
    const char *Company;
    const char *Address;
    const char *City;
    const char *State;
    const char *Country;
    char        PostalCode[16] AR_NULLABLE;
    const char *Phone;
    const char *Fax;
    const char *Email          AR_NOT_NULL AR_EMAIL;
    int64_t     SupportRepId   AR_NULLABLE;
} AR_TABLE(Customer)
  AR_BELONGS_TO(support_rep, SupportRepId, customers, .target = employee)
  AR_HAS_MANY(invoices, customer_id, customer, .target = invoice)
  AR_SQL(customers_in_state, (const char *state),
         "SELECT * FROM Customer WHERE State IS :state ORDER BY CustomerId",
         .postgresql = "SELECT * FROM Customer WHERE State IS NOT DISTINCT FROM :state ORDER BY CustomerId");

struct invoice {
    int64_t         id                  AR_COLUMN(InvoiceId) AR_PRIMARY_KEY;
    int64_t         customer_id         AR_COLUMN(CustomerId);
    struct timespec invoice_date        AR_COLUMN(InvoiceDate) AR_STORED_AS(text);
    const char     *billing_address     AR_COLUMN(BillingAddress);
    const char     *billing_city        AR_COLUMN(BillingCity);
    const char     *billing_state       AR_COLUMN(BillingState);
    const char     *billing_country     AR_COLUMN(BillingCountry);
    const char     *billing_postal_code AR_COLUMN(BillingPostalCode);
    double          total               AR_COLUMN(Total);
} AR_TABLE(Invoice)
  AR_BELONGS_TO(customer, customer_id, invoices)
  AR_HAS_MANY(lines, invoice_id, invoice, .target = invoice_line);

struct invoice_line {
    int64_t id         AR_COLUMN(InvoiceLineId) AR_PRIMARY_KEY;
    int64_t invoice_id AR_COLUMN(InvoiceId);
    int64_t track_id   AR_COLUMN(TrackId);
    float   unit_price AR_COLUMN(UnitPrice);
    int32_t quantity   AR_COLUMN(Quantity) AR_RANGE(1, 1000);
} AR_TABLE(InvoiceLine)
  AR_BELONGS_TO(invoice, invoice_id, lines)
  AR_BELONGS_TO(track, track_id, invoice_lines);

#endif
