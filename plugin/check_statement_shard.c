/* Checks that user SQL keeps to one tenant: an AR_SQL with a sharded table has the parameter `:scope`, and a view of
 * one has a shard key, unless `.all_shards` says why not. SQLite reports the tables and columns of each text when it
 * prepares it. A text that is only for PostgreSQL is searched for the names of tables. What functions, triggers and
 * views of the database do is unknown here. */
#include "check.h"
#include "sql_database.h"
#include "sql_lexer.h"
#include "statement.h"

#include <string.h>
#include <strings.h>

static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/* What a text uses, by the index of the model. */
struct usage {
    struct model_set *set;
    sqlite3 *database;
    bool *tables;
    bool *shard_keys; /* it reads, or inserts */
};

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

/* Return true if the latest token is this name, quoted or not. */
static bool is_name(const struct sql_lexer *lexer, enum sql_token token, const char *name)
{
    size_t quotes = token == SQL_TOKEN_NAME ? 1 : 0;
    return (token == SQL_TOKEN_NAME || token == SQL_TOKEN_WORD) && lexer->length == strlen(name) + 2 * quotes &&
           strncasecmp(lexer->start + quotes, name, strlen(name)) == 0;
}

/* Return true if the name is in the text. */
static bool names(const char *text, const char *name)
{
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;)
        if (is_name(&lexer, token, name))
            return true;
    return false;
}

/* Return true if the text has the parameter `:scope`. */
static bool has_scope(const char *text)
{
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    while (sql_lexer_next(&lexer) != SQL_TOKEN_END)
        if (lexer.length == 1 && *lexer.start == ':' && strspn(lexer.at, letters_and_digits) == strlen("scope") &&
            strncmp(lexer.at, "scope", strlen("scope")) == 0)
            return true;
    return false;
}

/* Return true if the next token can be the name of a table. */
static bool precedes_table(const struct sql_lexer *lexer)
{
    static const char *const words[] = {"from", "join", "into", "update", "using", "only", "table", "lateral"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sql_lexer_is_word(lexer, words[i]))
            return true;
    return lexer->length == 1 && strchr(",(.", *lexer->start) != NULL;
}

/* Return true if the name can be that of a table in the text. */
static bool has_table(const char *text, const char *name)
{
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    bool is_table = false;
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END; is_table = precedes_table(&lexer))
        if (is_table && is_name(&lexer, token, name))
            return true;
    return false;
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Note a table that SQLite is about to use; see sqlite3_set_authorizer. */
static int note_access(void *payload, int action, const char *table, const char *column, const char *database,
                       const char *by)
{
    struct usage *usage = payload;
    (void)database;
    (void)by;
    if (table == NULL ||
        (action != SQLITE_READ && action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE))
        return SQLITE_OK;
    for (size_t i = 0; i < usage->set->model_count; i++) {
        const struct model *model = usage->set->models[i];
        const struct member *shard = model_shard_key(model);
        if (strcasecmp(model->table, table) != 0)
            continue;
        usage->tables[i] = true;
        /* A new row has its shard key, which cannot be NULL. */
        if (action == SQLITE_INSERT || (action == SQLITE_READ && shard != NULL && strcasecmp(column, shard->name) == 0))
            usage->shard_keys[i] = true;
    }
    return SQLITE_OK;
}

/* Find out what the text uses. */
static void find_usage(struct usage *usage, enum dialect_id dialect, const char *text)
{
    const struct model_set *set = usage->set;
    sqlite3_stmt *prepared = NULL;
    memset(usage->tables, 0, set->model_count * sizeof *usage->tables);
    memset(usage->shard_keys, 0, set->model_count * sizeof *usage->shard_keys);
    if (dialect == DIALECT_SQLITE) {
        sqlite3_set_authorizer(usage->database, note_access, usage);
        (void)sql_database_prepare(set->arena, usage->database, text, &prepared);
        sqlite3_finalize(prepared);
        sqlite3_set_authorizer(usage->database, NULL, NULL);
    }
    for (size_t i = 0; dialect != DIALECT_SQLITE && i < set->model_count; i++) {
        const struct member *shard = model_shard_key(set->models[i]);
        usage->tables[i] = has_table(text, set->models[i]->table);
        usage->shard_keys[i] = shard != NULL && names(text, shard->name);
    }
}

static bool is_sharded(const struct model *model)
{
    return model_shard_key(model) != NULL || model->all_shards != NULL;
}

/* Return a view of all shards that was used, or otherwise the first sharded table; or NULL. */
static const struct model *used_shards(const struct usage *usage)
{
    const struct model *first = NULL;
    for (size_t i = 0; i < usage->set->model_count; i++) {
        const struct model *model = usage->set->models[i];
        if (usage->tables[i] && is_sharded(model) && (first == NULL || model->all_shards != NULL))
            first = model;
    }
    return first;
}

static const struct model *sharded_model(const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++)
        if (model_shard_key(set->models[i]) != NULL)
            return set->models[i];
    return NULL;
}

/* ---- Statements -------------------------------------------------------------------------------------------------- */

/* Return the place of a name in the text. */
static struct location place_of(const struct model_set *set, const struct sql_statement *statement,
                                enum dialect_id dialect, const char *name)
{
    const char *text = statement->text[dialect].text;
    struct sql_lexer lexer = {.at = text, .is_statement = true};
    for (enum sql_token token; (token = sql_lexer_next(&lexer)) != SQL_TOKEN_END;)
        if (is_name(&lexer, token, name))
            return statement_location(set, statement, dialect, (size_t)(lexer.start - text));
    return statement->at;
}

static void fail_unlimited(struct model_set *set, const struct sql_statement *statement, enum dialect_id dialect,
                           const struct model *model)
{
    const struct location at = place_of(set, statement, dialect, model->table);
    const struct member *shard = model_shard_key(model);
    if (shard == NULL) {
        diagnostic_error(
            set->diagnostics, at,
            "AR_SQL(%s): `%s` is a view of all shards (`.all_shards`), which cannot be limited to a tenant",
            statement->name, model->table);
        diagnostic_help(set->diagnostics, "say why the statement may read rows of all tenants: .all_shards = \"...\"");
        return;
    }
    diagnostic_error(set->diagnostics, at, "AR_SQL(%s): `%s` is sharded by `%s`, but the SQL has no :scope",
                     statement->name, model->table, shard->name);
    diagnostic_help(
        set->diagnostics,
        "compare %s.%s with :scope, the tenant of the session; or say why the statement may read rows of all "
        "tenants: .all_shards = \"...\"",
        model->table, shard->name);
}

/* Without its shard key in the text, a table is not limited. */
static void check_shard_keys(const struct usage *usage, const struct sql_statement *statement, enum dialect_id dialect)
{
    struct model_set *set = usage->set;
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        const struct member *shard = model_shard_key(model);
        if (shard == NULL || !usage->tables[i] || usage->shard_keys[i])
            continue;
        diagnostic_error(set->diagnostics, place_of(set, statement, dialect, model->table),
                         "AR_SQL(%s): `%s` is sharded by `%s`, which the SQL does not compare", statement->name,
                         model->table, shard->name);
        diagnostic_help(set->diagnostics, "compare it with :scope, or with the shard key of another table that is");
    }
}

static void check_text(struct usage *usage, const struct sql_statement *statement, enum dialect_id dialect)
{
    const char *text = statement->text[dialect].text;
    if (statement->all_shards != NULL)
        return;
    find_usage(usage, dialect, text);
    const struct model *model = used_shards(usage);
    if (model == NULL)
        return;
    if (!has_scope(text) || model_shard_key(model) == NULL)
        fail_unlimited(usage->set, statement, dialect, model);
    else
        check_shard_keys(usage, statement, dialect);
}

/* Add the parameter, with the type of the shard keys. */
static void add_scope(struct model_set *set, struct sql_statement *statement, const struct model *model)
{
    const struct member *shard = model_shard_key(model);
    struct sql_parameter parameter = {.is_scope = true};
    parameter.member = *shard;
    parameter.member.field = parameter.member.identifier = "scope";
    parameter.member.scope = "";
    parameter.member.name = parameter.member.sql = ":scope";
    parameter.member.at = statement->at;
    parameter.member.flags = AR_COLUMN_PARAMETER;
    memset(parameter.member.kinds, 0, sizeof parameter.member.kinds);
    parameter.member.kinds[ATTRIBUTE_UUID] = member_has(shard, ATTRIBUTE_UUID);
    list_add(set->arena, statement->parameters, statement->parameter_count) = parameter;
}

static void check_statement(struct usage *usage, struct sql_statement *statement)
{
    struct model_set *set = usage->set;
    const struct model *model = sharded_model(set);
    bool uses = has_scope(statement->text[DIALECT_SQLITE].text) || has_scope(statement->text[DIALECT_POSTGRESQL].text);
    if (statement_parameter(statement, "scope", strlen("scope")) < statement->parameter_count) {
        diagnostic_error(set->diagnostics, statement->at,
                         "AR_SQL(%s): no parameter can be named `scope`: :scope is the tenant of the session, because "
                         "`%s` is sharded",
                         statement->name, model->name);
        diagnostic_help(set->diagnostics, "remove it from the parameters, or rename it");
        return;
    }
    if (uses && statement->all_shards != NULL)
        diagnostic_error(set->diagnostics, statement->at, "AR_SQL(%s): `.all_shards`, but the SQL has :scope",
                         statement->name);
    if (uses)
        add_scope(set, statement, model_shard_key(statement->model) != NULL ? statement->model : model);
    for (size_t i = 0; i < (statement->is_shared ? 1 : DIALECT_COUNT); i++)
        check_text(usage, statement, (enum dialect_id)i);
}

/* ---- Views ------------------------------------------------------------------------------------------------------- */

/* Return a sharded table that the view's SELECT reads, or NULL. If the SELECT is unknown, return any sharded table. */
static const struct model *table_of_view(struct usage *usage, const struct model *model)
{
    const struct model *table = NULL;
    if (model->view[DIALECT_SQLITE].text == NULL)
        return sharded_model(usage->set);
    for (size_t i = 0; i < (model->has_own_views ? DIALECT_COUNT : 1) && table == NULL; i++) {
        find_usage(usage, (enum dialect_id)i, model->view[i].text);
        table = used_shards(usage);
    }
    return table;
}

static void check_view(struct usage *usage, const struct model *model)
{
    struct diagnostics *diagnostics = usage->set->diagnostics;
    const struct model *table = table_of_view(usage, model);
    if (model->all_shards != NULL && model_shard_key(model) != NULL)
        diagnostic_error(diagnostics, model->table_at, "AR_VIEW: `.all_shards`, but `%s` has a shard key", model->name);
    if (table == NULL || is_sharded(model))
        return;
    if (model->view[DIALECT_SQLITE].text != NULL)
        diagnostic_error(diagnostics, model->table_at, "AR_VIEW: `%s` reads the sharded table `%s`", model->table,
                         table->table);
    else
        diagnostic_error(diagnostics, model->table_at,
                         "AR_VIEW: `%s` may read sharded tables: the tool does not know its SELECT", model->table);
    diagnostic_help(diagnostics,
                    "write AR_SHARD_KEY after the field with the shard key, so that sessions of one tenant can be "
                    "limited to it; or say why the view has rows of all tenants: .all_shards = \"...\"");
}

static void check_statements_of(struct usage *usage, const struct model *model)
{
    for (size_t i = 0; i < model->statement_count; i++)
        check_statement(usage, &model->statements[i]);
}

void check_statement_shards(struct model_set *set)
{
    struct usage usage = {.set = set};
    if (sharded_model(set) == NULL)
        return;
    usage.database = sql_database_open(set);
    usage.tables = arena_take(set->arena, set->model_count * sizeof *usage.tables);
    usage.shard_keys = arena_take(set->arena, set->model_count * sizeof *usage.shard_keys);
    for (size_t i = 0; i < set->model_count; i++) {
        if (set->models[i]->is_view)
            check_view(&usage, set->models[i]);
        check_statements_of(&usage, set->models[i]);
    }
    for (size_t i = 0; i < set->row_count; i++)
        check_statements_of(&usage, set->rows[i]);
    sqlite3_close(usage.database);
}
