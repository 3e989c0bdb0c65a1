/* The tables of handwritten.sql, imported by armature. */
#ifndef HANDWRITTEN_H
#define HANDWRITTEN_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

/* Not in a struct: the function f(a integer) */
/* Not in a struct: the view cheap: a dump does not have the types of its columns */

enum size {
    SIZE_S AR_LABEL("S"),
    SIZE_M AR_LABEL("M"),
    SIZE_L AR_LABEL("L")
};

struct owners {
    int32_t     id   AR_PRIMARY_KEY;
    /* ignores case */
    /* in the database, it has the collation `C` */
    const char *mail AR_SQL_TYPE("citext", .sqlite = "TEXT COLLATE NOCASE");
} AR_TABLE(owners)
  AR_HAS_MANY(products, owner, owner)
  AR_INDEX(owners_mail_idx, mail, .unique = true);

/* What is sold */
/* an exclusion constraint */
struct products {
    int64_t         id    AR_PRIMARY_KEY;
    const char     *name  AR_SQL_TYPE("varchar(80)") AR_NOT_NULL AR_CHECK("name <> ''");
    enum size       size  AR_ENUM_TYPE(Size) AR_NULLABLE_BY(has_size) AR_DEFAULT("'M'");
    bool            has_size;
    int64_t         price AR_DECIMAL(10, 2) AR_DEFAULT(0.00) AR_CHECK("price >= 0");
    /* in the database, its type is timestamp(3) with time zone */
    struct timespec sold  AR_NULLABLE;
    struct timespec since AR_WITHOUT_ZONE AR_DEFAULT("now()");
    const char     *words AR_SQL_TYPE("varchar(10)[]");
    const char     *flags AR_SQL_TYPE("bit varying(8)");
    int32_t         owner AR_NULLABLE;
    int64_t         twin  AR_NULLABLE AR_UNIQUE;
    double          total AR_NULLABLE_BY(has_total) AR_GENERATED("(price * 2)::float8");
    bool            has_total;
} AR_TABLE(shop.products)
  /* the database has no index for it; the model adds one */
  AR_BELONGS_TO(owner, owner, products, .target = owners, .on_delete = set_null)
  AR_BELONGS_TO(twin, twin, products_by_twin, .target = products)
  AR_HAS_ONE(products_by_twin, twin, twin, .target = products)
  AR_UNIQUE_KEY(name, price)
  /* AR_INDEX(products_names, "lower(name)", price desc, .where = "price > 0"): it has NULLS LAST */
  /* AR_INDEX(products_search, "to_tsvector('simple'::regconfig, name)"): it is of the kind gin */;

/* clang-format on */

#endif
