/* The statements of the other statements.h, with the names of the PostgreSQL copy. */
#ifndef CHINOOK_POSTGRESQL_STATEMENTS_H
#define CHINOOK_POSTGRESQL_STATEMENTS_H

#include "chinook.h"

/* clang-format off */

struct labelled {
    int64_t     id;
    const char *label;
} AR_ROW
  AR_SQL(artists_like, (const char *pattern),
         "SELECT artist_id AS id, name AS label FROM artist WHERE name LIKE :pattern ORDER BY artist_id")
  AR_SQL(albums_of, (const char *artist),
         "SELECT a.album_id AS id, a.title AS label FROM album a JOIN artist r ON r.artist_id = a.artist_id"
         " WHERE r.name = :artist ORDER BY a.album_id")
  AR_SQL(tracks_in_playlists, (const char *const playlists[]),
         "SELECT DISTINCT t.track_id AS id, t.name AS label"
         "  FROM track t JOIN playlist_track e ON e.track_id = t.track_id"
         "  JOIN playlist p ON p.playlist_id = e.playlist_id"
         " WHERE p.name IN (:playlists) ORDER BY t.track_id")
  AR_SQL(artists_without_albums, (),
         "SELECT r.artist_id AS id, r.name AS label FROM artist r LEFT JOIN album a ON a.artist_id = r.artist_id"
         " WHERE a.album_id IS NULL ORDER BY r.artist_id")
  AR_SQL(tracks_never_sold, (const int64_t genres[]),
         "SELECT t.track_id AS id, t.name AS label FROM track t WHERE t.genre_id IN (:genres)"
         "   AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.track_id = t.track_id) ORDER BY t.track_id")
  AR_SQL(tracks_except, (const int32_t genres[], const char *const media_types[], int16_t at_most),
         "SELECT track_id AS id, name AS label FROM track WHERE genre_id NOT IN (:genres)"
         "   AND media_type_id IN (SELECT media_type_id FROM media_type WHERE name NOT IN (:media_types))"
         " ORDER BY milliseconds DESC, track_id LIMIT :at_most")
  AR_SQL(people_in, (const char *city),
         "SELECT customer_id AS id, first_name || ' ' || last_name AS label FROM customer WHERE city = :city"
         " UNION ALL "
         "SELECT -employee_id, first_name || ' ' || last_name FROM employee WHERE city = :city ORDER BY 1")
  AR_SQL(tracks_only_in, (int64_t playlist, int64_t other),
         "SELECT t.track_id AS id, t.name AS label FROM track t JOIN playlist_track e ON e.track_id = t.track_id"
         " WHERE e.playlist_id = :playlist"
         " EXCEPT "
         "SELECT t.track_id, t.name FROM track t JOIN playlist_track e ON e.track_id = t.track_id"
         " WHERE e.playlist_id = :other ORDER BY 1")
  AR_SQL(excerpts, (int32_t first, int32_t length),
         "SELECT genre_id AS id, substr(name, :first, :length) AS label FROM genre ORDER BY genre_id")
  AR_SQL(countdown, (int32_t from),
         "WITH RECURSIVE n(i) AS (SELECT :from UNION ALL SELECT i - 1 FROM n WHERE i > 1)"
         " SELECT i AS id, CASE WHEN i = 1 THEN 'last' WHEN i % 2 = 0 THEN 'even :from -- /*' END AS label FROM n");

struct city {
    const char *city;
} AR_ROW
  AR_SQL(cities_of_both, (), "SELECT city AS city FROM customer INTERSECT SELECT city FROM employee ORDER BY 1");

struct counted {
    const char *name;
    int64_t     count;
} AR_ROW
  AR_SQL(tracks_by_genre, (int32_t at_least),
         "SELECT g.name AS name, count(*) AS count FROM track t JOIN genre g ON g.genre_id = t.genre_id"
         " GROUP BY g.genre_id, g.name HAVING count(*) >= :at_least ORDER BY count(*) DESC, g.name")
  AR_SQL(albums_by_artist, (int64_t up_to),
         "SELECT count(a.album_id) AS count, r.name AS name"
         "  FROM artist r LEFT JOIN album a ON a.artist_id = r.artist_id"
         " WHERE r.artist_id <= :up_to GROUP BY r.artist_id, r.name ORDER BY r.artist_id")
  AR_SQL(composers, (int64_t at_least),
         "SELECT composer AS name, count(*) AS count FROM track GROUP BY composer HAVING count(*) >= :at_least"
         " ORDER BY count(*) DESC, composer")
  AR_SQL(customers_by_country, (const char *const countries[]),
         "SELECT country AS name, count(*) AS count FROM customer WHERE country IN (:countries)"
         " GROUP BY country ORDER BY country")
  AR_SQL(tracks_by_length, (int64_t is_long),
         "SELECT CASE WHEN milliseconds > :is_long THEN 'long' ELSE 'short' END AS name, count(*) AS count"
         "  FROM track GROUP BY CASE WHEN milliseconds > :is_long THEN 'long' ELSE 'short' END ORDER BY 1")
  AR_SQL(invoices_by_month, (const char *year),
         "SELECT strftime('%Y-%m', invoice_date) AS name, count(*) AS count FROM invoice"
         " WHERE strftime('%Y', invoice_date) = :year GROUP BY strftime('%Y-%m', invoice_date) ORDER BY 1",
         .postgresql = "SELECT to_char(invoice_date, 'YYYY-MM') AS name, count(*) AS count FROM invoice"
                       " WHERE to_char(invoice_date, 'YYYY') = :year GROUP BY 1 ORDER BY 1");

struct customer_sales {
    int64_t         customer_id;
    const char     *name;
    int64_t         invoices;
    double          total;
    struct timespec latest;
} AR_ROW
  AR_SQL(best_customers, (struct timespec since, int32_t at_most),
         "SELECT c.customer_id AS customer_id, c.first_name || ' ' || c.last_name AS name, count(*) AS invoices,"
         "       sum(i.total) AS total, max(i.invoice_date) AS latest"
         "  FROM customer c JOIN invoice i ON i.customer_id = c.customer_id WHERE i.invoice_date >= :since"
         " GROUP BY c.customer_id, c.first_name, c.last_name ORDER BY sum(i.total) DESC, c.customer_id LIMIT :at_most")
  AR_SQL(customers_of_rep, (int64_t rep, double at_least),
         "WITH totals(customer_id, invoices, total, latest) AS ("
         "   SELECT customer_id, count(*), sum(total), max(invoice_date) FROM invoice GROUP BY customer_id)"
         " SELECT t.*, c.last_name AS name FROM totals t JOIN customer c ON c.customer_id = t.customer_id"
         " WHERE c.support_rep_id = :rep AND t.total >= :at_least ORDER BY c.customer_id");

struct employee_node {
    int64_t     id;
    const char *name;
    int32_t     depth;
    int64_t     manager AR_NULLABLE;
} AR_ROW
  AR_SQL(employees_under, (int64_t id),
         "WITH RECURSIVE tree(id, name, manager, depth) AS ("
         "   SELECT employee_id, last_name, reports_to, 0 FROM employee WHERE employee_id = :id"
         "   UNION ALL"
         "   SELECT e.employee_id, e.last_name, e.reports_to, t.depth + 1"
         "     FROM employee e JOIN tree t ON e.reports_to = t.id)"
         " SELECT id, name, depth, manager FROM tree ORDER BY depth, id")
  AR_SQL(managers_of, (int64_t id),
         "WITH RECURSIVE chain(id, depth) AS ("
         "   SELECT reports_to, 1 FROM employee WHERE employee_id = :id"
         "   UNION ALL"
         "   SELECT e.reports_to, c.depth + 1 FROM employee e JOIN chain c ON e.employee_id = c.id"
         "    WHERE e.reports_to IS NOT NULL)"
         " SELECT e.employee_id AS id, e.last_name AS name, c.depth, e.reports_to AS manager"
         "   FROM chain c JOIN employee e ON e.employee_id = c.id ORDER BY c.depth");

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
         "   SELECT track_id AS track_id, name AS name, milliseconds AS milliseconds, genre_id AS genre_id,"
         "          row_number() OVER w AS place, milliseconds - lead(milliseconds) OVER w AS shorter_by"
         "     FROM track WHERE genre_id IN (:genres)"
         "   WINDOW w AS (PARTITION BY genre_id ORDER BY milliseconds DESC, track_id)) AS ranked"
         " WHERE place <= :at_most ORDER BY genre_id, place")
  AR_SQL(longer_than_album, (double times),
         "SELECT t.track_id AS track_id, t.name AS name, t.milliseconds AS milliseconds, NULL AS shorter_by,"
         "       (SELECT count(*) FROM track o"
         "         WHERE o.album_id = t.album_id AND o.milliseconds >= t.milliseconds) AS place"
         "  FROM track t"
         " WHERE t.milliseconds > :times * (SELECT avg(a.milliseconds) FROM track a WHERE a.album_id = t.album_id)"
         " ORDER BY t.track_id");

struct running_total {
    int64_t invoice_id;
    double  total;
    double  sum;
    double  previous AR_NULLABLE_BY(has_previous);
    bool    has_previous;
    int64_t quarter;
} AR_ROW
  AR_SQL(running_totals, (int64_t customer),
         "SELECT invoice_id AS invoice_id, total AS total, sum(total) OVER (ORDER BY invoice_id) AS sum,"
         "       lag(total) OVER (ORDER BY invoice_id) AS previous, ntile(4) OVER (ORDER BY invoice_id) AS quarter"
         "  FROM invoice WHERE customer_id = :customer ORDER BY invoice_id");

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
         "SELECT count(*) AS tracks, max(t.milliseconds) AS longest, CAST(avg(t.bytes) AS double precision) AS average,"
         "       min(t.name) AS first, count(*) = 0 AS is_empty"
         "  FROM track t JOIN genre g ON g.genre_id = t.genre_id WHERE g.name = :genre",
         .one = true);

#endif
