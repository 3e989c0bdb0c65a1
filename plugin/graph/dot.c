/* Writes DOT: nodes are HTML-like tables with a port for each column, and edges have crow's feet. */
#include "dot.h"

#include "svg_part.h"

#include <string.h>

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

/* Add text for an HTML-like label; empty text is not allowed in one of its fonts. */
static void add_text(struct text *out, const char *open, const char *text, const char *close)
{
    text_add(out, open);
    svg_add_escaped(out, text);
    text_add(out, close);
}

static const char *tags_of(struct arena *arena, const struct graph_column *column)
{
    const char *tags[4], *all = "";
    shape_tags(column, tags);
    for (size_t i = 0; tags[i] != NULL; i++)
        all = arena_print(arena, "%s%s%s", all, i > 0 ? " " : "", tags[i]);
    return all;
}

static void add_column(struct text *out, struct arena *arena, const struct graph_column *column, size_t number)
{
    const char *tags = tags_of(arena, column);
    text_print(out, "\n    <TR><TD ALIGN=\"LEFT\" PORT=\"l%zu\">", number);
    if (tags[0] != '\0')
        text_print(out, "<FONT POINT-SIZE=\"7\" COLOR=\"#144a86\">%s</FONT>", tags);
    text_add(out, "</TD><TD ALIGN=\"LEFT\">");
    add_text(out, column->is_key ? "<B>" : "", column->name, column->is_key ? "</B>" : "");
    text_print(out, "</TD><TD ALIGN=\"RIGHT\" PORT=\"r%zu\">", number);
    add_text(out, "<FONT POINT-SIZE=\"9\" COLOR=\"#64717f\">", column->type,
             column->is_nullable ? "?</FONT></TD></TR>" : "</FONT></TD></TR>");
}

static void add_path(struct text *out, struct arena *arena, const struct graph_path *path)
{
    add_text(out, "\n    <TR><TD></TD><TD ALIGN=\"LEFT\"><I>", path->name, "</I></TD>");
    add_text(out, "<TD ALIGN=\"RIGHT\"><FONT POINT-SIZE=\"9\" COLOR=\"#64717f\">via ", graph_join(arena, &path->steps),
             "</FONT></TD></TR>");
}

static void add_node(struct text *out, struct arena *arena, const struct graph_node *node, size_t index)
{
    static const char *const headers[] = {
        [GRAPH_TABLE] = "#e4ecf5", [GRAPH_VIEW] = "#efe9f7", [GRAPH_JOIN] = "#eef1f4"};
    text_print(out, "  n%zu [URL=\"", index);
    svg_add_escaped(out, node->link);
    text_print(out,
               "\", label=<\n    <TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\" "
               "COLOR=\"#9fb0c3\" STYLE=\"ROUNDED%s\">\n    <TR><TD COLSPAN=\"3\" BGCOLOR=\"%s\">",
               node->kind == GRAPH_VIEW ? ",DASHED" : "", headers[node->kind]);
    add_text(out, "<B>", node->name, "</B>");
    if (node->kind == GRAPH_VIEW || strcmp(node->name, node->table) != 0)
        add_text(out, node->kind == GRAPH_VIEW ? " <FONT POINT-SIZE=\"9\">view " : " <FONT POINT-SIZE=\"9\">",
                 node->table, "</FONT>");
    text_add(out, "</TD></TR>");
    for (size_t i = 0; i < node->column_count; i++)
        add_column(out, arena, &node->columns[i], i);
    for (size_t i = 0; i < node->path_count; i++)
        add_path(out, arena, &node->paths[i]);
    text_add(out, "\n    </TABLE>>];\n");
}

/* ---- Edges ------------------------------------------------------------------------------------------------------- */

static const char *const arrows[] = {
    [GRAPH_ZERO_OR_ONE] = "teeodot", [GRAPH_ONE] = "teetee", [GRAPH_ZERO_OR_MORE] = "crowodot"};

/* Add the end, on this side of the row of its first column if the node shows it. */
static void add_end(struct text *out, const struct graph *graph, const struct graph_end *end, const char *side)
{
    const struct graph_node *node = &graph->nodes[end->node];
    text_print(out, "n%zu", end->node);
    for (size_t i = 0; i < node->column_count; i++)
        if (strcmp(node->columns[i].name, end->columns.items[0]) == 0)
            text_print(out, ":%c%zu:%s", side[0] == 'w' ? 'l' : 'r', i, side);
}

static void add_label(struct text *out, struct arena *arena, const struct graph_edge *edge)
{
    const char *above = graph_join(arena, &edge->holder.relations);
    const char *below = graph_join(arena, &edge->referred.relations);
    struct text label = {0};
    if (above != NULL)
        text_print(&label, "%s \xe2\x86\x92\n", above);
    if (edge->kind == GRAPH_ONE_OF)
        text_print(&label, "one of %s\n", edge->union_name);
    if (below != NULL)
        text_print(&label, "\xe2\x86\x90 %s\n", below);
    text_add(out, ", label=");
    text_add_literal(out, label.data != NULL ? label.data : "");
    text_free(&label);
}

static void add_edge(struct text *out, struct arena *arena, const struct graph *graph, const struct graph_edge *edge)
{
    text_add(out, "  ");
    add_end(out, graph, &edge->referred, "e");
    text_add(out, " -> ");
    add_end(out, graph, &edge->holder, edge->holder.node == edge->referred.node ? "e" : "w");
    text_print(out, " [arrowtail=%s, arrowhead=%s", arrows[edge->referred.cardinality],
               arrows[edge->holder.cardinality]);
    add_label(out, arena, edge);
    if (edge->kind == GRAPH_ANY)
        text_add(out, ", style=dashed");
    if (edge->missing_index != NULL) {
        text_add(out, ", color=\"#d1242f\", tooltip=");
        text_add_literal(out, arena_print(arena, "an index is missing: %s", edge->missing_index));
    }
    text_add(out, "];\n");
}

void graph_dot(struct text *out, struct arena *arena, const struct graph *graph)
{
    text_add(out, "digraph models {\n"
                  "  graph [rankdir=LR, nodesep=0.4, ranksep=0.8];\n"
                  "  node [shape=plain, fontname=\"Helvetica\", fontsize=11];\n"
                  "  edge [dir=both, color=\"#5b7089\", fontname=\"Helvetica\", fontsize=9, fontcolor=\"#34506f\"];\n");
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(out, arena, &graph->nodes[i], i);
    for (size_t i = 0; i < graph->edge_count; i++)
        add_edge(out, arena, graph, &graph->edges[i]);
    text_add(out, "}\n");
}
