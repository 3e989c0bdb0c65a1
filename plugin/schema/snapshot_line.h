/* The lines of a snapshot: a keyword, and the members of a struct.
 *
 * A table describes the members of each kind of line once, for writing and for reading. */
#ifndef ARMATURE_PLUGIN_SNAPSHOT_LINE_H
#define ARMATURE_PLUGIN_SNAPSHOT_LINE_H

#include "schema.h"

/* How a member is written. */
enum field_form {
    FIELD_FIRST,  /* a string without a keyword, which must be there: const char * */
    FIELD_STRING, /* the keyword and a string, unless it is NULL: const char * */
    FIELD_FLAG,   /* the keyword, if it is true: bool */
    FIELD_NUMBER, /* the keyword and a number, unless it is 0: unsigned */
    FIELD_NAMES,  /* the keyword and strings, unless there are none: struct schema_names */
    FIELD_ALL,    /* strings without a keyword, at least one: struct schema_names */
    FIELD_ACTION, /* the keyword and a word, unless it is unset: enum on_delete */
    FIELD_PARTS   /* the keyword and the parts of a struct schema_index */
};

struct line_field {
    const char *keyword;
    enum field_form form;
    size_t offset; /* of the member */
};

/* A kind of line. Fields without a keyword are first. */
struct line_kind {
    const char *keyword;
    const struct line_field *fields;
    size_t field_count;
};

extern const struct line_kind line_enum, line_table, line_view, line_column, line_key, line_index, line_foreign_key,
    line_check;

/* Add a string in quotes. */
void snapshot_add_string(struct text *out, const char *value);

/* Add the line of the struct, with its newline. */
void snapshot_add_line(struct text *out, const char *indent, const struct line_kind *kind, const void *values);

enum snapshot_token { SNAPSHOT_END, SNAPSHOT_WORD, SNAPSHOT_STRING };

/* What reads a snapshot. It stops at the first error. */
struct snapshot_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *file;
    const char *line_start;
    const char *at;
    unsigned line;
    enum snapshot_token token; /* the latest one of the line */
    const char *value;         /* of the token, without quotes */
    const char *token_start;
    bool has_failed;
};

/* Read the next token of the line. */
enum snapshot_token snapshot_next(struct snapshot_reader *reader);

/* Report an error at the latest token. Always return false. */
__attribute__((format(printf, 2, 3))) bool snapshot_fail(struct snapshot_reader *reader, const char *format, ...);

/* Read the rest of a line, after its keyword, into a zeroed struct. */
bool snapshot_read_line(struct snapshot_reader *reader, const struct line_kind *kind, void *values);

/* Return the location of the latest token. */
struct location snapshot_location(const struct snapshot_reader *reader);

#endif
