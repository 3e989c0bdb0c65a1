/* The part of a database's catalog that is compared with models: their tables with columns and unique keys, read in one
 * statement each. Everything is in the link's scratch memory. */
#ifndef AR_SCHEMA_CATALOG_H
#define AR_SCHEMA_CATALOG_H

#include "link/link.h"
#include "schema/models.h"

struct catalog_column {
    const char *name;
    struct catalog_type type;
    bool is_not_null, has_default, is_computed, numbers_rows, is_always_numbered;
};

/* A column of a primary key or unique index. */
struct catalog_key_part {
    int64_t index; /* that it is part of */
    bool is_primary;
    const char *column; /* NULL: an unnamed one */
};

/* The type that a cast names. */
struct catalog_cast {
    int64_t id;         /* 0: it does not exist */
    const char *labels; /* of an enum type: 'a','b''c'; otherwise NULL */
};

struct catalog_table {
    enum catalog_kind kind;
    size_t first_column, column_count; /* of `columns` */
    size_t first_part, part_count;     /* of `parts`: those of one index are neighbours */
};

struct catalog {
    const struct driver *driver;
    struct catalog_table *tables; /* one for each model of the list */
    struct catalog_column *columns;
    size_t column_count, column_capacity;
    struct catalog_key_part *parts;
    size_t part_count, part_capacity;
    struct catalog_cast *casts; /* of the models' columns, in order */
};

/* How much of the catalog is read. */
enum catalog_depth { CATALOG_COLUMNS, CATALOG_KEYS };

/* Read the tables of the models. */
enum ar_status ar_catalog_read(struct link *link, const struct model_list *models, enum catalog_depth depth,
                               struct catalog *out);

/* Fill in the names of the models' tables, as a set of keys. Return false if out of memory. */
bool ar_catalog_tables(struct link *link, const struct model_list *models, struct key_set *out);

/* Return the column with this name, or NULL. */
const struct catalog_column *ar_catalog_column(const struct catalog *catalog, const struct catalog_table *table,
                                               const char *name);

/* Return true if names of columns are equal. */
bool ar_catalog_names_equal(const struct driver *driver, const char *a, const char *b);

#endif
