/* An attribute that is being read: its values, and the errors within it. The readers of attributes (read_model.c,
 * read_relation.c, relation_option.c) share these functions. Those that return bool return false after reporting an
 * error at the attribute. */
#ifndef ARMATURE_PLUGIN_READING_H
#define ARMATURE_PLUGIN_READING_H

#include "model.h"

struct reading {
    struct model_set *set;
    struct annotation annotation;
    struct location at;
};

/* Report an error, after the name of the attribute. Always return false. */
__attribute__((format(printf, 2, 3))) bool reading_fail(const struct reading *reading, const char *format, ...);

/* Report an error, with the usage of the attribute as help. Always return false. */
bool reading_fail_with_usage(const struct reading *reading, const char *message);

/* Report a value that is not a number, with `what` as its description. Always return false. */
bool reading_fail_number(const struct reading *reading, const struct annotation_value *value, const char *what);

/* Report an option that is not one of the `count` known ones, or is repeated. Always return false. */
bool reading_fail_unknown_option(const struct reading *reading, const char *name, const char *const *known,
                                 size_t count);
bool reading_fail_repeated_option(const struct reading *reading, const char *name);

/* Read a C identifier; `what` describes it in the error. */
bool reading_word(const struct reading *reading, const struct annotation_value *value, const char *what,
                  const char **out);

/* Read the name of a field, which may be a path: home.street. */
bool reading_field(const struct reading *reading, const struct annotation_value *value, const char *what,
                   const char **out);

/* Read the name of a field, or several in parentheses. */
bool reading_fields(const struct reading *reading, const struct annotation_value *value, const char *what,
                    const char ***names, size_t *count);

/* Read the name of a table or column: any string, quoted if it is not an identifier. */
bool reading_sql_name(const struct reading *reading, const struct annotation_value *value, const char **out);

/* Read the name of a table, which may have a schema: sales.orders. `schema` is unchanged if there is none. */
bool reading_table_name(const struct reading *reading, const struct annotation_value *value, const char **schema,
                        const char **out);

/* Read `.full_scan`: the reason in quotes. */
bool reading_full_scan(const struct reading *reading, const struct annotation_value *value, const char **out);

/* Read `.all_shards`, likewise. */
bool reading_all_shards(const struct reading *reading, const struct annotation_value *value, const char **out);

/* Read an integer, decimal or hexadecimal. Return false without a report if it is not one. */
bool reading_integer(const struct annotation_value *value, int64_t *out);

#endif
