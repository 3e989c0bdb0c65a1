/* Reads `.where` and `.order` of relations.
 *
 * The runtime uses the condition of a relation with different names for the target's table: its own, or an alias if the
 * statement contains the table several times. The condition is therefore split into pieces at the columns that it
 * names: `status = 'published' AND views > 9` becomes "", ".status = 'published' AND " and ".views > 9". */
#include "scope.h"
#include "sql.h"
#include "sql_lexer.h"
#include "union.h"

#include <string.h>

/* Return true if the token, a word or a quoted name, is this name. Words have no case, quoted names have. */
static bool is_name(const struct sql_lexer *lexer, enum sql_token token, const char *name)
{
    if (token == SQL_TOKEN_WORD)
        return sql_lexer_is_word(lexer, name);
    return token == SQL_TOKEN_NAME && strlen(name) + 2 == lexer->length &&
           strncmp(lexer->start + 1, name, lexer->length - 2) == 0;
}

static bool is_table(const struct model *model, const struct sql_lexer *lexer, enum sql_token token)
{
    return *lexer->at == '.' && is_name(lexer, token, model->table);
}

/* Return the column of an embedded struct's field whose path begins with the token, or NULL. Continue after the path.
 */
static struct member *find_path(const struct model *model, struct sql_lexer *lexer)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    lexer->length = strspn(lexer->start, letters);
    lexer->at = lexer->start + lexer->length;
    for (size_t i = 0; i < model->column_count; i++) {
        const char *field = model->columns[i]->field;
        if (strlen(field) == lexer->length && strncmp(field, lexer->start, lexer->length) == 0)
            return model->columns[i];
    }
    return NULL;
}

static struct member *find_column(const struct model *model, struct sql_lexer *lexer, enum sql_token token)
{
    if (token == SQL_TOKEN_WORD && *lexer->at == '.' && !is_table(model, lexer, token))
        return find_path(model, lexer);
    for (size_t i = 0; i < model->column_count; i++)
        if (is_name(lexer, token, model->columns[i]->name))
            return model->columns[i];
    return NULL;
}

static void note_column(struct model_set *set, struct relation *relation, struct member *column)
{
    for (size_t i = 0; i < relation->scope_column_count; i++)
        if (relation->scope_columns[i] == column)
            return;
    list_add(set->arena, relation->scope_columns, relation->scope_column_count) = column;
}

/* ---- The condition ----------------------------------------------------------------------------------------------- */

static bool is_call(const struct sql_lexer *lexer)
{
    return lexer->at[strspn(lexer->at, " \t\r\n\v\f")] == '(';
}

static void add_piece(struct model_set *set, struct relation *relation, const struct text *piece)
{
    const char *text = piece->data != NULL ? piece->data : "";
    list_add(set->arena, relation->where, relation->where_count) = arena_text(set->arena, text);
}

static void split_where(struct model_set *set, struct relation *relation)
{
    struct sql_lexer lexer = {.at = relation->where_sql};
    const char *rest = lexer.at; /* that is not in a piece yet */
    struct text piece = {0};
    bool is_column_next = true; /* CAST(a AS text) and COLLATE text name no columns */
    for (enum sql_token token = sql_lexer_next(&lexer); token != SQL_TOKEN_END; token = sql_lexer_next(&lexer)) {
        struct member *column =
            is_column_next && !is_call(&lexer) ? find_column(relation->target, &lexer, token) : NULL;
        is_column_next = !sql_lexer_is_word(&lexer, "as") && !sql_lexer_is_word(&lexer, "collate");
        if (is_table(relation->target, &lexer, token)) {
            text_print(&piece, "%.*s", (int)(lexer.start - rest), rest);
            rest = ++lexer.at;
            continue;
        }
        if (column == NULL)
            continue;
        text_print(&piece, "%.*s", (int)(lexer.start - rest), rest);
        add_piece(set, relation, &piece);
        text_free(&piece);
        piece = (struct text){0};
        text_print(&piece, ".%s", sql_name(set->arena, column->name));
        rest = lexer.at;
        note_column(set, relation, column);
    }
    text_add(&piece, rest);
    add_piece(set, relation, &piece);
    text_free(&piece);
}

const char *scope_where_text(struct arena *arena, const struct relation *relation, const char *table)
{
    const char *text = "";
    for (size_t i = 0; i < relation->where_count; i++)
        text = arena_print(arena, "%s%s%s", text, i == 0 ? "" : table, relation->where[i]);
    return text;
}

void scope_add_where(struct text *sql, struct arena *arena, const struct relation *relation,
                     const struct dialect *dialect)
{
    const char *table = relation->target->table_sql;
    if (relation->guard != NULL && !relation->kind->owner_has_key)
        text_print(sql, " AND %s.%s%s%s", table, union_type(relation)->sql, dialect->equality,
                   union_type_sql(arena, relation->guard));
    for (size_t i = 0; i < relation->where_count; i++)
        text_print(sql, "%s%s", i == 0 ? " AND (" : table, relation->where[i]);
    text_add(sql, relation->where_count > 0 ? ")" : "");
    sql_add_living(sql, relation->target);
}

/* ---- The order --------------------------------------------------------------------------------------------------- */

/* Read `[table.]column [ASC|DESC]`. Return the token after it, or SQL_TOKEN_NUMBER if it is not in this form. */
static enum sql_token read_order(struct model_set *set, struct relation *relation, struct sql_lexer *lexer)
{
    struct relation_order order = {0};
    enum sql_token token = sql_lexer_next(lexer);
    if (is_table(relation->target, lexer, token)) {
        lexer->at++;
        token = sql_lexer_next(lexer);
    }
    if (token != SQL_TOKEN_WORD && token != SQL_TOKEN_NAME)
        return SQL_TOKEN_NUMBER;
    order.column = find_column(relation->target, lexer, token);
    order.name = arena_copy(set->arena, lexer->start, lexer->length);
    token = sql_lexer_next(lexer);
    order.descending = token == SQL_TOKEN_WORD && sql_lexer_is_word(lexer, "desc");
    if (order.descending || (token == SQL_TOKEN_WORD && sql_lexer_is_word(lexer, "asc")))
        token = sql_lexer_next(lexer);
    list_add(set->arena, relation->orders, relation->order_count) = order;
    if (order.column != NULL)
        note_column(set, relation, order.column);
    return token;
}

static void read_orders(struct model_set *set, struct relation *relation)
{
    struct sql_lexer lexer = {.at = relation->order_sql};
    enum sql_token token;
    do
        token = read_order(set, relation, &lexer);
    while (token == SQL_TOKEN_SYMBOL && *lexer.start == ',');
    relation->has_wrong_order = token != SQL_TOKEN_END || lexer.error != NULL;
}

void scope_resolve(struct model_set *set, struct relation *relation)
{
    if (relation->guard != NULL && !relation->kind->owner_has_key && union_type(relation) != NULL)
        note_column(set, relation, union_type(relation));
    if (relation->where_sql != NULL)
        split_where(set, relation);
    if (relation->order_sql != NULL)
        read_orders(set, relation);
}
