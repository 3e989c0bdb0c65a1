/* Reads the attributes that choose the SQL type of a column. */
#include "read_type.h"
#include "name.h"
#include "sql.h"

#include <string.h>

/* ---- Names of types ---------------------------------------------------------------------------------------------- */

/* Return true if the text can be the name of an SQL type, so that it cannot end the statement it becomes part of:
 * words, quoted names, and lengths in parentheses. */
static bool is_type_name(const char *text)
{
    int depth = 0;
    bool is_quoted = false;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            is_quoted = !is_quoted;
        if (is_quoted ? (unsigned char)*at < ' '
                      : strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ .,()[]\"", *at) == NULL)
            return false;
        depth += is_quoted ? 0 : (*at == '(') - (*at == ')');
        if (depth < 0 || depth > 1)
            return false;
    }
    return depth == 0 && !is_quoted && strchr("(). ,[]0123456789", text[0]) == NULL;
}

/* Return the name without the length of its values, which a cast would cut off without an error. */
static const char *without_length(struct arena *arena, const char *type)
{
    char *copy = arena_take(arena, strlen(type) + 1), *to = copy;
    bool is_length = false, is_quoted = false;
    for (const char *at = type; *at != '\0'; at++) {
        is_quoted = is_quoted != (*at == '"');
        is_length = is_length || (*at == '(' && !is_quoted);
        if (!is_length && !(*at == ' ' && (to == copy || to[-1] == ' ')))
            *to++ = *at;
        is_length = is_length && *at != ')';
    }
    while (to > copy && to[-1] == ' ')
        to--;
    *to = '\0';
    return copy;
}

/* Types that have a length of 1 if none is given. */
static const struct {
    const char *type, *any_length;
} short_types[] = {{"char", "bpchar"}, {"character", "bpchar"}, {"bit", "bit varying"}};

const struct column_cast *read_type_cast(struct arena *arena, const char *type)
{
    struct column_cast *cast = arena_take(arena, sizeof *cast);
    *cast = (struct column_cast){without_length(arena, type), "CAST(", " AS text)"};
    const char *folded = name_folded(arena, cast->type);
    for (size_t i = 0; i < sizeof short_types / sizeof *short_types; i++)
        if (strcmp(folded, short_types[i].type) == 0)
            cast->type = short_types[i].any_length;
    if (strcmp(folded, "inet") == 0) { /* a cast of a host adds /32, which no client shows */
        cast->read = "pg_catalog.abbrev(";
        cast->read_end = ")";
    }
    return cast;
}

/* ---- AR_SQL_TYPE ------------------------------------------------------------------------------------------------- */

static bool read_type_name(const struct reading *reading, const struct annotation_value *value, const char *what,
                           const char **out)
{
    if (value->kind != VALUE_WORD && value->kind != VALUE_STRING)
        return reading_fail_with_usage(reading, arena_print(reading->set->arena, "%s is not a \"string\"", what));
    if (value->text[0] == '\0')
        return reading_fail_with_usage(reading, arena_print(reading->set->arena, "%s is empty", what));
    if (!is_type_name(value->text)) {
        reading_fail(reading, "`%s` is not the name of an SQL type", value->text);
        diagnostic_help(reading->set->diagnostics,
                        "write it as in CREATE TABLE: \"inet\", \"varchar(20)\", \"film.year\", \"timestamp (3)\"");
        return false;
    }
    *out = value->text;
    return true;
}

/* SQLite chooses the form in which a column stores strings by words in its type. */
static bool keeps_strings(struct arena *arena, const char *type)
{
    const char *folded = name_folded(arena, type);
    if (strstr(folded, "int") != NULL)
        return false;
    return strstr(folded, "text") != NULL || strstr(folded, "char") != NULL || strstr(folded, "clob") != NULL;
}

static void read_sqlite_type(const struct reading *reading, const struct annotation_value *value, const char **out)
{
    if (!read_type_name(reading, value, "`.sqlite`", out) || keeps_strings(reading->set->arena, *out))
        return;
    reading_fail(reading, "SQLite would convert strings to numbers in a column of type `%s`", *out);
    diagnostic_help(reading->set->diagnostics,
                    "the type must contain TEXT, CHAR or CLOB, and not INT: \"TEXT COLLATE NOCASE\"");
}

void read_sql_type(const struct reading *reading, struct member *member)
{
    static const char *const known[] = {"sqlite"};
    const struct annotation *annotation = &reading->annotation;
    bool has_sqlite = false;
    if (!read_type_name(reading, &annotation->values[0], "the type", &member->sql_type))
        return;
    member->cast = read_type_cast(reading->set->arena, member->sql_type);
    for (size_t i = 0; i < annotation->option_count; i++) {
        const struct annotation_option *option = &annotation->options[i];
        if (strcmp(option->name, known[0]) != 0)
            reading_fail_unknown_option(reading, option->name, known, 1);
        else if (has_sqlite)
            reading_fail_repeated_option(reading, option->name);
        else
            read_sqlite_type(reading, &option->value, &member->sqlite_type);
        has_sqlite = has_sqlite || strcmp(option->name, known[0]) == 0;
    }
}

/* ---- AR_JSON ----------------------------------------------------------------------------------------------------- */

void read_json(const struct reading *reading, struct member *member)
{
    static const struct column_cast cast = {.type = "jsonb"};
    (void)reading;
    member->sql_type = cast.type;
    member->cast = &cast;
}

/* ---- Enums ------------------------------------------------------------------------------------------------------- */

/* The binary form of an enum is its label, so that a result needs no conversion. */
void read_enum_type(const struct reading *reading, struct member *member)
{
    struct arena *arena = reading->set->arena;
    if (!reading_sql_name(reading, &reading->annotation.values[0], &member->type_name))
        return;
    struct column_cast *cast = arena_take(arena, sizeof *cast);
    cast->type = sql_name(arena, member->type_name);
    member->sql_type = cast->type;
    member->cast = cast;
}

void read_label(const struct reading *reading, const char **name)
{
    const struct annotation_value *value = &reading->annotation.values[0];
    if (value->kind != VALUE_STRING) {
        reading_fail_with_usage(reading, "the label is not a \"string\"");
        return;
    }
    if (value->text[0] == '\0')
        reading_fail(reading, "the label is empty");
    for (const char *at = value->text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f) {
            reading_fail(reading, "the label contains a control character");
            return;
        }
    *name = value->text;
}

void read_label_was(const struct reading *reading, struct member *member, size_t constant)
{
    if (member->labels_were == NULL)
        member->labels_were = arena_take(reading->set->arena, member->enum_count * sizeof *member->labels_were);
    reading_sql_name(reading, &reading->annotation.values[0], &member->labels_were[constant]);
}
