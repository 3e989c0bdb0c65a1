/* Statements on the Chinook database, from a search by name to recursive queries and window functions. Those that
 * return records or write are in chinook.h, on their models. */
#ifndef CHINOOK_STATEMENTS_H
#define CHINOOK_STATEMENTS_H

#include "chinook.h"

/* clang-format off */

struct labelled {
    int64_t     id;
    const char *label;
} AR_ROW
  AR_SQL(artists_like, (const char *pattern),
         "SELECT ArtistId AS id, Name AS label FROM Artist WHERE Name LIKE :pattern ORDER BY ArtistId")
  AR_SQL(albums_of, (const char *artist),
         "SELECT a.AlbumId AS id, a.Title AS label FROM Album a JOIN Artist r ON r.ArtistId = a.ArtistId"
         " WHERE r.Name = :artist ORDER BY a.AlbumId")
  AR_SQL(tracks_in_playlists, (const char *const playlists[]),
         "SELECT DISTINCT t.TrackId AS id, t.Name AS label"
         "  FROM Track t JOIN PlaylistTrack e ON e.TrackId = t.TrackId JOIN Playlist p ON p.PlaylistId = e.PlaylistId"
         " WHERE p.Name IN (:playlists) ORDER BY t.TrackId")
  AR_SQL(artists_without_albums, (),
         "SELECT r.ArtistId AS id, r.Name AS label FROM Artist r LEFT JOIN Album a ON a.ArtistId = r.ArtistId"
         " WHERE a.AlbumId IS NULL ORDER BY r.ArtistId")
  AR_SQL(tracks_never_sold, (const int64_t genres[]),
         "SELECT t.TrackId AS id, t.Name AS label FROM Track t WHERE t.GenreId IN (:genres)"
         "   AND NOT EXISTS (SELECT 1 FROM InvoiceLine l WHERE l.TrackId = t.TrackId) ORDER BY t.TrackId")
  AR_SQL(tracks_except, (const int32_t genres[], const char *const media_types[], int16_t at_most),
         "SELECT TrackId AS id, Name AS label FROM Track WHERE GenreId NOT IN (:genres)"
         "   AND MediaTypeId IN (SELECT MediaTypeId FROM MediaType WHERE Name NOT IN (:media_types))"
         " ORDER BY Milliseconds DESC, TrackId LIMIT :at_most")
  AR_SQL(people_in, (const char *city),
         "SELECT CustomerId AS id, FirstName || ' ' || LastName AS label FROM Customer WHERE City = :city"
         " UNION ALL "
         "SELECT -EmployeeId, FirstName || ' ' || LastName FROM Employee WHERE City = :city ORDER BY 1")
  AR_SQL(tracks_only_in, (int64_t playlist, int64_t other),
         "SELECT t.TrackId AS id, t.Name AS label FROM Track t JOIN PlaylistTrack e ON e.TrackId = t.TrackId"
         " WHERE e.PlaylistId = :playlist"
         " EXCEPT "
         "SELECT t.TrackId, t.Name FROM Track t JOIN PlaylistTrack e ON e.TrackId = t.TrackId"
         " WHERE e.PlaylistId = :other ORDER BY 1")
  AR_SQL(excerpts, (int32_t first, int32_t length),
         "SELECT GenreId AS id, substr(Name, :first, :length) AS label FROM Genre ORDER BY GenreId")
  AR_SQL(countdown, (int32_t from),
         "WITH RECURSIVE n(i) AS (SELECT :from UNION ALL SELECT i - 1 FROM n WHERE i > 1)"
         " SELECT i AS id, CASE WHEN i = 1 THEN 'last' WHEN i % 2 = 0 THEN 'even :from -- /*' END AS label FROM n");

struct city {
    const char *city;
} AR_ROW
  AR_SQL(cities_of_both, (), "SELECT City AS city FROM Customer INTERSECT SELECT City FROM Employee ORDER BY 1");

struct counted {
    const char *name;
    int64_t     count;
} AR_ROW
  AR_SQL(tracks_by_genre, (int32_t at_least),
         "SELECT g.Name AS name, count(*) AS count FROM Track t JOIN Genre g ON g.GenreId = t.GenreId"
         " GROUP BY g.GenreId, g.Name HAVING count(*) >= :at_least ORDER BY count(*) DESC, g.Name")
  AR_SQL(albums_by_artist, (int64_t up_to),
         "SELECT count(a.AlbumId) AS count, r.Name AS name FROM Artist r LEFT JOIN Album a ON a.ArtistId = r.ArtistId"
         " WHERE r.ArtistId <= :up_to GROUP BY r.ArtistId, r.Name ORDER BY r.ArtistId")
  AR_SQL(composers, (int64_t at_least),
         "SELECT Composer AS name, count(*) AS count FROM Track GROUP BY Composer HAVING count(*) >= :at_least"
         " ORDER BY count(*) DESC, Composer")
  AR_SQL(customers_by_country, (const char *const countries[]),
         "SELECT Country AS name, count(*) AS count FROM Customer WHERE Country IN (:countries)"
         " GROUP BY Country ORDER BY Country")
  AR_SQL(tracks_by_length, (int64_t is_long),
         "SELECT CASE WHEN Milliseconds > :is_long THEN 'long' ELSE 'short' END AS name, count(*) AS count"
         "  FROM Track GROUP BY CASE WHEN Milliseconds > :is_long THEN 'long' ELSE 'short' END ORDER BY 1")
  AR_SQL(invoices_by_month, (const char *year),
         "SELECT strftime('%Y-%m', InvoiceDate) AS name, count(*) AS count FROM Invoice"
         " WHERE strftime('%Y', InvoiceDate) = :year GROUP BY strftime('%Y-%m', InvoiceDate) ORDER BY 1");

struct customer_sales {
    int64_t         customer_id;
    const char     *name;
    int64_t         invoices;
    double          total;
    struct timespec latest AR_STORED_AS(text);
} AR_ROW
  AR_SQL(best_customers, (struct timespec since AR_STORED_AS(text), int32_t at_most),
         "SELECT c.CustomerId AS customer_id, c.FirstName || ' ' || c.LastName AS name, count(*) AS invoices,"
         "       sum(i.Total) AS total, max(i.InvoiceDate) AS latest"
         "  FROM Customer c JOIN Invoice i ON i.CustomerId = c.CustomerId WHERE i.InvoiceDate >= :since"
         " GROUP BY c.CustomerId, c.FirstName, c.LastName ORDER BY sum(i.Total) DESC, c.CustomerId LIMIT :at_most")
  AR_SQL(customers_of_rep, (int64_t rep, double at_least),
         "WITH totals(customer_id, invoices, total, latest) AS ("
         "   SELECT CustomerId, count(*), sum(Total), max(InvoiceDate) FROM Invoice GROUP BY CustomerId)"
         " SELECT t.*, c.LastName AS name FROM totals t JOIN Customer c ON c.CustomerId = t.customer_id"
         " WHERE c.SupportRepId = :rep AND t.total >= :at_least ORDER BY c.CustomerId");

struct employee_node {
    int64_t     id;
    const char *name;
    int32_t     depth;
    int64_t     manager AR_NULLABLE;
} AR_ROW
  AR_SQL(employees_under, (int64_t id),
         "WITH RECURSIVE tree(id, name, manager, depth) AS ("
         "   SELECT EmployeeId, LastName, ReportsTo, 0 FROM Employee WHERE EmployeeId = :id"
         "   UNION ALL"
         "   SELECT e.EmployeeId, e.LastName, e.ReportsTo, t.depth + 1"
         "     FROM Employee e JOIN tree t ON e.ReportsTo = t.id)"
         " SELECT id, name, depth, manager FROM tree ORDER BY depth, id")
  AR_SQL(managers_of, (int64_t id),
         "WITH RECURSIVE chain(id, depth) AS ("
         "   SELECT ReportsTo, 1 FROM Employee WHERE EmployeeId = :id"
         "   UNION ALL"
         "   SELECT e.ReportsTo, c.depth + 1 FROM Employee e JOIN chain c ON e.EmployeeId = c.id"
         "    WHERE e.ReportsTo IS NOT NULL)"
         " SELECT e.EmployeeId AS id, e.LastName AS name, c.depth, e.ReportsTo AS manager"
         "   FROM chain c JOIN Employee e ON e.EmployeeId = c.id ORDER BY c.depth");

struct ranked_track {
    int64_t     track_id;
    const char *name;
    int64_t     place;
    int64_t     milliseconds;
    int64_t     shorter_by AR_NULLABLE_BY(has_next);
    bool        has_next;
} AR_ROW
  AR_SQL(longest_by_genre, (int64_t at_most, const int64_t genres[]),
         "SELECT track_id, name, place, milliseconds, shorter_by FROM ("
         "   SELECT TrackId AS track_id, Name AS name, Milliseconds AS milliseconds, GenreId AS genre_id,"
         "          row_number() OVER w AS place, Milliseconds - lead(Milliseconds) OVER w AS shorter_by"
         "     FROM Track WHERE GenreId IN (:genres)"
         "   WINDOW w AS (PARTITION BY GenreId ORDER BY Milliseconds DESC, TrackId)) AS ranked"
         " WHERE place <= :at_most ORDER BY genre_id, place")
  AR_SQL(longer_than_album, (double times),
         "SELECT t.TrackId AS track_id, t.Name AS name, t.Milliseconds AS milliseconds, NULL AS shorter_by,"
         "       (SELECT count(*) FROM Track o"
         "         WHERE o.AlbumId = t.AlbumId AND o.Milliseconds >= t.Milliseconds) AS place"
         "  FROM Track t"
         " WHERE t.Milliseconds > :times * (SELECT avg(a.Milliseconds) FROM Track a WHERE a.AlbumId = t.AlbumId)"
         " ORDER BY t.TrackId");

struct running_total {
    int64_t invoice_id;
    double  total;
    double  sum;
    double  previous AR_NULLABLE_BY(has_previous);
    bool    has_previous;
    int64_t quarter;
} AR_ROW
  AR_SQL(running_totals, (int64_t customer),
         "SELECT InvoiceId AS invoice_id, Total AS total, sum(Total) OVER (ORDER BY InvoiceId) AS sum,"
         "       lag(Total) OVER (ORDER BY InvoiceId) AS previous, ntile(4) OVER (ORDER BY InvoiceId) AS quarter"
         "  FROM Invoice WHERE CustomerId = :customer ORDER BY InvoiceId");

/* Facts about all tracks of a genre: aggregates of no rows are NULL. */
struct genre_facts {
    int64_t     tracks;
    int64_t     longest AR_NULLABLE_BY(has_longest);
    bool        has_longest;
    double      average AR_NULLABLE;
    const char *first;
    bool        is_empty;
} AR_ROW
  AR_SQL(genre_facts_of, (const char *genre),
         "SELECT count(*) AS tracks, max(t.Milliseconds) AS longest, avg(t.Bytes) AS average, min(t.Name) AS first,"
         "       count(*) = 0 AS is_empty"
         "  FROM Track t JOIN Genre g ON g.GenreId = t.GenreId WHERE g.Name = :genre",
         .one = true);

#endif
