/* Indexes in a dump of PostgreSQL. */
#include "read_dump_postgresql.h"
#include "sql.h"

#include <string.h>

static bool is_part_end(const struct sql_reader *reader)
{
    return sql_reader_is(reader, "COLLATE") || sql_reader_is(reader, "ASC") || sql_reader_is(reader, "DESC") ||
           sql_reader_is(reader, "NULLS");
}

/* Read a column or an expression, with its collation and operator class. A class follows a column as a second word. */
static struct schema_part read_part(struct dump_reading *reading, const struct schema_table *table)
{
    struct sql_reader *reader = &reading->reader;
    struct schema_part part = {0};
    struct sql_reader start = *reader;
    const char *name = sql_reader_name(reader);
    if (name != NULL && schema_find_column(table, name) != NULL && !sql_reader_is(reader, "(")) {
        part.column = name;
    } else {
        *reader = start;
        bool is_parenthesized = sql_reader_is(reader, "(");
        part.expression = dump_expression(reading, is_parenthesized ? sql_reader_parenthesized(reader)
                                                                    : sql_reader_until(reader, is_part_end));
    }
    const char *collation = sql_reader_take(reader, "COLLATE") ? dump_read_name(reading).name : NULL;
    const char *class = NULL;
    if (!is_part_end(reader) && reader->kind == SQL_TOKEN_WORD)
        class = dump_read_name(reading).name;
    if (collation != NULL || class != NULL)
        part.extra = arena_print(reading->arena, "%s%s%s%s", collation != NULL ? "COLLATE " : "",
                                 collation != NULL ? sql_name(reading->arena, collation) : "",
                                 collation != NULL && class != NULL ? " " : "", class != NULL ? class : "");
    part.is_descending = sql_reader_take(reader, "DESC");
    sql_reader_take(reader, "ASC");
    if (sql_reader_take_words(reader, "NULLS FIRST"))
        part.nulls = part.is_descending ? NULL : "NULLS FIRST";
    else if (sql_reader_take_words(reader, "NULLS LAST"))
        part.nulls = part.is_descending ? "NULLS LAST" : NULL;
    return part;
}

static void read_parts(struct dump_reading *reading, const struct schema_table *table, struct schema_index *index)
{
    struct sql_reader *reader = &reading->reader;
    if (!sql_reader_take(reader, "("))
        return;
    do {
        list_add(reading->arena, index->parts, index->part_count) = read_part(reading, table);
        sql_reader_until(reader, NULL);
    } while (sql_reader_take(reader, ","));
    sql_reader_take(reader, ")");
}

/* Return the name that PostgreSQL gives to an index without one. */
static const char *usual_index_name(struct dump_reading *reading, const struct schema_table *table,
                                    const struct schema_index *index)
{
    struct schema_names columns = {0};
    for (size_t i = 0; i < index->part_count; i++)
        list_add(reading->arena, columns.items, columns.count) =
            index->parts[i].column != NULL ? index->parts[i].column : "expr";
    return dump_usual_name(reading, table, &columns, "idx");
}

void dump_read_index(struct dump_reading *reading, bool is_unique)
{
    struct sql_reader *reader = &reading->reader;
    struct schema_index index = {.is_unique = is_unique};
    sql_reader_take(reader, "CONCURRENTLY");
    sql_reader_take_words(reader, "IF NOT EXISTS");
    if (!sql_reader_is(reader, "ON"))
        index.name = sql_reader_name(reader);
    if (!sql_reader_take(reader, "ON"))
        return;
    sql_reader_take(reader, "ONLY");
    struct schema_table *table = dump_find_table(reading, dump_read_name(reading));
    if (table == NULL)
        return;
    const char *method = sql_reader_take(reader, "USING") ? sql_reader_name(reader) : NULL;
    index.method = method != NULL && strcmp(method, "btree") != 0 ? method : NULL;
    read_parts(reading, table, &index);
    if (sql_reader_take(reader, "INCLUDE"))
        index.includes = dump_read_names(reading);
    bool has_equal_nulls = sql_reader_take_words(reader, "NULLS NOT DISTINCT");
    while (reader->kind != SQL_TOKEN_END && !sql_reader_is(reader, ";") && !sql_reader_is(reader, "WHERE"))
        sql_reader_next(reader);
    if (sql_reader_take(reader, "WHERE"))
        index.where_sql = dump_expression(reading, sql_reader_until(reader, NULL));
    if (index.part_count == 0)
        return;
    if (index.name == NULL)
        index.name = usual_index_name(reading, table, &index);
    if (has_equal_nulls)
        dump_add_of_index(reading, table, "NULLS NOT DISTINCT", index.name);
    list_add(reading->arena, table->indexes, table->index_count) = index;
}
