/* Armature's annotations: the attributes that give plain C structs their relations.
 *
 * Every compiler sees them as nothing: no layout changes, no field is added, nothing is linked. Only the armature
 * tool, which defines ARMATURE_TOOL, reads them. The header needs no other header but <stddef.h>.
 *
 * Attributes of a struct stand behind its closing brace or between `struct` and the tag; attributes of a field stand
 * behind its name. A name that is no C identifier is quoted: AR_TABLE("Order Details"), AR_COLUMN("Unit Price").
 */
#ifndef ARMATURE_ANNOTATIONS_H
#define ARMATURE_ANNOTATIONS_H

#include <stddef.h>

/* A column of bytes. `data` NULL is SQL NULL; a loaded blob belongs to its session. */
struct ar_blob {
    const void *data;
    size_t size;
};

/* Each macro turns its own arguments into text, so that a user's macro named like a relation changes nothing. */
#ifdef ARMATURE_TOOL
#define AR_ATTRIBUTE(text) __attribute__((annotate("armature:" text)))
#else
#define AR_ATTRIBUTE(text)
#endif

/* ---- The struct -------------------------------------------------------------------------------------------------- */

/* The struct is a model, stored in this table: AR_TABLE(users).
 * Options: .prefix = blog_user   the model's name, and so the prefix of everything generated for it; without it the
 *                                struct's tag, or the typedef's name without `_t`. */
#ifdef ARMATURE_TOOL
#define AR_TABLE(...) AR_ATTRIBUTE("table " #__VA_ARGS__)
#else
#define AR_TABLE(...)
#endif

/* The struct holds the foreign key: AR_BELONGS_TO(post, post_id, comments).
 *   name         of the relation; its target is the model or table of that name, or what .target says
 *   foreign key  a field of this struct, or several in the order of the key they refer to: (tenant_id, post_id)
 *   inverse      the has_many or has_one of the target that leads back here; may be left out
 * Options, of all three relations:
 *   .target = user                             the model, where the name does not say it
 *   .load = one                                a lazy access loads for its record alone, not for all its siblings
 *   .cache = { .ttl = 300, .max_size = 100 }   seconds until a loaded relation is loaded again (0: at once), and how
 *                                              many owners are remembered
 *   .cache = off                               every access loads */
#ifdef ARMATURE_TOOL
#define AR_BELONGS_TO(...) AR_ATTRIBUTE("belongs_to " #__VA_ARGS__)
#else
#define AR_BELONGS_TO(...)
#endif

/* Rows of the target refer to this struct's key: AR_HAS_MANY(comments, post_id, post). The foreign key is a field of
 * the target; the inverse is the target's belongs_to. Options as above. */
#ifdef ARMATURE_TOOL
#define AR_HAS_MANY(...) AR_ATTRIBUTE("has_many " #__VA_ARGS__)
#else
#define AR_HAS_MANY(...)
#endif

/* As AR_HAS_MANY, for at most one row; of several it is the one with the lowest primary key. */
#ifdef ARMATURE_TOOL
#define AR_HAS_ONE(...) AR_ATTRIBUTE("has_one " #__VA_ARGS__)
#else
#define AR_HAS_ONE(...)
#endif

/* ---- The column -------------------------------------------------------------------------------------------------- */

/* The column's name, where it is not the field's: AR_COLUMN("Unit Price"). */
#ifdef ARMATURE_TOOL
#define AR_COLUMN(...) AR_ATTRIBUTE("column " #__VA_ARGS__)
#else
#define AR_COLUMN(...)
#endif

/* The field is no column: it is neither read nor written. */
#ifdef ARMATURE_TOOL
#define AR_TRANSIENT AR_ATTRIBUTE("transient")
#else
#define AR_TRANSIENT
#endif

/* The field is the primary key, or with others a part of it, in the order of the fields. A single integer key is given
 * by the database when a record with key 0 is inserted, unless it is an enum or itself a foreign key; every other key is
 * set by the program. */
#ifdef ARMATURE_TOOL
#define AR_PRIMARY_KEY AR_ATTRIBUTE("primary_key")
#else
#define AR_PRIMARY_KEY
#endif

/* SQL NULL is the field's zero value: right for foreign keys. Text and blobs need no attribute: their NULL is NULL. */
#ifdef ARMATURE_TOOL
#define AR_NULLABLE AR_ATTRIBUTE("nullable")
#else
#define AR_NULLABLE
#endif

/* SQL NULL is `false` in a `bool` member beside the field: `int64_t editor_id AR_NULLABLE_BY(has_editor)`. The member
 * itself is no column. */
#ifdef ARMATURE_TOOL
#define AR_NULLABLE_BY(...) AR_ATTRIBUTE("nullable_by " #__VA_ARGS__)
#else
#define AR_NULLABLE_BY(...)
#endif

/* The text or blob column is created NOT NULL; the database refuses a NULL. Other columns are, unless AR_NULLABLE. */
#ifdef ARMATURE_TOOL
#define AR_NOT_NULL AR_ATTRIBUTE("not_null")
#else
#define AR_NOT_NULL
#endif

/* No two rows have the same value: a unique index is created. */
#ifdef ARMATURE_TOOL
#define AR_UNIQUE AR_ATTRIBUTE("unique")
#else
#define AR_UNIQUE
#endif

/* The SQL expression of the column's DEFAULT: AR_DEFAULT("'draft'"), 0, "upper('a')", CURRENT_TIMESTAMP. It has no
 * queries and no names of columns. The tool parses it; functions, and syntax of PostgreSQL alone such as '{}'::jsonb,
 * must be known to the database. An insert leaves the column to it where the field is SQL NULL, and reads the value
 * back; a plain number or bool always has a value, and that is written. */
#ifdef ARMATURE_TOOL
#define AR_DEFAULT(...) AR_ATTRIBUTE("default " #__VA_ARGS__)
#else
#define AR_DEFAULT(...)
#endif

/* Checked before every write: the text has at least `minimum` and at most `maximum` characters (code points of UTF-8).
 * NULL passes: AR_NOT_NULL refuses it. A maximum that a char[N] cannot hold is an error. */
#ifdef ARMATURE_TOOL
#define AR_LENGTH(...) AR_ATTRIBUTE("length " #__VA_ARGS__)
#else
#define AR_LENGTH(...)
#endif

/* Checked before every write: the number is at least `minimum` and at most `maximum`: AR_RANGE(1, 100). */
#ifdef ARMATURE_TOOL
#define AR_RANGE(...) AR_ATTRIBUTE("range " #__VA_ARGS__)
#else
#define AR_RANGE(...)
#endif

/* Checked before every write: the text looks like an e-mail address (one @ with text before it, a dotted name behind
 * it, no spaces). NULL passes. */
#ifdef ARMATURE_TOOL
#define AR_EMAIL AR_ATTRIBUTE("email")
#else
#define AR_EMAIL
#endif

/* The time of the insert is written here, where the field is zero: a time_t or a struct timespec. */
#ifdef ARMATURE_TOOL
#define AR_CREATED_AT AR_ATTRIBUTE("created_at")
#else
#define AR_CREATED_AT
#endif

/* The time of the insert and of every update is written here: a time_t or a struct timespec. */
#ifdef ARMATURE_TOOL
#define AR_UPDATED_AT AR_ATTRIBUTE("updated_at")
#else
#define AR_UPDATED_AT
#endif

/* How SQLite stores the time_t or struct timespec. Without the attribute it is a number of seconds or nanoseconds since
 * 1970; other programs mostly write texts, and a column has one form, in which it is read, written, compared and
 * ordered. A row of the other form is AR_INVALID, and so is a condition or write if the table's first row has it. On
 * PostgreSQL the column is a timestamptz in any case.
 *   AR_STORED_AS(text)   a DATETIME column as datetime('now'), Django, Rails, Northwind and Sakila write it, in UTC:
 *                        '1996-07-04 12:00:00', with '.500000' (or 9 digits) if there is a fraction; years 0 to 9999
 *   AR_STORED_AS(date)   a DATE column: '1996-07-04'. A time other than midnight is not written: AR_INVALID
 * Texts with a T or a time zone, or with '.000', are read as well, but SQLite compares them as texts. */
#ifdef ARMATURE_TOOL
#define AR_STORED_AS(...) AR_ATTRIBUTE("stored_as " #__VA_ARGS__)
#else
#define AR_STORED_AS(...)
#endif

/* An integer that counts the row's updates; after the largest that its type holds it goes on from 0. An update fails with
 * AR_CONFLICT and writes nothing if the record's value differs from the row's: another session was faster. So does the
 * delete of a record that the session loaded; a caller-owned struct is deleted by its key alone. With 8 bits, a record
 * that missed 128 or 256 updates goes unnoticed: take 32 or more. */
#ifdef ARMATURE_TOOL
#define AR_VERSION AR_ATTRIBUTE("version")
#else
#define AR_VERSION
#endif

/* The enum is stored as the name of its constant, not as its number. */
#ifdef ARMATURE_TOOL
#define AR_ENUM_TEXT AR_ATTRIBUTE("enum_text")
#else
#define AR_ENUM_TEXT
#endif

/* The 16 bytes are a UUID: `uint8_t id[16] AR_UUID`. All zero is no value. */
#ifdef ARMATURE_TOOL
#define AR_UUID AR_ATTRIBUTE("uuid")
#else
#define AR_UUID
#endif

#endif
