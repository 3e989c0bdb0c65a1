/* Snapshots: the order of their lines, and which line may follow which. snapshot_line.h has the lines. */
#include "snapshot.h"

#include "snapshot_line.h"

#include <stdlib.h>
#include <string.h>

static const char first_line[] = "armature-schema 1";

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static void add_table(struct text *out, const struct schema_table *table)
{
    static const char indent[] = "    ";
    snapshot_add_line(out, "", table->kind == SCHEMA_TABLE ? &line_table : &line_view, table);
    for (size_t i = 0; i < table->column_count; i++)
        snapshot_add_line(out, indent, &line_column, &table->columns[i]);
    if (table->key.count > 0)
        snapshot_add_line(out, indent, &line_key, table);
    for (size_t i = 0; i < table->foreign_key_count; i++)
        snapshot_add_line(out, indent, &line_foreign_key, &table->foreign_keys[i]);
    for (size_t i = 0; i < table->index_count; i++)
        snapshot_add_line(out, indent, &line_index, &table->indexes[i]);
    for (size_t i = 0; i < table->check_count; i++)
        snapshot_add_line(out, indent, &line_check, &table->checks[i]);
}

static void add_schema(struct text *out, const struct schema *schema)
{
    text_print(out, "\ndatabase %s\n", schema->dialect->name);
    for (size_t i = 0; i < schema->enum_count; i++)
        snapshot_add_line(out, "", &line_enum, &schema->enums[i]);
    for (size_t i = 0; i < schema->table_count; i++)
        add_table(out, &schema->tables[i]);
}

void snapshot_write(struct text *out, const struct snapshot *snapshot)
{
    text_print(out,
               "%s\n"
               "# The schema that the migrations lead to. Written by armature migrate new: do not edit it.\n",
               first_line);
    for (size_t i = 0; i < snapshot->migration_count; i++) {
        text_print(out, "migration %u ", snapshot->migrations[i].number);
        snapshot_add_string(out, snapshot->migrations[i].name);
        text_add(out, "\n");
    }
    for (size_t i = 0; i < DIALECT_COUNT; i++)
        if (snapshot->schemas[i] != NULL)
            add_schema(out, snapshot->schemas[i]);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

struct reading_state {
    struct snapshot_reader reader;
    struct snapshot *snapshot;
    struct schema *schema;      /* of the latest `database`; NULL before it */
    struct schema_table *table; /* the latest one, or NULL */
};

static bool read_migration(struct reading_state *state)
{
    struct snapshot_reader *reader = &state->reader;
    char *end = NULL;
    unsigned long number = snapshot_next(reader) == SNAPSHOT_WORD ? strtoul(reader->value, &end, 10) : 0;
    if (end == NULL || *end != '\0' || number != state->snapshot->migration_count + 1)
        return snapshot_fail(reader, "this is not the number of the next migration");
    if (snapshot_next(reader) != SNAPSHOT_STRING)
        return snapshot_fail(reader, "the name of the migration is missing");
    list_add(reader->arena, state->snapshot->migrations, state->snapshot->migration_count) =
        (struct snapshot_migration){(unsigned)number, reader->value};
    return snapshot_next(reader) == SNAPSHOT_END || snapshot_fail(reader, "the end of the line is expected");
}

static bool read_database(struct reading_state *state)
{
    struct snapshot_reader *reader = &state->reader;
    const struct dialect *dialect = snapshot_next(reader) == SNAPSHOT_WORD ? dialect_find(reader->value) : NULL;
    if (dialect == NULL || state->snapshot->schemas[dialect->id] != NULL)
        return snapshot_fail(reader, "a database is expected that has no schema yet: sqlite or postgresql");
    state->schema = arena_take(reader->arena, sizeof *state->schema);
    state->schema->dialect = dialect;
    state->snapshot->schemas[dialect->id] = state->schema;
    state->table = NULL;
    return snapshot_next(reader) == SNAPSHOT_END || snapshot_fail(reader, "the end of the line is expected");
}

static bool read_enum(struct reading_state *state)
{
    struct schema_enum *type = &list_add(state->reader.arena, state->schema->enums, state->schema->enum_count);
    return snapshot_read_line(&state->reader, &line_enum, type);
}

static bool read_table_of_kind(struct reading_state *state, enum schema_kind kind)
{
    struct location at = snapshot_location(&state->reader);
    state->table = &list_add(state->reader.arena, state->schema->tables, state->schema->table_count);
    state->table->kind = kind;
    state->table->at = at;
    return snapshot_read_line(&state->reader, kind == SCHEMA_TABLE ? &line_table : &line_view, state->table);
}

static bool read_table(struct reading_state *state)
{
    return read_table_of_kind(state, SCHEMA_TABLE);
}

static bool read_view(struct reading_state *state)
{
    return read_table_of_kind(state, SCHEMA_VIEW);
}

static bool read_column(struct reading_state *state)
{
    struct location at = snapshot_location(&state->reader);
    struct schema_column *column = &list_add(state->reader.arena, state->table->columns, state->table->column_count);
    column->at = at;
    return snapshot_read_line(&state->reader, &line_column, column);
}

static bool read_key(struct reading_state *state)
{
    return snapshot_read_line(&state->reader, &line_key, state->table);
}

static bool read_foreign_key(struct reading_state *state)
{
    struct schema_foreign_key *key =
        &list_add(state->reader.arena, state->table->foreign_keys, state->table->foreign_key_count);
    if (!snapshot_read_line(&state->reader, &line_foreign_key, key))
        return false;
    return key->table != NULL || snapshot_fail(&state->reader, "`references` is missing");
}

static bool read_index(struct reading_state *state)
{
    struct schema_index *index = &list_add(state->reader.arena, state->table->indexes, state->table->index_count);
    if (!snapshot_read_line(&state->reader, &line_index, index))
        return false;
    return index->part_count > 0 || snapshot_fail(&state->reader, "`on` is missing");
}

static bool read_check(struct reading_state *state)
{
    struct schema_check *check = &list_add(state->reader.arena, state->table->checks, state->table->check_count);
    return snapshot_read_line(&state->reader, &line_check, check);
}

/* What must precede a line. */
enum line_place { IN_FILE, IN_DATABASE, IN_TABLE };

static const struct {
    const char *keyword;
    enum line_place place;
    bool (*read)(struct reading_state *state);
} lines[] = {
    {"migration", IN_FILE, read_migration},
    {"database", IN_FILE, read_database},
    {"enum", IN_DATABASE, read_enum},
    {"table", IN_DATABASE, read_table},
    {"view", IN_DATABASE, read_view},
    {"column", IN_TABLE, read_column},
    {"key", IN_TABLE, read_key},
    {"foreign-key", IN_TABLE, read_foreign_key},
    {"index", IN_TABLE, read_index},
    {"check", IN_TABLE, read_check},
};

static bool read_line(struct reading_state *state)
{
    struct snapshot_reader *reader = &state->reader;
    enum snapshot_token token = snapshot_next(reader);
    if (token == SNAPSHOT_END || (token == SNAPSHOT_WORD && reader->value[0] == '#'))
        return true;
    for (size_t i = 0; token == SNAPSHOT_WORD && i < sizeof lines / sizeof *lines; i++) {
        if (strcmp(reader->value, lines[i].keyword) != 0)
            continue;
        if (lines[i].place != IN_FILE && state->schema == NULL)
            return snapshot_fail(reader, "`%s` is not in a database", reader->value);
        if (lines[i].place == IN_TABLE && state->table == NULL)
            return snapshot_fail(reader, "`%s` is not in a table", reader->value);
        return lines[i].read(state);
    }
    if (strncmp(reader->value, "<<<<<<<", 7) != 0)
        return snapshot_fail(reader, "`%s` does not begin a line", reader->value);
    snapshot_fail(reader, "the file has a merge conflict: another migration was written at the same time");
    diagnostic_help(reader->diagnostics, "take the other version of this file, delete the SQL files of your own "
                                         "migration, and run armature migrate new again");
    return false;
}

/* Return false after an error if the first line is not that of this version. */
static bool read_first_line(struct snapshot_reader *reader)
{
    size_t length = strcspn(reader->at, "\r\n");
    reader->token_start = reader->at;
    if (length == strlen(first_line) && strncmp(reader->at, first_line, length) == 0)
        return true;
    bool is_newer = strncmp(reader->at, first_line, strlen(first_line) - 1) == 0;
    if (strncmp(reader->at, "<<<<<<<", 7) == 0)
        return true; /* reported below */
    return snapshot_fail(reader,
                         is_newer ? "the file was written by another version of armature: the first line is not `%s`"
                                  : "this is not a schema of armature: the first line is not `%s`",
                         first_line);
}

bool snapshot_read(struct snapshot *out, struct diagnostics *diagnostics, const char *file, const char *text)
{
    struct reading_state state = {.snapshot = out,
                                  .reader = {.arena = diagnostics->arena,
                                             .diagnostics = diagnostics,
                                             .file = file,
                                             .at = text,
                                             .line_start = text,
                                             .line = 1}};
    struct snapshot_reader *reader = &state.reader;
    if (!read_first_line(reader))
        return false;
    if (strncmp(reader->at, "<<<<<<<", 7) != 0)
        reader->at += strcspn(reader->at, "\n");
    while (*reader->at != '\0') {
        if (*reader->at == '\n') {
            reader->at++;
            reader->line++;
        }
        reader->line_start = reader->at;
        if (!read_line(&state))
            return false;
        reader->at += strcspn(reader->at, "\n");
    }
    return !reader->has_failed;
}
