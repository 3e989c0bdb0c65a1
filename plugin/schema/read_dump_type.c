/* Types in a dump of PostgreSQL, as a server prints them. */
#include "name.h"
#include "read_dump_postgresql.h"

#include <string.h>

/* Names that people write for types, and those that the server prints. `%` is where a length goes. */
static const struct {
    const char *written, *printed;
} synonyms[] = {
    {"int", "integer"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"int2", "smallint"},
    {"varchar", "character varying%"},
    {"char", "character%"},
    {"bpchar", "character%"},
    {"bool", "boolean"},
    {"float8", "double precision"},
    {"float", "double precision"},
    {"float4", "real"},
    {"decimal", "numeric%"},
    {"dec", "numeric%"},
    {"timestamptz", "timestamp% with time zone"},
    {"timestamp", "timestamp% without time zone"},
    {"timetz", "time% with time zone"},
    {"time", "time% without time zone"},
    {"varbit", "bit varying%"},
    {"serial", "integer"},
    {"bigserial", "bigint"},
    {"smallserial", "smallint"},
    {"serial4", "integer"},
    {"serial8", "bigint"},
    {"serial2", "smallint"},
};

bool dump_is_constraint(const struct sql_reader *reader)
{
    static const char *const words[] = {"CONSTRAINT", "NOT",        "NULL",      "CHECK",      "DEFAULT",
                                        "GENERATED",  "PRIMARY",    "UNIQUE",    "REFERENCES", "COLLATE",
                                        "EXCLUDE",    "DEFERRABLE", "INITIALLY", "STORAGE",    "COMPRESSION"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sql_reader_is(reader, words[i]))
            return true;
    return false;
}

/* Return the type without spaces in its parentheses. */
static const char *with_short_length(struct arena *arena, const char *type)
{
    char *copy = arena_take(arena, strlen(type) + 1), *out = copy;
    bool is_length = false, is_quoted = false;
    for (; *type != '\0'; type++) {
        is_quoted = is_quoted != (*type == '"');
        is_length = (is_length || *type == '(') && *type != ')';
        if (!is_quoted && *type == ' ' && (is_length || type[1] == '(' || type[1] == '['))
            continue;
        *out++ = *type;
    }
    return copy;
}

/* Return the type as the server prints it. */
static const char *printed_type(struct arena *arena, const char *written)
{
    const char *type = with_short_length(arena, written);
    const char *folded = strchr(type, '"') == NULL ? name_folded(arena, type) : type;
    size_t length = strcspn(folded, "([ ");
    const char *array = strchr(folded, '[');
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        const char *printed = synonyms[i].printed, *hole = strchr(printed, '%');
        bool is_it = strlen(synonyms[i].written) == length && strncmp(synonyms[i].written, folded, length) == 0;
        size_t argument = folded[length] == '(' ? strcspn(folded + length, ")") + 1 : 0;
        bool is_whole = folded[length + argument] == '\0' || folded[length + argument] == '[';
        if (!is_it || !is_whole || length + argument > strlen(folded))
            continue;
        if (hole == NULL)
            return arena_print(arena, "%s%s", printed, array != NULL ? array : "");
        return arena_print(arena, "%.*s%.*s%s%s", (int)(hole - printed), printed, (int)argument, folded + length,
                           hole + 1, array != NULL ? array : "");
    }
    return folded;
}

void dump_read_column_type(struct dump_reading *reading, struct schema_column *column)
{
    const char *written = dump_expression(reading, sql_reader_until(&reading->reader, dump_is_constraint));
    column->type = printed_type(reading->arena, written);
    column->is_not_null = schema_names_have(&reading->not_null_domains, column->type);
    if (strcasestr(written, "serial") != NULL && strcmp(column->type, written) != 0) {
        column->is_identity = true;
        column->is_not_null = true;
    }
}
