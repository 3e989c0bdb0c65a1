/* The tables of a relation's path, as SQL.
 *
 * The path of a relation is the list of relations that it follows. In a statement, the target has the name that the
 * caller gives it, and every other table on the path an alias. A row of the path is one row of each table. */
#ifndef AR_SQL_PATH_H
#define AR_SQL_PATH_H

#include "sql/builder.h"

struct path_tables {
    const struct ar_relation *relation;
    size_t count;     /* of the relations on the path */
    bool has_deleted; /* with rows of the target that are deleted by a time */
    struct table_alias aliases[AR_PATH_MAX];
    const char *target;
};

/* Return the relation at an index of the path. */
static inline const struct ar_relation *ar_path_hop(const struct path_tables *tables, size_t i)
{
    return tables->relation->path[i];
}

/* Return the name of the table that this relation leads to. */
static inline const char *ar_path_name(const struct path_tables *tables, size_t i)
{
    return i + 1 < tables->count ? tables->aliases[i].name : tables->target;
}

/* Name the tables of the relation's path; `target` is the name of the last one. */
void ar_sql_name_path(struct sql *sql, const struct ar_relation *relation, const char *target, struct path_tables *out);

/* Add a column list or a tuple, qualified by the name of a table. */
void ar_sql_add_key_columns_of(struct sql *sql, const char *table, struct key_columns columns);
void ar_sql_add_tuple_of(struct sql *sql, const char *table, struct key_columns columns);

/* Add `post_tags AS armature_1`: the table at an index of the path. */
void ar_sql_add_path_table(struct sql *sql, const struct path_tables *tables, size_t i);

/* Add `JOIN tags ON tags.id = armature_1.tag_id AND …` for each table before `end`, except the first. */
void ar_sql_add_path_joins(struct sql *sql, const struct path_tables *tables, size_t end);

/* Add ` AND …` with the conditions that a row of the table at an index must meet: those of the relation that leads to
 * it, and, if that is a has_one, that it is the first of its rows. */
void ar_sql_add_path_conditions(struct sql *sql, const struct path_tables *tables, size_t i);

/* Add `tags.id IN (SELECT armature_1.tag_id FROM post_tags AS armature_1 WHERE `: a condition on rows of the target,
 * each of which counts once. The caller adds the condition on the first table of the path, then closes the filter. */
void ar_sql_open_path_filter(struct sql *sql, const struct path_tables *tables);
void ar_sql_close_path_filter(struct sql *sql, const struct path_tables *tables);

#endif
