/* The lines of a snapshot, written and read by one table of their fields. */
#include "snapshot_line.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define KIND(name, fields)                                                                                             \
    {                                                                                                                  \
        name, fields, COUNT(fields)                                                                                    \
    }

static const struct line_field enum_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_enum, name)},
    {"schema", FIELD_STRING, offsetof(struct schema_enum, schema)},
    {"labels", FIELD_NAMES, offsetof(struct schema_enum, labels)},
};

static const struct line_field table_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_table, name)},
    {"schema", FIELD_STRING, offsetof(struct schema_table, schema)},
    {"strict", FIELD_FLAG, offsetof(struct schema_table, is_strict)},
    {"without-rowid", FIELD_FLAG, offsetof(struct schema_table, has_no_rowid)},
};

static const struct line_field view_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_table, name)},
    {"schema", FIELD_STRING, offsetof(struct schema_table, schema)},
    {"as", FIELD_STRING, offsetof(struct schema_table, view_sql)},
};

static const struct line_field column_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_column, name)},
    {NULL, FIELD_FIRST, offsetof(struct schema_column, type)},
    {"not-null", FIELD_FLAG, offsetof(struct schema_column, is_not_null)},
    {"identity", FIELD_FLAG, offsetof(struct schema_column, is_identity)},
    {"digits", FIELD_NUMBER, offsetof(struct schema_column, digits)},
    {"collation", FIELD_STRING, offsetof(struct schema_column, collation)},
    {"default", FIELD_STRING, offsetof(struct schema_column, default_sql)},
    {"generated", FIELD_STRING, offsetof(struct schema_column, generated_sql)},
    {"virtual", FIELD_FLAG, offsetof(struct schema_column, is_virtual)},
    {"labels", FIELD_NAMES, offsetof(struct schema_column, labels)},
};

static const struct line_field key_fields[] = {
    {NULL, FIELD_ALL, offsetof(struct schema_table, key)},
};

static const struct line_field index_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_index, name)},
    {"unique", FIELD_FLAG, offsetof(struct schema_index, is_unique)},
    {"method", FIELD_STRING, offsetof(struct schema_index, method)},
    {"on", FIELD_PARTS, 0},
    {"where", FIELD_STRING, offsetof(struct schema_index, where_sql)},
};

static const struct line_field foreign_key_fields[] = {
    {NULL, FIELD_ALL, offsetof(struct schema_foreign_key, columns)},
    {"name", FIELD_STRING, offsetof(struct schema_foreign_key, name)},
    {"schema", FIELD_STRING, offsetof(struct schema_foreign_key, schema)},
    {"references", FIELD_STRING, offsetof(struct schema_foreign_key, table)},
    {"columns", FIELD_NAMES, offsetof(struct schema_foreign_key, referred)},
    {"on-delete", FIELD_ACTION, offsetof(struct schema_foreign_key, on_delete)},
    {"on-update", FIELD_ACTION, offsetof(struct schema_foreign_key, on_update)},
    {"deferrable", FIELD_FLAG, offsetof(struct schema_foreign_key, is_deferrable)},
};

static const struct line_field check_fields[] = {
    {NULL, FIELD_FIRST, offsetof(struct schema_check, sql)},
    {"name", FIELD_STRING, offsetof(struct schema_check, name)},
    {"column", FIELD_STRING, offsetof(struct schema_check, column)},
};

const struct line_kind line_enum = KIND("enum", enum_fields), line_table = KIND("table", table_fields),
                       line_view = KIND("view", view_fields), line_column = KIND("column", column_fields),
                       line_key = KIND("key", key_fields), line_index = KIND("index", index_fields),
                       line_foreign_key = KIND("foreign-key", foreign_key_fields),
                       line_check = KIND("check", check_fields);

static const char *const actions[] = {
    [ON_DELETE_UNSET] = "unset",       [ON_DELETE_CASCADE] = "cascade",     [ON_DELETE_SET_NULL] = "set-null",
    [ON_DELETE_RESTRICT] = "restrict", [ON_DELETE_NO_ACTION] = "no-action",
};

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

void snapshot_add_string(struct text *out, const char *value)
{
    text_add(out, "\"");
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\n')
            text_add(out, "\\n");
        else if (*at == '\t')
            text_add(out, "\\t");
        else
            text_print(out, "%s%c", *at == '"' || *at == '\\' ? "\\" : "", *at);
    }
    text_add(out, "\"");
}

static void add_names(struct text *out, const struct schema_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        text_add(out, " ");
        snapshot_add_string(out, names->items[i]);
    }
}

static void add_keyword_and_string(struct text *out, const char *keyword, const char *value)
{
    if (value == NULL)
        return;
    text_print(out, " %s ", keyword);
    snapshot_add_string(out, value);
}

static void add_parts(struct text *out, const struct schema_index *index)
{
    text_add(out, " on");
    for (size_t i = 0; i < index->part_count; i++) {
        const struct schema_part *part = &index->parts[i];
        text_add(out, part->column != NULL ? " " : " expression ");
        snapshot_add_string(out, part->column != NULL ? part->column : part->expression);
        add_keyword_and_string(out, "extra", part->extra);
        text_add(out, part->is_descending ? " desc" : "");
    }
}

static void add_field(struct text *out, const struct line_field *field, const void *values)
{
    const void *member = (const char *)values + field->offset;
    switch (field->form) {
    case FIELD_FIRST:
        text_add(out, " ");
        snapshot_add_string(out, *(const char *const *)member);
        break;
    case FIELD_STRING:
        add_keyword_and_string(out, field->keyword, *(const char *const *)member);
        break;
    case FIELD_FLAG:
        if (*(const bool *)member)
            text_print(out, " %s", field->keyword);
        break;
    case FIELD_NUMBER:
        if (*(const unsigned *)member != 0)
            text_print(out, " %s %u", field->keyword, *(const unsigned *)member);
        break;
    case FIELD_NAMES:
        if (((const struct schema_names *)member)->count > 0)
            text_print(out, " %s", field->keyword);
        add_names(out, member);
        break;
    case FIELD_ALL:
        add_names(out, member);
        break;
    case FIELD_ACTION:
        if (*(const enum on_delete *)member != ON_DELETE_UNSET)
            text_print(out, " %s %s", field->keyword, actions[*(const enum on_delete *)member]);
        break;
    case FIELD_PARTS:
        add_parts(out, values);
        break;
    }
}

void snapshot_add_line(struct text *out, const char *indent, const struct line_kind *kind, const void *values)
{
    text_print(out, "%s%s", indent, kind->keyword);
    for (size_t i = 0; i < kind->field_count; i++)
        add_field(out, &kind->fields[i], values);
    text_add(out, "\n");
}

/* ---- Reading: tokens --------------------------------------------------------------------------------------------- */

struct location snapshot_location(const struct snapshot_reader *reader)
{
    return (struct location){
        .file = reader->file, .line = reader->line, .column = (unsigned)(reader->token_start - reader->line_start) + 1};
}

bool snapshot_fail(struct snapshot_reader *reader, const char *format, ...)
{
    if (reader->has_failed)
        return false;
    reader->has_failed = true;
    va_list arguments;
    va_start(arguments, format);
    diagnostic_error(reader->diagnostics, snapshot_location(reader), "%s",
                     arena_vprint(reader->arena, format, arguments));
    va_end(arguments);
    return false;
}

/* Return the string whose opening quote was read. */
static const char *read_string(struct snapshot_reader *reader)
{
    char *value = arena_take(reader->arena, strcspn(reader->at, "\n") + 1), *end = value;
    while (*reader->at != '"' && *reader->at != '\n' && *reader->at != '\0') {
        bool is_escape = *reader->at == '\\' && reader->at[1] != '\0' && strchr("nt\"\\", reader->at[1]) != NULL;
        reader->at += is_escape;
        char character = *reader->at++;
        if (is_escape && (character == 'n' || character == 't'))
            character = character == 'n' ? '\n' : '\t';
        *end++ = character;
    }
    if (*reader->at == '"')
        reader->at++;
    else
        snapshot_fail(reader, "the string has no closing quote");
    return value;
}

enum snapshot_token snapshot_next(struct snapshot_reader *reader)
{
    reader->at += strspn(reader->at, " \t\r");
    reader->token_start = reader->at;
    reader->value = NULL;
    if (*reader->at == '\n' || *reader->at == '\0') {
        reader->token = SNAPSHOT_END;
    } else if (*reader->at == '"') {
        reader->at++;
        reader->value = read_string(reader);
        reader->token = SNAPSHOT_STRING;
    } else {
        size_t length = strcspn(reader->at, " \t\r\n\"");
        reader->value = arena_copy(reader->arena, reader->at, length);
        reader->at += length;
        reader->token = SNAPSHOT_WORD;
    }
    return reader->token;
}

/* ---- Reading: lines ---------------------------------------------------------------------------------------------- */

/* Take a string, and read the token after it. */
static bool take_string(struct snapshot_reader *reader, const char **out)
{
    if (reader->token != SNAPSHOT_STRING)
        return snapshot_fail(reader, "a string is missing");
    *out = reader->value;
    snapshot_next(reader);
    return true;
}

static bool take_names(struct snapshot_reader *reader, struct schema_names *names)
{
    if (reader->token != SNAPSHOT_STRING)
        return snapshot_fail(reader, "a string is missing");
    while (reader->token == SNAPSHOT_STRING) {
        list_add(reader->arena, names->items, names->count) = reader->value;
        snapshot_next(reader);
    }
    return true;
}

static bool is_at(const struct snapshot_reader *reader, const char *word)
{
    return reader->token == SNAPSHOT_WORD && strcmp(reader->value, word) == 0;
}

static bool take_number(struct snapshot_reader *reader, unsigned *out)
{
    char *end = NULL;
    unsigned long number = reader->token == SNAPSHOT_WORD ? strtoul(reader->value, &end, 10) : 0;
    if (end == NULL || *end != '\0' || number == 0 || number > UINT16_MAX)
        return snapshot_fail(reader, "a number is missing");
    *out = (unsigned)number;
    snapshot_next(reader);
    return true;
}

static bool take_action(struct snapshot_reader *reader, enum on_delete *out)
{
    for (size_t i = 1; i < COUNT(actions); i++)
        if (is_at(reader, actions[i])) {
            *out = (enum on_delete)i;
            snapshot_next(reader);
            return true;
        }
    return snapshot_fail(reader, "an action is missing: cascade, set-null, restrict or no-action");
}

static bool take_part(struct snapshot_reader *reader, struct schema_index *index)
{
    struct schema_part part = {0};
    bool is_expression = is_at(reader, "expression");
    if (is_expression)
        snapshot_next(reader);
    if (!take_string(reader, is_expression ? &part.expression : &part.column))
        return false;
    if (is_at(reader, "extra")) {
        snapshot_next(reader);
        if (!take_string(reader, &part.extra))
            return false;
    }
    part.is_descending = is_at(reader, "desc");
    if (part.is_descending)
        snapshot_next(reader);
    list_add(reader->arena, index->parts, index->part_count) = part;
    return true;
}

static bool take_parts(struct snapshot_reader *reader, struct schema_index *index)
{
    do
        if (!take_part(reader, index))
            return false;
    while (reader->token == SNAPSHOT_STRING || is_at(reader, "expression"));
    return true;
}

/* Take what follows the keyword of the field, if it has one. */
static bool take_field(struct snapshot_reader *reader, const struct line_field *field, void *values)
{
    void *member = (char *)values + field->offset;
    switch (field->form) {
    case FIELD_FIRST:
    case FIELD_STRING:
        return take_string(reader, member);
    case FIELD_FLAG:
        *(bool *)member = true;
        return true;
    case FIELD_NUMBER:
        return take_number(reader, member);
    case FIELD_NAMES:
    case FIELD_ALL:
        return take_names(reader, member);
    case FIELD_ACTION:
        return take_action(reader, member);
    case FIELD_PARTS:
        return take_parts(reader, values);
    }
    return false;
}

static const struct line_field *find_field(const struct snapshot_reader *reader, const struct line_kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].keyword != NULL && is_at(reader, kind->fields[i].keyword))
            return &kind->fields[i];
    return NULL;
}

bool snapshot_read_line(struct snapshot_reader *reader, const struct line_kind *kind, void *values)
{
    snapshot_next(reader);
    for (size_t i = 0; i < kind->field_count && kind->fields[i].keyword == NULL; i++)
        if (!take_field(reader, &kind->fields[i], values))
            return false;
    while (reader->token != SNAPSHOT_END) {
        const struct line_field *field = find_field(reader, kind);
        if (field == NULL)
            return snapshot_fail(reader, "`%s` is not expected after `%s`", reader->value, kind->keyword);
        snapshot_next(reader);
        if (!take_field(reader, field, values))
            return false;
    }
    return !reader->has_failed;
}
