/* The tables of Pagila, the public sample database of a shop that rents films, as models: enums, exact decimals, dates,
 * arrays, a domain, a JSON column, bytes, views, and a table without a key. tables.sql creates it on PostgreSQL. */
#ifndef TEST_PAGILA_PAGILA_H
#define TEST_PAGILA_PAGILA_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum rating {
    RATING_G     AR_LABEL("G"),
    RATING_PG    AR_LABEL("PG"),
    RATING_PG_13 AR_LABEL("PG-13"),
    RATING_R     AR_LABEL("R"),
    RATING_NC_17 AR_LABEL("NC-17")
};

struct country {
    int32_t         country_id AR_PRIMARY_KEY;
    const char     *country AR_NOT_NULL;
    struct timespec last_update;
} AR_TABLE(country)
  AR_HAS_MANY(cities, country_id, country, .target = city);

struct city {
    int32_t         city_id AR_PRIMARY_KEY;
    const char     *city AR_NOT_NULL;
    int32_t         country_id;
    struct timespec last_update;
} AR_TABLE(city)
  AR_BELONGS_TO(country, country_id, cities)
  AR_HAS_MANY(addresses, city_id, city, .target = address);

struct address {
    int32_t         address_id AR_PRIMARY_KEY;
    const char     *address AR_NOT_NULL;
    const char     *address2;
    const char     *district AR_NOT_NULL;
    int32_t         city_id;
    const char     *postal_code;
    const char     *phone AR_NOT_NULL;
    struct timespec last_update;
} AR_TABLE(address)
  AR_BELONGS_TO(city, city_id, addresses)
  AR_HAS_MANY(customers, address_id, address, .target = customer);

struct language {
    int32_t         language_id AR_PRIMARY_KEY;
    const char     *name AR_NOT_NULL AR_SQL_TYPE("character(20)");
    struct timespec last_update;
} AR_TABLE(language)
  AR_HAS_MANY(films, language_id, language, .target = film);

struct film {
    int32_t         film_id AR_PRIMARY_KEY;
    const char     *title AR_NOT_NULL;
    const char     *description;
    int32_t         release_year AR_NULLABLE;
    int32_t         language_id;
    int32_t         original_language_id AR_NULLABLE;
    int16_t         rental_duration;
    int32_t         rental_rate AR_DECIMAL(4, 2);
    int16_t         length AR_NULLABLE;
    int32_t         replacement_cost AR_DECIMAL(5, 2);
    enum rating     rating AR_ENUM_TYPE(mpaa_rating);
    struct timespec last_update;
    struct ar_texts special_features;
    const char     *fulltext AR_SQL_TYPE("tsvector") AR_NOT_NULL;
} AR_TABLE(film)
  AR_BELONGS_TO(language, language_id, films)
  AR_BELONGS_TO(original_language, original_language_id, .target = language)
  AR_HAS_MANY(film_actors, film_id, film, .target = film_actor)
  AR_HAS_MANY(film_categories, film_id, film, .target = film_category)
  AR_HAS_MANY(inventories, film_id, film, .target = inventory)
  AR_HAS_MANY_THROUGH(actors, film_actors, actor)
  AR_SQL(films_of_actor, (int32_t actor_id, enum rating at_most AR_ENUM_TEXT),
         "SELECT film.* FROM film JOIN film_actor ON film_actor.film_id = film.film_id"
         " WHERE film_actor.actor_id = :actor_id AND film.rating <> :at_most ORDER BY film.film_id",
         .postgresql = "SELECT film_id, title, description, release_year, language_id, original_language_id,"
                       " rental_duration, rental_rate, length, replacement_cost, rating,"
                       " film.last_update, special_features, CAST(fulltext AS text) AS fulltext"
                       "  FROM film JOIN film_actor USING (film_id)"
                       " WHERE actor_id = :actor_id AND rating <> :at_most ORDER BY film_id");

struct actor {
    int32_t         actor_id AR_PRIMARY_KEY;
    const char     *first_name AR_NOT_NULL;
    const char     *last_name AR_NOT_NULL;
    struct timespec last_update;
} AR_TABLE(actor)
  AR_HAS_MANY(film_actors, actor_id, actor, .target = film_actor)
  AR_HAS_MANY_THROUGH(films, film_actors, film);

struct film_actor {
    int32_t         actor_id AR_PRIMARY_KEY;
    int32_t         film_id AR_PRIMARY_KEY;
    struct timespec last_update;
} AR_TABLE(film_actor)
  AR_BELONGS_TO(actor, actor_id, film_actors)
  AR_BELONGS_TO(film, film_id, film_actors);

struct category {
    int32_t         category_id AR_PRIMARY_KEY;
    const char     *name AR_NOT_NULL;
    struct timespec last_update;
} AR_TABLE(category)
  AR_HAS_MANY(film_categories, category_id, category, .target = film_category);

struct film_category {
    int32_t         film_id AR_PRIMARY_KEY;
    int32_t         category_id AR_PRIMARY_KEY;
    struct timespec last_update;
} AR_TABLE(film_category)
  AR_BELONGS_TO(film, film_id, film_categories)
  AR_BELONGS_TO(category, category_id, film_categories);

struct store {
    int32_t         store_id AR_PRIMARY_KEY;
    int32_t         manager_staff_id;
    int32_t         address_id;
    struct timespec last_update;
} AR_TABLE(store)
  AR_BELONGS_TO(manager, manager_staff_id, .target = staff)
  AR_BELONGS_TO(address, address_id);

struct staff {
    int32_t         staff_id AR_PRIMARY_KEY;
    const char     *first_name AR_NOT_NULL;
    const char     *last_name AR_NOT_NULL;
    int32_t         address_id;
    const char     *email;
    int32_t         store_id;
    bool            active;
    const char     *username AR_NOT_NULL;
    const char     *password;
    struct timespec last_update;
    struct ar_blob  picture;
} AR_TABLE(staff)
  AR_BELONGS_TO(address, address_id)
  AR_BELONGS_TO(store, store_id);

struct customer {
    int32_t         customer_id AR_PRIMARY_KEY;
    int32_t         store_id;
    const char     *first_name AR_NOT_NULL;
    const char     *last_name AR_NOT_NULL;
    const char     *email;
    int32_t         address_id;
    bool            activebool;
    struct ar_date  create_date;
    struct timespec last_update AR_NULLABLE_BY(has_last_update);
    bool            has_last_update;
    int32_t         active AR_NULLABLE_BY(has_active);
    bool            has_active;
} AR_TABLE(customer)
  AR_BELONGS_TO(store, store_id)
  AR_BELONGS_TO(address, address_id, customers)
  AR_HAS_MANY(rentals, customer_id, customer, .target = rental)
  AR_HAS_MANY(payments, customer_id, customer, .target = payment);

struct inventory {
    int32_t         inventory_id AR_PRIMARY_KEY;
    int32_t         film_id;
    int32_t         store_id;
    struct timespec last_update;
} AR_TABLE(inventory)
  AR_BELONGS_TO(film, film_id, inventories)
  AR_BELONGS_TO(store, store_id)
  AR_HAS_MANY(rentals, inventory_id, inventory, .target = rental);

struct rental {
    int32_t         rental_id AR_PRIMARY_KEY;
    time_t          rental_date;
    int32_t         inventory_id;
    int32_t         customer_id;
    time_t          return_date AR_NULLABLE;
    int32_t         staff_id;
    struct timespec last_update;
} AR_TABLE(rental)
  AR_BELONGS_TO(inventory, inventory_id, rentals)
  AR_BELONGS_TO(customer, customer_id, rentals)
  AR_BELONGS_TO(staff, staff_id)
  AR_HAS_MANY(payments, rental_id, rental, .target = payment);

struct payment {
    int32_t         payment_id AR_PRIMARY_KEY;
    int32_t         customer_id;
    int32_t         staff_id;
    int32_t         rental_id;
    int32_t         amount AR_DECIMAL(5, 2);
    struct timespec payment_date AR_WITHOUT_ZONE;
} AR_TABLE(payment)
  AR_BELONGS_TO(customer, customer_id, payments)
  AR_BELONGS_TO(staff, staff_id)
  AR_BELONGS_TO(rental, rental_id, payments);

/* In Pagila, the packages of a software repository: one JSON document per row, and no key. */
struct package {
    const char *aptdata AR_JSON;
} AR_TABLE(packages_apt_postgresql_org, .read_only = true);

/* ---- Views ------------------------------------------------------------------------------------------------------- */

struct film_entry {
    int32_t     fid AR_PRIMARY_KEY;
    const char *title;
    const char *category;
    int32_t     price AR_DECIMAL(4, 2);
    int64_t     actors;
} AR_VIEW(film_list,
          "SELECT film.film_id AS fid, film.title, category.name AS category, film.rental_rate AS price,"
          "       (SELECT count(*) FROM film_actor WHERE film_actor.film_id = film.film_id) AS actors"
          "  FROM film LEFT JOIN film_category ON film_category.film_id = film.film_id"
          "  LEFT JOIN category ON category.category_id = film_category.category_id")
  AR_BELONGS_TO(film, fid);

struct sales_line {
    const char *category AR_PRIMARY_KEY;
    int64_t     total_sales AR_DECIMAL(18, 2);
} AR_VIEW(sales_by_film_category,
          "SELECT category.name AS category, sum(payment.amount) AS total_sales"
          "  FROM payment JOIN rental ON rental.rental_id = payment.rental_id"
          "  JOIN inventory ON inventory.inventory_id = rental.inventory_id"
          "  JOIN film_category ON film_category.film_id = inventory.film_id"
          "  JOIN category ON category.category_id = film_category.category_id GROUP BY category.name");

#endif
