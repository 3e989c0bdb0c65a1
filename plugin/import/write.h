/* The text of headers, with the place of each part, so that a diagnostic leads to what it is about. */
#ifndef ARMATURE_PLUGIN_IMPORT_WRITE_H
#define ARMATURE_PLUGIN_IMPORT_WRITE_H

#include "import.h"

enum import_spot_kind {
    SPOT_NONE, /* text that import did not write */
    SPOT_ATTRIBUTE,
    SPOT_FIELD,
    SPOT_RELATION,
    SPOT_MODEL,
    SPOT_ENUM
};

/* Where a part begins. It goes up to the next one. */
struct import_spot {
    enum import_spot_kind kind;
    unsigned line, column;
    struct import_item *item; /* of an attribute */
    struct import_model *model;
    struct import_field *field;
    struct import_relation *relation;
    struct import_enum *enumeration;
    bool is_refused; /* an error is about it; others may follow from that */
};

struct import_text {
    struct arena *arena;
    struct text text;
    unsigned line, column; /* of what comes next, from 1 */
    struct import_spot *spots;
    size_t spot_count;
};

/* The header of a file name: its guard and includes, and what comes first. */
struct import_file {
    const char *title;           /* what the header is made from */
    const char *name;            /* "blog.h" */
    const char *const *includes; /* of other headers of the import */
    size_t include_count;
};

/* Start an empty text. Free `text` with text_free. */
void import_text_start(struct import_text *out, struct arena *arena);

void import_text_add(struct import_text *out, const char *added);

/* Remove the newline at the end, so that the line goes on. */
void import_text_remove_newline(struct import_text *out);

/* Mark what follows as text that import did not write. */
void import_text_mark_other(struct import_text *out);

/* Write the parts of a header. */
void import_write_start(struct import_text *out, const struct import *import, const struct import_file *file);
void import_write_enum(struct import_text *out, struct import_enum *each);
void import_write_model(struct import_text *out, struct import_model *model);
void import_write_end(struct import_text *out, const struct import_file *file);

/* Write a field with its comments and its flag; an attribute of the struct; a relation. */
void import_write_field(struct import_text *out, struct import_model *model, struct import_field *field,
                        size_t type_width, size_t name_width);
void import_write_attribute(struct import_text *out, struct import_model *model, struct import_attribute *attribute);
void import_write_relation(struct import_text *out, struct import_model *model, struct import_relation *relation);

/* Write a comment, in lines of at most 120 columns. */
void import_write_comment(struct import_text *out, const char *indent, const char *comment);

/* Return true if the relation is written: nothing that it needs is left out. */
bool import_relation_is_written(const struct import_relation *relation);

/* Add a line for everything that is not in the headers, and one that counts what is. */
void import_summary(struct text *out, const struct import *import);

#endif
