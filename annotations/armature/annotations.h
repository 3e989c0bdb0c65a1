/** @file
 * Armature's annotations: attributes that map plain C structs to tables, columns, rules and relations.
 *
 * For a compiler they expand to nothing: no layout changes, no field is added, nothing is linked. Only the armature
 * tool, which defines ARMATURE_TOOL, reads them. This header includes only <stddef.h> and <stdint.h>.
 *
 * @code
 * struct post {
 *     int64_t     id     AR_PRIMARY_KEY;
 *     int64_t     user_id;
 *     const char *title  AR_NOT_NULL AR_LENGTH(1, 200);
 *     const char *status AR_DEFAULT("'draft'");
 * } AR_TABLE(posts)
 *   AR_BELONGS_TO(user, user_id, posts)
 *   AR_HAS_MANY(comments, post_id, post);
 * @endcode
 *
 * Write attributes of a struct after its closing brace or between `struct` and the tag, and attributes of a field after
 * its name. Quote a name that is not a C identifier: AR_TABLE("Order Details"), AR_COLUMN("Unit Price"). A mistake is
 * an error of the tool, at the attribute's line and column. */
#ifndef ARMATURE_ANNOTATIONS_H
#define ARMATURE_ANNOTATIONS_H

#include <stddef.h>
#include <stdint.h>

/** A column of bytes. If `data` is NULL, the value is SQL NULL. A loaded blob belongs to its session. */
struct ar_blob {
    const void *data; /**< NULL or `size` bytes; not owned */
    size_t size;      /**< in bytes */
};

/** A column of dates of the Gregorian calendar, without a time or zone: `struct ar_date born = {1815, 12, 10}`. All
 * zeros is SQL NULL if the field is AR_NULLABLE; otherwise it is not a date, and writing it is AR_INVALID. */
struct ar_date {
    int16_t year;  /**< 1 to 9999 */
    uint8_t month; /**< 1 to 12 */
    uint8_t day;   /**< 1 to the length of the month */
};

/** A column of times of day, without a date or zone. All zeros are midnight: a nullable field is AR_NULLABLE_BY. */
struct ar_time_of_day {
    uint8_t hour;         /**< 0 to 23 */
    uint8_t minute;       /**< 0 to 59 */
    uint8_t second;       /**< 0 to 59 */
    uint32_t microsecond; /**< 0 to 999999 */
};

/** A column of an array of integers: bigint[] on PostgreSQL, JSON on SQLite. If `items` is NULL, the value is SQL NULL;
 * an empty array has any other pointer. A loaded array belongs to its session. */
struct ar_int64s {
    const int64_t *items; /**< NULL or `count` integers; not owned */
    size_t count;         /**< number of items */
};

/** A column of an array of strings: text[] on PostgreSQL, JSON on SQLite. If `items` is NULL, the value is SQL NULL; an
 * empty array has any other pointer. No item is NULL. A loaded array belongs to its session, with its strings. */
struct ar_texts {
    const char *const *items; /**< NULL or `count` strings; not owned */
    size_t count;             /**< number of items */
};

/** @cond
 * Each macro stringizes its arguments itself, so that they are not macro-expanded: a user's macro may have the name of
 * a relation. */
#ifdef ARMATURE_TOOL
#define AR_ATTRIBUTE(text) __attribute__((annotate("armature:" text)))
#else
#define AR_ATTRIBUTE(text)
#endif
/** @endcond */

/* ---- The struct -------------------------------------------------------------------------------------------------- */

/** Make the struct a model, stored in this table: `AR_TABLE(users)`, or `AR_TABLE(sales.orders)` in a schema of
 * PostgreSQL. SQLite has no schemas: the table is `orders`.
 *
 * Option:
 *   - `.prefix = blog_user`: the model's name, and the prefix of everything generated for it; by default the struct's
 *     tag, or the typedef's name without `_t` */
#ifdef ARMATURE_TOOL
#define AR_TABLE(...) AR_ATTRIBUTE("table " #__VA_ARGS__)
#else
#define AR_TABLE(...)
#endif

/** Make the struct a model of a view, which is only read: queries, conditions, counts and relations, but no writes.
 *
 * @code
 * struct user_total {
 *     int64_t user_id AR_PRIMARY_KEY;
 *     double  total;
 * } AR_VIEW(user_totals, "SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id")
 *   AR_BELONGS_TO(user, user_id);
 * @endcode
 *
 * With a SELECT, ar_create_tables creates the view after the tables, and the tool checks that it has the columns of the
 * struct. Without it, the view exists in the database. AR_PRIMARY_KEY is optional: without a key there is no find, and
 * each row that is read is a new record.
 *
 * Options:
 *   - `.postgresql = "SELECT …"`: the SELECT for PostgreSQL, if it differs
 *   - `.prefix = name`: as for AR_TABLE
 *   - `.all_shards = "for the monthly report"`: why the view has rows of all tenants, although it has no AR_SHARD_KEY;
 *     sessions with .scope or .one_shard then cannot read it. It is necessary if the SELECT has a table with a shard
 *     key or, without a SELECT, if any model has one. */
#ifdef ARMATURE_TOOL
#define AR_VIEW(...) AR_ATTRIBUTE("view " #__VA_ARGS__)
#else
#define AR_VIEW(...)
#endif

/** Declare a relation by a foreign key of this struct: `AR_BELONGS_TO(post, post_id, comments)`.
 *
 * Arguments:
 *   1. name: the relation's name; the target is the model or table of this name, unless `.target` is given
 *   2. foreign key: a field of this struct, or several in the order of the target's key: `(tenant_id, post_id)`
 *   3. inverse: the has_many or has_one of the target that leads back here; optional
 *
 * Options, of all three kinds of relation:
 *   - `.target = user`: the target model, if it differs from the relation's name
 *   - `.load = one`: a lazy load covers its record only, not all its siblings
 *   - `.cache = { .ttl = 300, .max_size = 100 }`: seconds until a loaded relation is loaded again (0: at once), and the
 *     maximum number of owners in the cache
 *   - `.cache = off`: every access loads
 *   - `.references = email`: the foreign key refers to this field, or these fields, instead of the primary key; it must
 *     be AR_UNIQUE, or several an AR_UNIQUE_KEY
 *   - `.where = "status = 'published'"`: SQL; only rows of the target that meet it belong to the relation
 *   - `.full_scan = "it has few rows"`: why a load may read every row of the target; `armature check --sql` warns of it
 *     otherwise
 *   - `.order = "created_at DESC, id"`: columns of the target, by which the rows are sorted; not for AR_BELONGS_TO
 *
 * Options of AR_BELONGS_TO:
 *   - `.on_delete = cascade`, `set_null`, `restrict` or `no_action`: what the database itself does with rows of this
 *     struct when the row is deleted that they refer to; written into the table's foreign key
 *   - `.counter = comments_count`: an integer field of the target, which counts the rows that refer to it; each write
 *     of a record updates it
 *   - `.touch = true`: each write of a record sets the AR_UPDATED_AT of the record that it refers to */
#ifdef ARMATURE_TOOL
#define AR_BELONGS_TO(...) AR_ATTRIBUTE("belongs_to " #__VA_ARGS__)
#else
#define AR_BELONGS_TO(...)
#endif

/** Declare a relation by a foreign key of the target, which refers to this struct's key:
 * `AR_HAS_MANY(comments, post_id, post)`.
 *
 * The foreign key is a field of the target; the inverse is the target's belongs_to. The options are those of
 * AR_BELONGS_TO that it has in common, and:
 *   - `.dependent = destroy`: deleting a record of this struct first deletes the related rows, each by the rules of its
 *     own model
 *   - `.dependent = delete`: it deletes them in one statement, without those rules
 *   - `.dependent = nullify`: it sets their foreign keys to SQL NULL
 *   - `.dependent = restrict`: it is refused if there are any */
#ifdef ARMATURE_TOOL
#define AR_HAS_MANY(...) AR_ATTRIBUTE("has_many " #__VA_ARGS__)
#else
#define AR_HAS_MANY(...)
#endif

/** Like AR_HAS_MANY, for at most one row. If there are several, it is the first by `.order`, or else the one with the
 * lowest primary key. */
#ifdef ARMATURE_TOOL
#define AR_HAS_ONE(...) AR_ATTRIBUTE("has_one " #__VA_ARGS__)
#else
#define AR_HAS_ONE(...)
#endif

/** Declare a relation that follows others, each declared by the model reached so far:
 * `AR_HAS_MANY_THROUGH(tags, post_tags, tag)`.
 *
 * @code
 * struct post {
 *     int64_t id AR_PRIMARY_KEY;
 * } AR_TABLE(posts)
 *   AR_HAS_MANY(post_tags, post_id, post)
 *   AR_HAS_MANY_THROUGH(tags, post_tags, tag);
 * @endcode
 *
 * Arguments:
 *   1. name: the relation's name; the target is the model that the last relation leads to
 *   2. two or more relations to follow, of any kind
 *
 * A target is in the list once for each row that leads to it, sorted by its primary key.
 *
 * Options: `.load` and `.cache`, as for AR_BELONGS_TO, and
 *   - `.distinct = true`: each target is in the list once
 *   - `.inverse = posts`: the relation of the target that leads back here by the same relations */
#ifdef ARMATURE_TOOL
#define AR_HAS_MANY_THROUGH(...) AR_ATTRIBUTE("has_many_through " #__VA_ARGS__)
#else
#define AR_HAS_MANY_THROUGH(...)
#endif

/** Like AR_HAS_MANY_THROUGH, for at most one row: `AR_HAS_ONE_THROUGH(country, address, country)`. If there are several
 * rows, the one with the lowest primary key is used. */
#ifdef ARMATURE_TOOL
#define AR_HAS_ONE_THROUGH(...) AR_ATTRIBUTE("has_one_through " #__VA_ARGS__)
#else
#define AR_HAS_ONE_THROUGH(...)
#endif

/** Declare a relation by a join table without a struct:
 * `AR_MANY_TO_MANY(tags, post_tags, post_id, tag_id, posts)`.
 *
 * Arguments:
 *   1. name: the relation's name; the target is the model or table of this name, unless `.target` is given
 *   2. join table: its columns refer to this struct's key and to the target's, and together are its primary key
 *   3. own key: the column of the join table that refers to this struct, or several, in the order of its key:
 *      `(tenant_id, post_id)`
 *   4. other key: likewise for the target
 *   5. inverse: the many-to-many of the target with the same join table; optional
 *
 * ar_create_tables creates the join table with the table of either model; the database deletes a row of it with either
 * of the rows that it connects. The options are those of AR_BELONGS_TO. */
#ifdef ARMATURE_TOOL
#define AR_MANY_TO_MANY(...) AR_ATTRIBUTE("many_to_many " #__VA_ARGS__)
#else
#define AR_MANY_TO_MANY(...)
#endif

/** Declare that rows refer to a row of one of several models, which a column names:
 * `AR_BELONGS_TO_ANY(subject, subject_type, subject_id, post, photo)`. The database cannot enforce such a foreign key;
 * AR_BELONGS_TO_ONE_OF is the safe form. The generated `comment_subject` fills a tagged union.
 *
 * Arguments:
 *   1. name: the union's name
 *   2. type: a string field, which contains the name of the model, or an integer
 *   3. foreign key: a field, or several in parentheses, with the type of the models' keys
 *   4. models, each with a belongs_to relation `subject_post` that leads to its rows
 *
 * The other side is AR_HAS_MANY(comments, subject) or AR_HAS_ONE of each model, with the union in place of a foreign
 * key.
 *
 * Options, besides `.load` and `.cache`:
 *   - `.types = (post = 1, photo = 2)`: what the type field contains for each model: numbers, or strings in quotes */
#ifdef ARMATURE_TOOL
#define AR_BELONGS_TO_ANY(...) AR_ATTRIBUTE("belongs_to_any " #__VA_ARGS__)
#else
#define AR_BELONGS_TO_ANY(...)
#endif

/** Declare that exactly one of several AR_BELONGS_TO of the struct has a foreign key that is not null:
 * `AR_BELONGS_TO_ONE_OF(subject, post, photo)`. The table has a CHECK, and a write checks the record first. The
 * generated `comment_subject` fills a tagged union. */
#ifdef ARMATURE_TOOL
#define AR_BELONGS_TO_ONE_OF(...) AR_ATTRIBUTE("belongs_to_one_of " #__VA_ARGS__)
#else
#define AR_BELONGS_TO_ONE_OF(...)
#endif

/** Create a unique index on several columns: `AR_UNIQUE_KEY(tenant_id, email)`. Foreign keys may refer to them, with
 * `.references = (tenant_id, email)`. For a single column, see AR_UNIQUE. */
#ifdef ARMATURE_TOOL
#define AR_UNIQUE_KEY(...) AR_ATTRIBUTE("unique_key " #__VA_ARGS__)
#else
#define AR_UNIQUE_KEY(...)
#endif

/** Create an index: `AR_INDEX(posts_by_time, user_id, created_at desc)`.
 *
 * Arguments:
 *   1. name: of the index; tables and indexes of a database share one namespace
 *   2. fields, each alone or followed by `desc`; or SQL expressions on columns in quotes: `"lower(email)"`
 *
 * Options:
 *   - `.unique = true`: no two rows have the same values. Foreign keys may refer to the fields of such an index, and
 *     upserts may find rows by them, if it has all rows and no expressions
 *   - `.where = "deleted_at IS NULL"`: an SQL condition; the index has only the rows that meet it
 *
 * An index with all rows that begins with a foreign key replaces the one that a foreign key gets by default. */
#ifdef ARMATURE_TOOL
#define AR_INDEX(...) AR_ATTRIBUTE("index " #__VA_ARGS__)
#else
#define AR_INDEX(...)
#endif

/** Make the table a reference table of a sharded database: `AR_TABLE(countries) AR_REFERENCE_TABLE`.
 *
 * It has no AR_SHARD_KEY. On Citus, ar_create_tables keeps a copy of all of its rows on every server, so that sharded
 * tables may refer to it and be joined with it. On SQLite and PostgreSQL it is an ordinary table. */
#ifdef ARMATURE_TOOL
#define AR_REFERENCE_TABLE AR_ATTRIBUTE("reference_table")
#else
#define AR_REFERENCE_TABLE
#endif

/** Create a CHECK: the database refuses a row for which the condition is false. On a field or on a struct:
 *
 * @code
 * struct offer {
 *     int64_t id    AR_PRIMARY_KEY;
 *     int64_t price AR_CHECK("price >= 0");
 *     time_t  starts;
 *     time_t  ends;
 * } AR_TABLE(offers)
 *   AR_CHECK("starts <= ends", .name = offers_end_last);
 * @endcode
 *
 * A write of such a row is AR_CONSTRAINT; the message has the model, the field, and the condition. The condition names
 * columns and has no queries.
 *
 * Options:
 *   - `.name = offers_end_last`: of the constraint; by default `<table>_<field>_check` or `<table>_check`, numbered if
 *     there are several
 *   - `.postgresql = "…"`: the condition on PostgreSQL, if it differs, for example because the column's type does */
#ifdef ARMATURE_TOOL
#define AR_CHECK(...) AR_ATTRIBUTE("check " #__VA_ARGS__)
#else
#define AR_CHECK(...)
#endif

/* ---- Hooks ------------------------------------------------------------------------------------------------------- */

/** Call a function of the program before a record is inserted: `AR_BEFORE_INSERT(set_slug)`.
 *
 * The generated header declares the function, so that one with other parameters does not compile:
 *
 * @code
 * enum ar_status set_slug(struct ar_session *s, struct post *post);
 * @endcode
 *
 * It gets the record as it will be written, and may change it, also its key. Rules are checked afterwards. If it
 * returns a failure, nothing is written and the insert returns that failure; `return ar_refuse(s, …)` gives a reason.
 * All hooks of a write and the write itself are one transaction. An attribute may be repeated: the functions are called
 * in the order of the attributes. */
#ifdef ARMATURE_TOOL
#define AR_BEFORE_INSERT(...) AR_ATTRIBUTE("before_insert " #__VA_ARGS__)
#else
#define AR_BEFORE_INSERT(...)
#endif

/** Call a function after a record was inserted, as AR_BEFORE_INSERT does. It gets the record itself, with its key; a
 * failure undoes the insert. */
#ifdef ARMATURE_TOOL
#define AR_AFTER_INSERT(...) AR_ATTRIBUTE("after_insert " #__VA_ARGS__)
#else
#define AR_AFTER_INSERT(...)
#endif

/** Call a function before a record is updated, as AR_BEFORE_INSERT does, but only if a column differs. It must not
 * change the key. */
#ifdef ARMATURE_TOOL
#define AR_BEFORE_UPDATE(...) AR_ATTRIBUTE("before_update " #__VA_ARGS__)
#else
#define AR_BEFORE_UPDATE(...)
#endif

/** Call a function after a record was updated, as AR_AFTER_INSERT does. */
#ifdef ARMATURE_TOOL
#define AR_AFTER_UPDATE(...) AR_ATTRIBUTE("after_update " #__VA_ARGS__)
#else
#define AR_AFTER_UPDATE(...)
#endif

/** Call a function before a record is deleted, as AR_BEFORE_INSERT does. It gets a copy of the row, and must not change
 * the key. */
#ifdef ARMATURE_TOOL
#define AR_BEFORE_DELETE(...) AR_ATTRIBUTE("before_delete " #__VA_ARGS__)
#else
#define AR_BEFORE_DELETE(...)
#endif

/** Call a function after a record was deleted, as AR_AFTER_INSERT does. It gets a copy of the row that was deleted. */
#ifdef ARMATURE_TOOL
#define AR_AFTER_DELETE(...) AR_ATTRIBUTE("after_delete " #__VA_ARGS__)
#else
#define AR_AFTER_DELETE(...)
#endif

/** Check records by a function before they are inserted or updated, after the rules of columns:
 * `AR_VALIDATE(check_post)`.
 *
 * @code
 * enum ar_status check_post(struct ar_session *s, const struct post *post)
 * {
 *     if (post->ends < post->starts)
 *         (void)ar_refuse(s, post_column.ends.column, "is before it starts");
 *     return AR_OK;
 * }
 * @endcode
 *
 * The write is AR_INVALID if the function calls ar_refuse or returns AR_INVALID; any other failure is returned as it
 * is. All broken rules are reported together, in ar_session_error(s)->violations: the function is called even if the
 * rules of columns are broken, so it must tolerate that. */
#ifdef ARMATURE_TOOL
#define AR_VALIDATE(...) AR_ATTRIBUTE("validate " #__VA_ARGS__)
#else
#define AR_VALIDATE(...)
#endif

/** Call a function after a transaction was committed, once for each record that it has written.
 *
 * @code
 * void publish(struct ar_session *s, const struct post *post, enum ar_change change);
 * @endcode
 *
 * A write outside of a transaction counts as one. The function gets a copy of the record as it was last written,
 * and what happened to the row. It cannot fail: the row is committed. What it writes is another transaction. */
#ifdef ARMATURE_TOOL
#define AR_AFTER_COMMIT(...) AR_ATTRIBUTE("after_commit " #__VA_ARGS__)
#else
#define AR_AFTER_COMMIT(...)
#endif

/** Call a function after a transaction or savepoint was rolled back, once for each record that it had written, as
 * AR_AFTER_COMMIT does. A write that failed is not a written record. */
#ifdef ARMATURE_TOOL
#define AR_AFTER_ROLLBACK(...) AR_ATTRIBUTE("after_rollback " #__VA_ARGS__)
#else
#define AR_AFTER_ROLLBACK(...)
#endif

/* ---- User SQL ---------------------------------------------------------------------------------------------------- */

/** Make the struct the result of user SQL: its fields are the columns of the statements of AR_SQL. It has no table and
 * no key, and its records are plain values that belong to the session. */
#ifdef ARMATURE_TOOL
#define AR_ROW AR_ATTRIBUTE("row")
#else
#define AR_ROW
#endif

/** Generate a function that runs an SQL statement, which the tool checks against the models.
 *
 * @code
 * struct commenter {
 *     int64_t     user_id;
 *     const char *username;
 *     int64_t     comments;
 * } AR_ROW
 *   AR_SQL(top_commenters, (time_t since, const int64_t ids[], int64_t at_most),
 *          "SELECT users.id AS user_id, users.username, count(*) AS comments"
 *          "  FROM users JOIN comments ON comments.user_id = users.id"
 *          " WHERE comments.created_at >= :since AND users.id IN (:ids)"
 *          " GROUP BY users.id, users.username ORDER BY comments DESC LIMIT :at_most");
 * @endcode
 *
 * generates `top_commenters(s, since, ids, ids_count, at_most, &list)`.
 *
 * Arguments:
 *   1. name of the function
 *   2. its parameters, declared like fields, with their attributes: `(const char *tag AR_NULLABLE)`; `()` if there are
 *      none. `:name` in the SQL is the value, which is bound, never pasted. An array without a size is a list of
 *      values, for `IN (:ids)` and `NOT IN (:ids)`.
 *   3. the statement
 *
 * On an AR_ROW struct, the statement returns a column for each field, by name and in any order. On a model, it returns
 * all columns of the model, and the rows are records like those of a query; or it returns no columns: then the function
 * stores the number of rows that were changed.
 *
 * Options:
 *   - `.postgresql = "…"`: the statement for PostgreSQL, if it differs
 *   - `.one = true`: the function returns a single row; none is AR_NOT_FOUND, several are AR_MISUSE
 *   - `.full_scan = "it has few rows"`: why the statement may read every row of a table; `armature check --sql` warns
 *     otherwise
 *   - `.all_shards = "for the monthly report"`: why it may read or change rows of all tenants. Without it, a statement
 *     with a table that has an AR_SHARD_KEY must compare that with `:scope`, which is the tenant of the session
 *     (docs/tenants.md). With it, the statement is AR_MISUSE in sessions with .scope or .one_shard. */
#ifdef ARMATURE_TOOL
#define AR_SQL(...) AR_ATTRIBUTE("sql " #__VA_ARGS__)
#else
#define AR_SQL(...)
#endif

/* ---- The column -------------------------------------------------------------------------------------------------- */

/** Set the column's name, if it differs from the field's: `AR_COLUMN("Unit Price")`. */
#ifdef ARMATURE_TOOL
#define AR_COLUMN(...) AR_ATTRIBUTE("column " #__VA_ARGS__)
#else
#define AR_COLUMN(...)
#endif

/** Name what the column was called before, for `armature migrate new`: `const char *body AR_WAS(text)`.
 *
 * The migration then renames the column and keeps its values. On a struct, the name is the former table, as AR_TABLE
 * named it: `AR_TABLE(articles) AR_WAS(posts)`; on a constant of an enum, the former AR_LABEL or name. Remove the
 * attribute once the migration is written: it has no further effect. */
#ifdef ARMATURE_TOOL
#define AR_WAS(...) AR_ATTRIBUTE("was " #__VA_ARGS__)
#else
#define AR_WAS(...)
#endif

/** Make the fields of a struct within the model columns, whose names begin with the prefix: `AR_EMBED(home_)`.
 *
 * @code
 * struct address {
 *     const char *street AR_NOT_NULL;
 *     const char *town;
 * };
 *
 * struct person {
 *     int64_t        id   AR_PRIMARY_KEY;
 *     struct address home AR_EMBED(home_);     // columns home_street and home_town
 *     struct address work AR_EMBED(work_);
 * } AR_TABLE(persons);
 * @endcode
 *
 * Attributes of the embedded struct's fields apply. It may embed structs itself; it has no attributes of its own and is
 * not a model. Column handles have the same shape: `person_column.home.street`. Attributes of the model name the fields
 * `home.street` or `home_street`. The fields of an anonymous struct are columns without any attribute. */
#ifdef ARMATURE_TOOL
#define AR_EMBED(...) AR_ATTRIBUTE("embed " #__VA_ARGS__)
#else
#define AR_EMBED(...)
#endif

/** Exclude the field: it is not a column, and neither read nor written. */
#ifdef ARMATURE_TOOL
#define AR_TRANSIENT AR_ATTRIBUTE("transient")
#else
#define AR_TRANSIENT
#endif

/** Make the field the primary key. Several fields with this attribute form a composite key, in the order of the fields.
 *
 * When a record with key 0 is inserted, the database generates the key, if it is a single integer and neither an enum
 * nor a foreign key. A key, or a part of it, with AR_DEFAULT is made by its default if the field is zero or NULL; one
 * with AR_GENERATE_UUID is a new UUID, and one with AR_IDENTITY a number. The caller sets all other keys. */
#ifdef ARMATURE_TOOL
#define AR_PRIMARY_KEY AR_ATTRIBUTE("primary_key")
#else
#define AR_PRIMARY_KEY
#endif

/** Make the field the shard key: `int64_t tenant_id AR_SHARD_KEY AR_PRIMARY_KEY`.
 *
 * Rows with the same value are kept together. Every key and every relation to another model with a shard key contains
 * it, and it never changes, so that the rows of a tenant can be on one of many servers. On Citus, ar_create_tables
 * distributes the table by it. On SQLite and PostgreSQL, it is an ordinary column. docs/tenants.md explains it. */
#ifdef ARMATURE_TOOL
#define AR_SHARD_KEY AR_ATTRIBUTE("shard_key")
#else
#define AR_SHARD_KEY
#endif

/** Let the database number this part of a composite key: `int64_t tenant_id AR_PRIMARY_KEY; int64_t id AR_PRIMARY_KEY
 * AR_IDENTITY`.
 *
 * If the field is zero, an insert receives the next number, as a record with a single integer key does. Numbers are
 * unique in the table. On PostgreSQL, the column is GENERATED BY DEFAULT AS IDENTITY. On SQLite, it is the INTEGER
 * PRIMARY KEY, and the key is a unique index. On Citus, it must be an int64_t. */
#ifdef ARMATURE_TOOL
#define AR_IDENTITY AR_ATTRIBUTE("identity")
#else
#define AR_IDENTITY
#endif

/** Treat the field's zero value as SQL NULL. This suits foreign keys. Strings, blobs and arrays do not need it: their
 * SQL NULL is the null pointer. */
#ifdef ARMATURE_TOOL
#define AR_NULLABLE AR_ATTRIBUTE("nullable")
#else
#define AR_NULLABLE
#endif

/** Treat the field as SQL NULL if a `bool` member of the struct is `false`:
 * `int64_t editor_id AR_NULLABLE_BY(has_editor)`. The `bool` member is not a column. */
#ifdef ARMATURE_TOOL
#define AR_NULLABLE_BY(...) AR_ATTRIBUTE("nullable_by " #__VA_ARGS__)
#else
#define AR_NULLABLE_BY(...)
#endif

/** Create the string, blob or array column NOT NULL, so that the database refuses NULL. Columns of other types are NOT
 * NULL unless AR_NULLABLE. */
#ifdef ARMATURE_TOOL
#define AR_NOT_NULL AR_ATTRIBUTE("not_null")
#else
#define AR_NOT_NULL
#endif

/** Create a unique index on the column: no two rows have the same value. */
#ifdef ARMATURE_TOOL
#define AR_UNIQUE AR_ATTRIBUTE("unique")
#else
#define AR_UNIQUE
#endif

/** Set the SQL expression of the column's DEFAULT.
 *
 * @code
 * const char *status AR_DEFAULT("'draft'");
 * const char *code   AR_DEFAULT("upper('a')");
 * time_t      sent   AR_NULLABLE AR_DEFAULT(CURRENT_TIMESTAMP);
 * @endcode
 *
 * If the field is SQL NULL, an insert uses the default and reads it back. A number or bool that is not nullable always
 * has a value, which is written, unless it is a zero in the primary key.
 *
 * The expression must not contain queries or column names, and must be trusted. The tool checks its syntax, but not if
 * the database has its functions, or syntax that only one database has, such as PostgreSQL's casts with two colons. */
#ifdef ARMATURE_TOOL
#define AR_DEFAULT(...) AR_ATTRIBUTE("default " #__VA_ARGS__)
#else
#define AR_DEFAULT(...)
#endif

/** Let the database compute the column from others of its row, whenever it is written.
 *
 * @code
 * int64_t total AR_GENERATED("price * quantity");
 * @endcode
 *
 * The field is only read: no insert or update writes it, and each of them returns its new value. A value that the
 * program assigns to it is ignored. The expression names columns that are not generated themselves, and has no queries.
 *
 * Option:
 *   - `.postgresql = "…"`: the expression on PostgreSQL, if it differs. There, its functions must be immutable */
#ifdef ARMATURE_TOOL
#define AR_GENERATED(...) AR_ATTRIBUTE("generated " #__VA_ARGS__)
#else
#define AR_GENERATED(...)
#endif

/** Check before every write that the string has at least `minimum` and at most `maximum` characters (Unicode code
 * points): AR_LENGTH(1, 200). NULL passes; use AR_NOT_NULL to refuse it. The maximum must fit into a char[N]. */
#ifdef ARMATURE_TOOL
#define AR_LENGTH(...) AR_ATTRIBUTE("length " #__VA_ARGS__)
#else
#define AR_LENGTH(...)
#endif

/** Check before every write that the number is at least `minimum` and at most `maximum`: AR_RANGE(1, 100). */
#ifdef ARMATURE_TOOL
#define AR_RANGE(...) AR_ATTRIBUTE("range " #__VA_ARGS__)
#else
#define AR_RANGE(...)
#endif

/** Check before every write that the string looks like an e-mail address: one @, with text before it and a dotted name
 * after it, and no spaces. NULL passes. */
#ifdef ARMATURE_TOOL
#define AR_EMAIL AR_ATTRIBUTE("email")
#else
#define AR_EMAIL
#endif

/** Set the field, a time_t or struct timespec, to the time of the insert, unless the caller has set it. */
#ifdef ARMATURE_TOOL
#define AR_CREATED_AT AR_ATTRIBUTE("created_at")
#else
#define AR_CREATED_AT
#endif

/** Set the field, a time_t or struct timespec, to the time of the insert and of every update. */
#ifdef ARMATURE_TOOL
#define AR_UPDATED_AT AR_ATTRIBUTE("updated_at")
#else
#define AR_UPDATED_AT
#endif

/** Keep the rows of deleted records: `time_t deleted_at AR_NULLABLE AR_DELETED_AT`.
 *
 * A delete sets the field, a nullable time_t or struct timespec, to its time. A row in which it is not NULL is left out
 * by queries, finds, relations, counts and updates, unless the query asks for it: `<model>_with_deleted`. The functions
 * `<model>_restore` and `<model>_erase` make the row living again, and remove it. docs/semantics.md has the rules. */
#ifdef ARMATURE_TOOL
#define AR_DELETED_AT AR_ATTRIBUTE("deleted_at")
#else
#define AR_DELETED_AT
#endif

/** Make an int16_t, int32_t or int64_t an exact decimal number, in units of its last digit: with
 * `int64_t price AR_DECIMAL(10, 2)`, 1999 is 19.99.
 *
 * Arguments:
 *   1. digits: how many the number has in total; up to 4, 9 or 18 fit into 16, 32 or 64 bits
 *   2. digits after the point
 *
 * The column is numeric(10, 2) on PostgreSQL, and an integer in the unit of the field on SQLite. Conditions,
 * assignments and arrays of ar_in have this unit as well; only factors of ar_multiply, AR_RANGE and AR_DEFAULT are
 * ordinary numbers: AR_RANGE(0, 99.95), AR_DEFAULT("9.99"). Nothing is rounded: writing a number with more digits
 * before the point is AR_INVALID, and so is reading one with more digits before or after it, NaN or an infinity. A
 * string of any size, `const char *balance AR_DECIMAL(38, 2)`, has exactly that many digits after the point: "0.50". */
#ifdef ARMATURE_TOOL
#define AR_DECIMAL(...) AR_ATTRIBUTE("decimal " #__VA_ARGS__)
#else
#define AR_DECIMAL(...)
#endif

/** Make an int64_t an interval in microseconds: `int64_t duration AR_INTERVAL`. The column is an interval on
 * PostgreSQL, and an integer on SQLite. A day has 24 hours. Reading an interval with months or years is AR_INVALID,
 * because their length varies. */
#ifdef ARMATURE_TOOL
#define AR_INTERVAL AR_ATTRIBUTE("interval")
#else
#define AR_INTERVAL
#endif

/** Store a time_t or struct timespec as a string on SQLite, or a UUID as a string on both databases, as many other
 * programs do. Without this attribute it is a
 * number: the seconds or nanoseconds since 1970. On PostgreSQL the column is always a timestamptz.
 *
 *   - `AR_STORED_AS(text)`: a DATETIME column in UTC, as datetime('now'), Django, Rails, Northwind and Sakila write it:
 *     '1996-07-04 12:00:00', with '.500000' (or 9 digits) for a fraction; years 0 to 9999
 *   - `AR_STORED_AS(date)`: a DATE column: '1996-07-04'. Writing a time other than midnight is AR_INVALID. For dates,
 *     struct ar_date is usually better; its form is always this one
 *   - `AR_STORED_AS(iso)`: a TEXT column in UTC, as JavaScript and many others write it: '1996-07-04T12:00:00Z'.
 *     Each string has the same number of digits after the second, because strings with more and with fewer do not
 *     compare like the times: none for a time_t and six for a struct timespec, or those of `AR_STORED_AS(iso, 3)`.
 *     Writing a time that needs more digits is AR_INVALID
 *
 * All rows of a column must have the same form, because values are compared and sorted in it. Reading a row of the
 * other form is AR_INVALID, and so is a condition or write if the table's first row has it. Strings with a T, a time
 * zone or a different number of digits can be read as well, but SQLite compares them byte by byte; in a key, they are
 * AR_INVALID. */
#ifdef ARMATURE_TOOL
#define AR_STORED_AS(...) AR_ATTRIBUTE("stored_as " #__VA_ARGS__)
#else
#define AR_STORED_AS(...)
#endif

/** Store a time_t or struct timespec as a `timestamp` without time zone on PostgreSQL, as many existing tables do. The
 * column contains UTC, whatever the TimeZone of the server and of the session are. */
#ifdef ARMATURE_TOOL
#define AR_WITHOUT_ZONE AR_ATTRIBUTE("without_zone")
#else
#define AR_WITHOUT_ZONE
#endif

/** Make the field, an integer, count the updates of the row, to detect that another session has changed it.
 *
 * An update fails with AR_CONFLICT and writes nothing if the record's value differs from the row's. So does deleting a
 * record that the session loaded; a caller-owned struct is deleted by its key only.
 *
 * The count wraps to 0 after the maximum of its type. Use 32 bits or more: with 8 bits, a record that missed exactly
 * 128 (int8_t) or 256 (uint8_t) updates looks current. */
#ifdef ARMATURE_TOOL
#define AR_VERSION AR_ATTRIBUTE("version")
#else
#define AR_VERSION
#endif

/** Store the enum as the name of its constant, or as its AR_LABEL, not as its number. */
#ifdef ARMATURE_TOOL
#define AR_ENUM_TEXT AR_ATTRIBUTE("enum_text")
#else
#define AR_ENUM_TEXT
#endif

/** Like AR_ENUM_TEXT, with an enum type of PostgreSQL: `enum rating rating AR_ENUM_TYPE(mpaa_rating)`.
 *
 * ar_create_tables creates the type, with the labels in the order of the constants, unless it exists; a type that lacks
 * one of the labels is an error. PostgreSQL sorts and compares values in the order of the type. In SQLite the column is
 * TEXT, sorted as strings. */
#ifdef ARMATURE_TOOL
#define AR_ENUM_TYPE(...) AR_ATTRIBUTE("enum_type " #__VA_ARGS__)
#else
#define AR_ENUM_TYPE(...)
#endif

/** Give a constant of an enum another name in the database, for AR_ENUM_TEXT and AR_ENUM_TYPE:
 *
 * @code
 * enum rating { RATING_G AR_LABEL("G"), RATING_PG_13 AR_LABEL("PG-13") };
 * @endcode
 *
 * The generated `<enum>_name` and `<enum>_parse` use the label in place of the constant's name, and so do conditions on
 * strings. */
#ifdef ARMATURE_TOOL
#define AR_LABEL(...) AR_ATTRIBUTE("label " #__VA_ARGS__)
#else
#define AR_LABEL(...)
#endif

/** Make the string a JSON document: `const char *settings AR_JSON`. NULL is SQL NULL.
 *
 * Every write checks it first: AR_INVALID for anything but one JSON value (RFC 8259); see ar_json_valid. It is jsonb in
 * PostgreSQL, which returns it in normal form (`{"a": 1}`, with the last of repeated names), and TEXT in SQLite,
 * which returns it as it was written. armature/json.h has conditions on parts of it. */
#ifdef ARMATURE_TOOL
#define AR_JSON AR_ATTRIBUTE("json")
#else
#define AR_JSON
#endif

/** Give the column of a string any type of PostgreSQL: `const char *address AR_SQL_TYPE("inet")`, also a domain, an
 * array, or the type of an extension. The field holds the value as text: as the type's input accepts it when it is
 * written, and as its output shows it when it is read.
 *
 * PostgreSQL compares and sorts the values by the type's own rules, and refuses strings that are not values of it
 * (AR_INVALID). Comparisons within the session, such as those of changed fields, are of the strings.
 *
 * Option:
 *   - `.sqlite = "TEXT COLLATE NOCASE"`: the type in SQLite, which stores the string as it is; by default TEXT */
#ifdef ARMATURE_TOOL
#define AR_SQL_TYPE(...) AR_ATTRIBUTE("sql_type " #__VA_ARGS__)
#else
#define AR_SQL_TYPE(...)
#endif

/** Treat the 16 bytes as a UUID: `uint8_t id[16] AR_UUID`. A UUID of zeros counts as not set. Without this attribute,
 * an array of bytes is a BLOB or bytea of exactly this length: `uint8_t hash[32]`.
 *
 * With `AR_STORED_AS(text)` the column is a string of 36 characters on both databases, not a BLOB or uuid. It is
 * written in lower case; upper case is read as well, but conditions and relations find such rows only if the column
 * ignores case. */
#ifdef ARMATURE_TOOL
#define AR_UUID AR_ATTRIBUTE("uuid")
#else
#define AR_UUID
#endif

/** Make a new UUID for a field that is zero when its record is inserted: `uint8_t id[16] AR_UUID AR_PRIMARY_KEY
 * AR_GENERATE_UUID(v7)`. The record receives it.
 *
 *   - `AR_GENERATE_UUID(v7)`: by ar_uuid_v7, before the insert. Such keys ascend in the order of their inserts
 *   - `AR_GENERATE_UUID(database)`: by a DEFAULT of the column: gen_random_uuid() on PostgreSQL, randomblob on SQLite
 */
#ifdef ARMATURE_TOOL
#define AR_GENERATE_UUID(...) AR_ATTRIBUTE("generate_uuid " #__VA_ARGS__)
#else
#define AR_GENERATE_UUID(...)
#endif

#endif
