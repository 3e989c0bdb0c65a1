/* The syntax of erDiagram: words have letters, digits, underscores and hyphens; everything else is in a string, which
 * cannot have quotes. Links and colours are not possible. */
#include "mermaid.h"

#include "name.h"

#include <string.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/* Return the text as a word: other characters become underscores. */
static const char *word_of(struct arena *arena, const char *text)
{
    char *copy = arena_print(arena, "%s%s", strchr(letters, text[0]) != NULL && text[0] != '\0' ? "" : "_", text);
    for (char *at = copy; *at != '\0'; at++)
        if (strchr(word, *at) == NULL)
            *at = '_';
    return copy;
}

/* Return the text as a word in a column, where keys are keywords. */
static const char *column_word(struct arena *arena, const char *text)
{
    const char *made = word_of(arena, text);
    return name_is_in(" pk fk uk ", name_folded(arena, made)) ? arena_print(arena, "%s_", made) : made;
}

/* Return the text for a string. */
static const char *string_of(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);
    for (char *at = copy; *at != '\0'; at++)
        if (*at == '"' || (unsigned char)*at < ' ')
            *at = '\'';
    return copy;
}

/* Return the C type without qualifiers, as a word: "char_ptr". */
static const char *type_of(struct arena *arena, const char *type)
{
    static const char *const prefixes[] = {"const ", "struct ", "enum "};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(type, prefixes[i], strlen(prefixes[i])) == 0)
            type += strlen(prefixes[i]);
    const char *star = strstr(type, " *");
    return column_word(arena, star != NULL ? arena_print(arena, "%.*s_ptr", (int)(star - type), type) : type);
}

/* Return the name of the node's entity, which no other node has. In quotes, it may be a word of the language. */
static const char *entity_of(struct arena *arena, const struct graph *graph, size_t node)
{
    static const char reserved[] =
        " accdescr acctitle class classdef click direction end erdiagram linkstyle many more "
        "one only optionally or style subgraph title to u zero ";
    const char *name = word_of(arena, graph->nodes[node].name);
    if (name_is_in(reserved, name_folded(arena, name)))
        return arena_print(arena, "\"%s\"", name);
    for (size_t i = 0; i < node; i++)
        if (strcmp(word_of(arena, graph->nodes[i].name), name) == 0)
            return arena_print(arena, "%s_%zu", name, node);
    return name;
}

/* ---- Entities ---------------------------------------------------------------------------------------------------- */

static void add_column(struct text *out, struct arena *arena, const struct graph_column *column)
{
    const char *name = column_word(arena, column->name), *separator = " ";
    const struct {
        bool is_set;
        const char *name;
    } keys[] = {{column->is_key, "PK"}, {column->is_foreign_key, "FK"}, {column->is_unique, "UK"}};
    text_print(out, "        %s %s", type_of(arena, column->type), name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].is_set) {
            text_print(out, "%s%s", separator, keys[i].name);
            separator = ", ";
        }
    const char *values = graph_join(arena, &column->values);
    const char *notes[] = {strcmp(name, column->name) != 0 ? column->name : NULL, values,
                           column->is_nullable ? "can be NULL" : NULL};
    const char *note = NULL;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i] != NULL)
            note = note == NULL ? notes[i] : arena_print(arena, "%s; %s", note, notes[i]);
    if (note != NULL)
        text_print(out, " \"%s\"", string_of(arena, note));
    text_add(out, "\n");
}

static void add_node(struct text *out, struct arena *arena, const struct graph *graph, size_t index)
{
    const struct graph_node *node = &graph->nodes[index];
    const char *entity = entity_of(arena, graph, index), *title = node->name;
    if (node->kind == GRAPH_VIEW)
        title = arena_print(arena, "%s (view %s)", node->name, node->table);
    else if (strcmp(node->name, node->table) != 0)
        title = arena_print(arena, "%s (%s)", node->name, node->table);
    text_print(out, "    %s", entity);
    if (strcmp(entity, title) != 0)
        text_print(out, "[\"%s\"]", string_of(arena, title));
    text_add(out, node->column_count > 0 ? " {\n" : "\n");
    for (size_t i = 0; i < node->column_count; i++)
        add_column(out, arena, &node->columns[i]);
    text_add(out, node->column_count > 0 ? "    }\n" : "");
}

/* ---- Relationships ----------------------------------------------------------------------------------------------- */

static const char *const left_ends[] = {[GRAPH_ZERO_OR_ONE] = "|o", [GRAPH_ONE] = "||", [GRAPH_ZERO_OR_MORE] = "}o"};

static const char *const right_ends[] = {[GRAPH_ZERO_OR_ONE] = "o|", [GRAPH_ONE] = "||", [GRAPH_ZERO_OR_MORE] = "o{"};

static const char *label_of(struct arena *arena, const struct graph_edge *edge)
{
    const char *to = graph_join(arena, &edge->holder.relations), *from = graph_join(arena, &edge->referred.relations);
    const char *label = to != NULL && from != NULL ? arena_print(arena, "%s / %s", to, from)
                        : to != NULL               ? to
                        : from != NULL             ? from
                                                   : graph_join(arena, &edge->holder.columns);
    if (edge->kind == GRAPH_ONE_OF)
        label = arena_print(arena, "%s (one of %s)", label, edge->union_name);
    return edge->missing_index != NULL ? arena_print(arena, "%s (no index)", label) : label;
}

static void add_edge(struct text *out, struct arena *arena, const struct graph *graph, const struct graph_edge *edge)
{
    text_print(out, "    %s %s%s%s %s : \"%s\"\n", entity_of(arena, graph, edge->referred.node),
               left_ends[edge->referred.cardinality], edge->kind == GRAPH_ANY ? ".." : "--",
               right_ends[edge->holder.cardinality], entity_of(arena, graph, edge->holder.node),
               string_of(arena, label_of(arena, edge)));
}

/* A relation that follows others is dotted, like everything that is not a foreign key. */
static void add_paths(struct text *out, struct arena *arena, const struct graph *graph, size_t index)
{
    const struct graph_node *node = &graph->nodes[index];
    for (size_t i = 0; i < node->path_count; i++) {
        const struct graph_path *path = &node->paths[i];
        size_t target = graph_find(graph, path->target);
        if (target != SIZE_MAX)
            text_print(out, "    %s }o..%s %s : \"%s (via %s)\"\n", entity_of(arena, graph, index),
                       path->is_list ? "o{" : "o|", entity_of(arena, graph, target), string_of(arena, path->name),
                       string_of(arena, graph_join(arena, &path->steps)));
    }
}

void graph_mermaid(struct text *out, struct arena *arena, const struct graph *graph)
{
    text_add(out, "erDiagram\n");
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(out, arena, graph, i);
    for (size_t i = 0; i < graph->edge_count; i++)
        add_edge(out, arena, graph, &graph->edges[i]);
    for (size_t i = 0; i < graph->node_count; i++)
        add_paths(out, arena, graph, i);
}
