/* Recognizing statements by their first words. */
#include "migrate/recognize.h"

/* The tokens of a statement, without spaces and comments. */
struct tokens {
    enum script_language language;
    const char *end; /* of the statement */
    const char *at;  /* the rest */
    /* The latest token. */
    enum token kind;
    const char *start;
    size_t length;
};

static void next(struct tokens *tokens)
{
    do {
        const char *end = ar_scan_token(tokens->language, tokens->at, &tokens->kind);
        tokens->start = tokens->at;
        if (end == NULL || tokens->at >= tokens->end) {
            tokens->kind = TOKEN_END;
            return;
        }
        tokens->length = (size_t)(end - tokens->at);
        tokens->at = end;
    } while (tokens->kind == TOKEN_SPACE || tokens->kind == TOKEN_COMMENT || tokens->kind == TOKEN_LINE_COMMENT);
}

static struct tokens first(enum script_language language, const char *statement, size_t length)
{
    struct tokens tokens = {.language = language, .at = statement, .end = statement + length};

    next(&tokens);
    return tokens;
}

static bool is(const struct tokens *tokens, const char *word)
{
    return tokens->kind == TOKEN_WORD && ar_scan_is_word(tokens->start, tokens->length, word);
}

/* Take the word if it is the latest token. */
static bool takes(struct tokens *tokens, const char *word)
{
    if (!is(tokens, word))
        return false;
    next(tokens);
    return true;
}

bool ar_recognize_transaction(enum script_language language, const char *statement, size_t length)
{
    static const char *const words[] = {"begin", "start", "commit", "end", "rollback", "abort"};
    struct tokens tokens = first(language, statement, length);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(&tokens, words[i]))
            return true;
    return takes(&tokens, "prepare") && is(&tokens, "transaction");
}

static bool takes_name(struct tokens *tokens, const char **name, size_t *length)
{
    if (tokens->kind != TOKEN_WORD && tokens->kind != TOKEN_NAME)
        return false;
    *name = tokens->start;
    *length = tokens->length;
    next(tokens);
    return true;
}

/* Take the name of a table, possibly with its schema. */
static bool takes_table(struct tokens *tokens, struct concurrent_index *out)
{
    out->schema = "";
    out->schema_length = 0;
    if (!takes_name(tokens, &out->table, &out->table_length))
        return false;
    if (tokens->kind != TOKEN_OTHER || *tokens->start != '.')
        return true;
    out->schema = out->table;
    out->schema_length = out->table_length;
    next(tokens);
    return takes_name(tokens, &out->table, &out->table_length);
}

bool ar_recognize_concurrent_index(const char *statement, size_t length, struct concurrent_index *out)
{
    struct tokens tokens = first(SCRIPT_POSTGRESQL, statement, length);

    if (!takes(&tokens, "create"))
        return false;
    (void)takes(&tokens, "unique");
    if (!takes(&tokens, "index") || !takes(&tokens, "concurrently") || is(&tokens, "on"))
        return false;
    if (takes(&tokens, "if") && (!takes(&tokens, "not") || !takes(&tokens, "exists")))
        return false;
    if (!takes_name(&tokens, &out->name, &out->name_length) || !takes(&tokens, "on"))
        return false;
    (void)takes(&tokens, "only");
    return takes_table(&tokens, out);
}
