/* Counting rows and values, and following names. */
#include "kept.h"

#include "migrate/script.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* ---- Counting ---------------------------------------------------------------------------------------------------- */

/* Add the counts of a column to a query. Any type can be compared as a string. */
static const char *add_counts(struct arena *arena, const char *sql, const char *column, const struct dialect *dialect)
{
    const char *name = sql_name(arena, column);
    if (dialect->id == DIALECT_SQLITE)
        return arena_print(arena, "%s || ' ' || count(%s) || ' ' || count(DISTINCT quote(%s))", sql, name, name);
    return arena_print(arena, "%s || ' ' || count(%s) || ' ' || count(DISTINCT %s::text)", sql, name, name);
}

static struct kept_table count_table(struct scratch *scratch, const struct schema_table *table)
{
    struct arena *arena = scratch->arena;
    struct kept_table kept = {.name = table->name};
    const char *sql = "SELECT count(*)";
    for (size_t i = 0; i < table->column_count; i++)
        sql = add_counts(arena, sql, table->columns[i].name, scratch->dialect);
    sql = arena_print(arena, "%s FROM %s", table->column_count == 0 ? "SELECT count(*) || ''" : sql,
                      schema_table_sql(arena, table));
    struct schema_names counts = scratch_list(scratch, sql);
    char *at = arena_text(arena, counts.count > 0 ? counts.items[0] : "");
    kept.rows = strtoul(at, &at, 10);
    for (size_t i = 0; i < table->column_count; i++) {
        unsigned long values = strtoul(at, &at, 10), different = strtoul(at, &at, 10);
        list_add(arena, kept.columns, kept.column_count) =
            (struct kept_column){table->columns[i].name, values, different};
    }
    return kept;
}

struct kept kept_count(struct scratch *scratch, const struct schema *schema)
{
    struct kept kept = {0};
    for (size_t i = 0; i < schema->table_count; i++)
        if (schema->tables[i].kind == SCHEMA_TABLE)
            list_add(scratch->arena, kept.tables, kept.count) = count_table(scratch, &schema->tables[i]);
    return kept;
}

static const struct kept_table *find_table(const struct kept *kept, const char *name)
{
    for (size_t i = 0; i < kept->count; i++)
        if (strcmp(kept->tables[i].name, name) == 0)
            return &kept->tables[i];
    return NULL;
}

static const struct kept_column *find_column(const struct kept_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

static void check_columns(const struct kept_table *before, const struct kept_table *after,
                          struct diagnostics *diagnostics, const char *when)
{
    for (size_t i = 0; i < before->column_count; i++) {
        const struct kept_column *column = find_column(after, before->columns[i].name);
        if (column == NULL ||
            (column->values >= before->columns[i].values && column->different >= before->columns[i].different))
            continue;
        diagnostic_error(diagnostics, (struct location){0},
                         "%s, %s.%s had %lu values, %lu of them different, and has %lu, %lu of them different", when,
                         after->name, column->name, before->columns[i].values, before->columns[i].different,
                         column->values, column->different);
    }
}

void kept_check(struct scratch *scratch, const struct kept *kept, const struct schema *schema,
                struct diagnostics *diagnostics, const char *when)
{
    struct kept now = kept_count(scratch, schema);
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_table *before = &kept->tables[i], *after = find_table(&now, before->name);
        if (after == NULL)
            continue;
        if (after->rows < before->rows)
            diagnostic_error(diagnostics, (struct location){0}, "%s, %s had %lu rows and has %lu", when, after->name,
                             before->rows, after->rows);
        else
            check_columns(before, after, diagnostics, when);
    }
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

enum { WORDS_MAX = 10 };

/* Return the words and names of the statement, of which the names are without quotes. */
static size_t split(struct arena *arena, const struct script *script, const char *words[WORDS_MAX])
{
    const char *at = script->start, *stop = script->start + script->length;
    size_t count = 0;
    while (at < stop && count < WORDS_MAX) {
        enum token kind;
        const char *end = ar_scan_token(script->language, at, &kind);
        if (end == NULL || kind == TOKEN_END)
            break;
        if (kind == TOKEN_WORD)
            words[count++] = arena_copy(arena, at, (size_t)(end - at));
        else if (kind == TOKEN_NAME)
            words[count++] = arena_copy(arena, at + 1, (size_t)(end - at) - 2);
        else if (kind == TOKEN_OTHER && *at == '.' && count > 0)
            count--; /* the name of a schema */
        at = end;
    }
    return count;
}

static bool is(const char *word, const char *keyword)
{
    return ar_scan_is_word(word, strlen(word), keyword);
}

/* ALTER TABLE name RENAME TO name, ALTER TABLE name RENAME [COLUMN] name TO name. */
static void rename_in(struct kept *kept, const char *words[WORDS_MAX], size_t count)
{
    size_t at = 2;
    if (count < 6 - 1 || !is(words[0], "alter") || !is(words[1], "table"))
        return;
    at += is(words[at], "if") && is(words[at + 1], "exists") ? 2 : 0;
    at += is(words[at], "only") ? 1 : 0;
    if (at + 3 >= count || !is(words[at + 1], "rename"))
        return;
    struct kept_table *table = (struct kept_table *)find_table(kept, words[at]);
    if (table == NULL)
        return;
    at += 2;
    if (is(words[at], "to")) {
        table->name = words[at + 1];
        return;
    }
    at += is(words[at], "column") ? 1 : 0;
    if (at + 2 >= count || !is(words[at + 1], "to"))
        return;
    struct kept_column *column = (struct kept_column *)find_column(table, words[at]);
    if (column != NULL)
        column->name = words[at + 2];
}

void kept_rename(struct arena *arena, struct kept *kept, const char *script, const struct dialect *dialect)
{
    struct script reader;
    const char *words[WORDS_MAX];
    ar_script_open(&reader, script, dialect->id == DIALECT_SQLITE ? SCRIPT_SQLITE : SCRIPT_POSTGRESQL);
    for (enum script_item item; (item = ar_script_next(&reader)) == SCRIPT_STATEMENT || item == SCRIPT_DIRECTIVE;)
        if (item == SCRIPT_STATEMENT)
            rename_in(kept, words, split(arena, &reader, words));
}
