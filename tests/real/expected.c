/* The hand-written SQL of expected.h. In each statement `o` is the owner and `t` the target. */
#include "expected.h"

/* All columns of the row `t`, in the order of the struct. */
/* clang-format off */
#define QUOTE(column) "quote(t." column ")"
#define AND_QUOTE(column) " || '|' || quote(t." column ")"
#define AND_MONEY(column) " || '|' || printf('%.2f', t." column ")"
#define AND_TIME(column) " || '|' || quote(CAST(strftime('%s', t." column ") AS INTEGER))"

#define ARTIST QUOTE("ArtistId") AND_QUOTE("Name")
#define ALBUM QUOTE("AlbumId") AND_QUOTE("Title") AND_QUOTE("ArtistId")
#define GENRE QUOTE("GenreId") AND_QUOTE("Name")
#define MEDIA_TYPE QUOTE("MediaTypeId") AND_QUOTE("Name")
#define TRACK QUOTE("TrackId") AND_QUOTE("Name") AND_QUOTE("AlbumId") AND_QUOTE("MediaTypeId") AND_QUOTE("GenreId")    \
    AND_QUOTE("Composer") AND_QUOTE("Milliseconds") AND_QUOTE("Bytes") AND_MONEY("UnitPrice")
#define PLAYLIST QUOTE("PlaylistId") AND_QUOTE("Name")
#define ENTRY QUOTE("PlaylistId") AND_QUOTE("TrackId")
#define EMPLOYEE QUOTE("EmployeeId") AND_QUOTE("LastName") AND_QUOTE("FirstName") AND_QUOTE("Title")                   \
    AND_QUOTE("ReportsTo") AND_TIME("BirthDate") AND_TIME("HireDate") AND_QUOTE("Address") AND_QUOTE("City")           \
    AND_QUOTE("State") AND_QUOTE("Country") AND_QUOTE("PostalCode") AND_QUOTE("Phone") AND_QUOTE("Fax")                \
    AND_QUOTE("Email")
#define CUSTOMER QUOTE("CustomerId") AND_QUOTE("FirstName") AND_QUOTE("LastName") AND_QUOTE("Company")                 \
    AND_QUOTE("Address") AND_QUOTE("City") AND_QUOTE("State") AND_QUOTE("Country") AND_QUOTE("PostalCode")             \
    AND_QUOTE("Phone") AND_QUOTE("Fax") AND_QUOTE("Email") AND_QUOTE("SupportRepId")
#define INVOICE QUOTE("InvoiceId") AND_QUOTE("CustomerId") AND_TIME("InvoiceDate") AND_QUOTE("BillingAddress")         \
    AND_QUOTE("BillingCity") AND_QUOTE("BillingState") AND_QUOTE("BillingCountry") AND_QUOTE("BillingPostalCode")      \
    AND_MONEY("Total")
#define INVOICE_LINE QUOTE("InvoiceLineId") AND_QUOTE("InvoiceId") AND_QUOTE("TrackId") AND_MONEY("UnitPrice")         \
    AND_QUOTE("Quantity")
/* clang-format on */

const struct expected_table expected_tables[TABLE_COUNT] = {
    {&artist_model, "SELECT " ARTIST " FROM Artist t ORDER BY ArtistId"},
    {&album_model, "SELECT " ALBUM " FROM Album t ORDER BY AlbumId"},
    {&genre_model, "SELECT " GENRE " FROM Genre t ORDER BY GenreId"},
    {&media_type_model, "SELECT " MEDIA_TYPE " FROM MediaType t ORDER BY MediaTypeId"},
    {&track_model, "SELECT " TRACK " FROM Track t ORDER BY TrackId"},
    {&playlist_model, "SELECT " PLAYLIST " FROM Playlist t ORDER BY PlaylistId"},
    {&playlist_track_model, "SELECT " ENTRY " FROM PlaylistTrack t ORDER BY PlaylistId, TrackId"},
    {&employee_model, "SELECT " EMPLOYEE " FROM Employee t ORDER BY EmployeeId"},
    {&customer_model, "SELECT " CUSTOMER " FROM Customer t ORDER BY CustomerId"},
    {&invoice_model, "SELECT " INVOICE " FROM Invoice t ORDER BY InvoiceId"},
    {&invoice_line_model, "SELECT " INVOICE_LINE " FROM InvoiceLine t ORDER BY InvoiceLineId"},
};

#define LINES(key, row, tables, order)                                                                                 \
    "SELECT " key " || '>' || CASE WHEN t.rowid IS NULL THEN '' ELSE " row " END FROM " tables " ORDER BY " order
#define HAS_MANY(owner, key, target, foreign_key, row, target_key)                                                     \
    LINES("o." key, row, owner " o LEFT JOIN " target " t ON t." foreign_key " = o." key, "o." key ", t." target_key)
#define BELONGS_TO(owner, key, foreign_key, target, row, target_key)                                                   \
    LINES("o." key, row, owner " o LEFT JOIN " target " t ON t." target_key " = o." foreign_key, "o." key)
#define ENTRY_BELONGS_TO(foreign_key, target, row, target_key)                                                         \
    LINES("o.PlaylistId || '/' || o.TrackId", row,                                                                     \
          "PlaylistTrack o LEFT JOIN " target " t ON t." target_key " = o." foreign_key, "o.PlaylistId, o.TrackId")

const struct expected_relation expected_relations[RELATION_COUNT] = {
    {&artist_albums_relation, HAS_MANY("Artist", "ArtistId", "Album", "ArtistId", ALBUM, "AlbumId")},
    {&album_artist_relation, BELONGS_TO("Album", "AlbumId", "ArtistId", "Artist", ARTIST, "ArtistId")},
    {&album_tracks_relation, HAS_MANY("Album", "AlbumId", "Track", "AlbumId", TRACK, "TrackId")},
    {&genre_tracks_relation, HAS_MANY("Genre", "GenreId", "Track", "GenreId", TRACK, "TrackId")},
    {&media_type_tracks_relation, HAS_MANY("MediaType", "MediaTypeId", "Track", "MediaTypeId", TRACK, "TrackId")},
    {&track_album_relation, BELONGS_TO("Track", "TrackId", "AlbumId", "Album", ALBUM, "AlbumId")},
    {&track_media_type_relation, BELONGS_TO("Track", "TrackId", "MediaTypeId", "MediaType", MEDIA_TYPE, "MediaTypeId")},
    {&track_genre_relation, BELONGS_TO("Track", "TrackId", "GenreId", "Genre", GENRE, "GenreId")},
    {&track_invoice_lines_relation,
     HAS_MANY("Track", "TrackId", "InvoiceLine", "TrackId", INVOICE_LINE, "InvoiceLineId")},
    {&track_entries_relation, HAS_MANY("Track", "TrackId", "PlaylistTrack", "TrackId", ENTRY, "PlaylistId")},
    {&playlist_entries_relation, HAS_MANY("Playlist", "PlaylistId", "PlaylistTrack", "PlaylistId", ENTRY, "TrackId")},
    {&playlist_track_playlist_relation, ENTRY_BELONGS_TO("PlaylistId", "Playlist", PLAYLIST, "PlaylistId")},
    {&playlist_track_track_relation, ENTRY_BELONGS_TO("TrackId", "Track", TRACK, "TrackId")},
    {&employee_manager_relation, BELONGS_TO("Employee", "EmployeeId", "ReportsTo", "Employee", EMPLOYEE, "EmployeeId")},
    {&employee_reports_relation, HAS_MANY("Employee", "EmployeeId", "Employee", "ReportsTo", EMPLOYEE, "EmployeeId")},
    {&employee_customers_relation,
     HAS_MANY("Employee", "EmployeeId", "Customer", "SupportRepId", CUSTOMER, "CustomerId")},
    {&customer_support_rep_relation,
     BELONGS_TO("Customer", "CustomerId", "SupportRepId", "Employee", EMPLOYEE, "EmployeeId")},
    {&customer_invoices_relation, HAS_MANY("Customer", "CustomerId", "Invoice", "CustomerId", INVOICE, "InvoiceId")},
    {&invoice_customer_relation, BELONGS_TO("Invoice", "InvoiceId", "CustomerId", "Customer", CUSTOMER, "CustomerId")},
    {&invoice_lines_relation,
     HAS_MANY("Invoice", "InvoiceId", "InvoiceLine", "InvoiceId", INVOICE_LINE, "InvoiceLineId")},
    {&invoice_line_invoice_relation,
     BELONGS_TO("InvoiceLine", "InvoiceLineId", "InvoiceId", "Invoice", INVOICE, "InvoiceId")},
    {&invoice_line_track_relation, BELONGS_TO("InvoiceLine", "InvoiceLineId", "TrackId", "Track", TRACK, "TrackId")},
};
