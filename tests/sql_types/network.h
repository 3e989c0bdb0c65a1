/* Hosts of people, with columns of types that only PostgreSQL has. */
#ifndef NETWORK_H
#define NETWORK_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct person {
    const char *login      AR_PRIMARY_KEY AR_SQL_TYPE("citext", .sqlite = "TEXT COLLATE NOCASE");
    const char *email      AR_SQL_TYPE("email_address");
    int64_t     host_count;
} AR_TABLE(people)
  AR_HAS_MANY(hosts, owner, person);

struct host {
    int64_t     id         AR_PRIMARY_KEY;
    const char *address    AR_SQL_TYPE("inet") AR_NOT_NULL AR_UNIQUE;
    const char *gateway    AR_SQL_TYPE("inet") AR_DEFAULT("'10.0.0.254'");
    const char *owner      AR_SQL_TYPE("citext", .sqlite = "TEXT COLLATE NOCASE");
    int64_t     parent_id  AR_NULLABLE;
    const char *price      AR_SQL_TYPE("numeric(10, 2)");
    const char *ports      AR_SQL_TYPE("int4range");
    const char *tags       AR_SQL_TYPE("text[]");
    const char *area       AR_SQL_TYPE("box");
    char        code[16]   AR_SQL_TYPE("varchar(4)") AR_NULLABLE;
} AR_TABLE(hosts)
  AR_BELONGS_TO(person, owner, hosts, .counter = host_count)
  AR_BELONGS_TO(parent, parent_id, children, .target = host)
  AR_HAS_MANY(children, parent_id, parent, .target = host)
  AR_HAS_MANY(routes, host_id, host)
  AR_HAS_MANY_THROUGH(next_people, routes, next, person);

struct route {
    int64_t     id         AR_PRIMARY_KEY;
    int64_t     host_id;
    const char *next_address AR_SQL_TYPE("inet");
} AR_TABLE(routes)
  AR_BELONGS_TO(host, host_id, routes)
  AR_BELONGS_TO(next, next_address, .target = host, .references = address);

/* clang-format on */

#endif
