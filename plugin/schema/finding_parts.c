/* Diagnostics of the parts of a table: keys, indexes and checks.
 *
 * A part that differs is in the list of differences twice, dropped and added. Both are one diagnostic, at the added
 * one: parts are the same one if foreign keys have the same columns, and if indexes and checks have the same name. */
#include "finding_parts.h"

#include "ddl.h"

#include <string.h>

const char *finding_one_line(struct arena *arena, const char *sql)
{
    char *line = arena_take(arena, strlen(sql) + 1), *out = line;
    for (const char *at = sql; *at != '\0'; at++) {
        bool is_space = *at == ' ' || *at == '\n' || *at == '\t' || *at == '\r';
        if (!is_space)
            *out++ = *at;
        else if (out > line && out[-1] != ' ')
            *out++ = ' ';
    }
    return line;
}

static const char *names(struct arena *arena, const struct schema_names *list)
{
    struct text text = {0};
    ddl_add_names(&text, arena, list);
    return text_take(arena, &text);
}

/* ---- Parts as SQL ------------------------------------------------------------------------------------------------ */

/* Return the dialect in which a foreign key names the schema of its table, if it has one. */
static const char *references_of(struct arena *arena, const struct schema_foreign_key *key)
{
    struct text text = {0};
    ddl_add_references(&text, arena, key, key->schema != NULL ? &dialect_postgresql : &dialect_sqlite);
    return text_take(arena, &text);
}

static const char *index_of(struct arena *arena, const struct schema_index *index)
{
    struct text text = {0};
    if (index->method != NULL)
        text_print(&text, "USING %s ", index->method);
    text_add(&text, "(");
    for (size_t i = 0; i < index->part_count; i++) {
        text_add(&text, i > 0 ? ", " : "");
        ddl_add_part(&text, arena, &index->parts[i]);
    }
    text_add(&text, ")");
    if (index->where_sql != NULL)
        text_print(&text, " WHERE %s", index->where_sql);
    if (index->is_deferrable)
        text_add(&text, " DEFERRABLE");
    return finding_one_line(arena, text_take(arena, &text));
}

/* ---- Counterparts ------------------------------------------------------------------------------------------------ */

static bool is_same_text(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

static bool has_same_columns(const struct schema_index *left, const struct schema_index *right)
{
    if (left->part_count != right->part_count)
        return false;
    for (size_t i = 0; i < left->part_count; i++)
        if (!is_same_text(left->parts[i].column, right->parts[i].column))
            return false;
    return true;
}

/* Return true if the parts of two differences have the same name or, in place of a name, the same columns. */
static bool is_same_part(const struct difference *left, const struct difference *right)
{
    if (left->foreign_key != NULL)
        return schema_names_equal(&left->foreign_key->columns, &right->foreign_key->columns);
    if (left->index != NULL)
        return is_same_text(left->index->name, right->index->name);
    return is_same_text(left->check->name, right->check->name);
}

/* Return the first difference of the table with the other kind whose part is the same one, or NULL. */
static const struct difference *
find_part(const struct difference_list *differences, const struct difference *item, enum difference_kind kind,
          bool (*is_same)(const struct difference *left, const struct difference *right))
{
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *each = &differences->items[i];
        if (each->kind == kind && each->to == item->to && is_same(item, each))
            return each;
    }
    return NULL;
}

static bool is_same_index(const struct difference *left, const struct difference *right)
{
    return left->index != NULL && has_same_columns(left->index, right->index);
}

/* Return the other difference of the same part, or NULL. An index is the one with the same name; without one, the one
 * with the same columns whose name no other index has. */
static const struct difference *counterpart(const struct difference_list *differences, const struct difference *item,
                                            enum difference_kind kind)
{
    const struct difference *found = find_part(differences, item, kind, is_same_part);
    if (found != NULL || item->index == NULL)
        return found;
    found = find_part(differences, item, kind, is_same_index);
    bool is_taken = found != NULL && (find_part(differences, found, item->kind, is_same_part) != NULL ||
                                      find_part(differences, found, item->kind, is_same_index) != item);
    return is_taken ? NULL : found;
}

/* ---- Reports ----------------------------------------------------------------------------------------------------- */

/* What is reported of the parts of one kind. */
struct part_words {
    enum difference_kind added, dropped;
    const char *missing, *extra, *changed; /* rules */
    const char *(*title)(struct arena *arena, const struct difference *item);
    const char *(*body)(struct arena *arena, const struct difference *item);
};

static const char *foreign_key_title(struct arena *arena, const struct difference *item)
{
    return arena_print(arena, "FOREIGN KEY (%s)", names(arena, &item->foreign_key->columns));
}

static const char *foreign_key_body(struct arena *arena, const struct difference *item)
{
    return references_of(arena, item->foreign_key);
}

static const char *index_title(struct arena *arena, const struct difference *item)
{
    const char *name = item->index->name != NULL ? item->index->name : "";
    return arena_print(arena, "%sINDEX%s%s", item->index->is_unique ? "UNIQUE " : "", *name != '\0' ? " " : "", name);
}

static const char *index_body(struct arena *arena, const struct difference *item)
{
    return index_of(arena, item->index);
}

static const char *check_title(struct arena *arena, const struct difference *item)
{
    (void)arena;
    (void)item;
    return "CHECK";
}

static const char *check_body(struct arena *arena, const struct difference *item)
{
    return arena_print(arena, "(%s)", finding_one_line(arena, item->check->sql));
}

static const struct part_words part_words[] = {
    {DIFFERENCE_FOREIGN_KEY_ADDED, DIFFERENCE_FOREIGN_KEY_DROPPED, "missing-foreign-key", "extra-foreign-key",
     "foreign-key", foreign_key_title, foreign_key_body},
    {DIFFERENCE_INDEX_ADDED, DIFFERENCE_INDEX_DROPPED, "missing-index", "extra-index", "index", index_title,
     index_body},
    {DIFFERENCE_CHECK_ADDED, DIFFERENCE_CHECK_DROPPED, "missing-check", "extra-check", "check", check_title,
     check_body},
};

/* Return the place of the part: its attribute, its first column, or the struct. */
static struct location location_of(const struct difference *item)
{
    const char *column = NULL;
    struct location at = {0};
    if (item->foreign_key != NULL)
        at = item->foreign_key->at;
    else if (item->check != NULL)
        at = item->check->at;
    else {
        at = item->index->at;
        column = item->index->parts[0].column;
    }
    const struct schema_column *found = column != NULL ? schema_find_column(item->to, column) : NULL;
    if (at.file == NULL && found != NULL)
        at = found->at;
    return at.file != NULL ? at : item->to->at;
}

/* A query without its index is slow, but right. */
static bool is_slow_only(const struct difference *item)
{
    return item->index != NULL && !item->index->is_unique;
}

static void report_added(struct diagnostics *diagnostics, const struct difference_list *differences,
                         const struct part_words *words, const struct difference *item)
{
    struct arena *arena = diagnostics->arena;
    const struct difference *dropped = counterpart(differences, item, words->dropped);
    const char *table = finding_table(arena, item->to), *title = words->title(arena, item);
    const char *body = words->body(arena, item), *message;
    diagnostics->rule = dropped != NULL ? words->changed : words->missing;
    if (dropped != NULL && strcmp(title, words->title(arena, dropped)) == 0)
        message = arena_print(arena, "%s: %s %s in the database, %s in the model", table, title,
                              words->body(arena, dropped), body);
    else if (dropped != NULL)
        message = arena_print(arena, "%s: %s %s in the database, %s %s in the model", table,
                              words->title(arena, dropped), words->body(arena, dropped), title, body);
    else
        message = arena_print(arena, "%s: %s %s is missing in the database", table, title, body);
    if (is_slow_only(item))
        diagnostic_warning(diagnostics, location_of(item), "%s", message);
    else
        diagnostic_error(diagnostics, location_of(item), "%s", message);
}

static void report_dropped(struct diagnostics *diagnostics, const struct difference_list *differences,
                           const struct part_words *words, const struct difference *item)
{
    struct arena *arena = diagnostics->arena;
    if (counterpart(differences, item, words->added) != NULL)
        return;
    const char *message = arena_print(arena, "%s: %s %s is not in the model", finding_table(arena, item->to),
                                      words->title(arena, item), words->body(arena, item));
    diagnostics->rule = words->extra;
    if (item->index != NULL)
        diagnostic_note(diagnostics, item->to->at, "%s", message);
    else
        diagnostic_error(diagnostics, item->to->at, "%s", message);
}

static void report_key(struct diagnostics *diagnostics, const struct difference *item)
{
    struct arena *arena = diagnostics->arena;
    const char *from = item->from->key.count > 0
                           ? arena_print(arena, "PRIMARY KEY (%s)", names(arena, &item->from->key))
                           : "no primary key";
    diagnostics->rule = "primary-key";
    diagnostic_error(diagnostics, item->to->at, "%s: %s in the database, (%s) in the model",
                     finding_table(arena, item->to), from, names(arena, &item->to->key));
    if (item->to->model->key_count != item->to->key.count)
        diagnostic_help(diagnostics, "SQLite numbers rows (AR_IDENTITY) by an INTEGER PRIMARY KEY only: make the other "
                                     "columns of the key a unique index with it, as `armature schema` does");
}

void finding_report_part(struct diagnostics *diagnostics, const struct difference_list *differences, size_t index)
{
    const struct difference *item = &differences->items[index];
    if (item->kind == DIFFERENCE_KEY)
        report_key(diagnostics, item);
    for (size_t i = 0; i < sizeof part_words / sizeof *part_words; i++)
        if (item->kind == part_words[i].added)
            report_added(diagnostics, differences, &part_words[i], item);
        else if (item->kind == part_words[i].dropped)
            report_dropped(diagnostics, differences, &part_words[i], item);
}
