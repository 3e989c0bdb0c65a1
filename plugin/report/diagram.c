/* The diagram of the models. Its nodes are links to the sections of the page. */
#include "graph/svg.h"
#include "report/html.h"
#include "report/report.h"

/* Up to how many models nodes show all columns, or their keys. */
enum { MODELS_WITH_COLUMNS = 20, MODELS_WITH_KEYS = 60 };

static enum graph_columns columns_for(size_t models)
{
    if (models <= MODELS_WITH_COLUMNS)
        return GRAPH_COLUMNS_ALL;
    return models <= MODELS_WITH_KEYS ? GRAPH_COLUMNS_KEYS : GRAPH_COLUMNS_NONE;
}

void report_diagram(struct text *out, const struct report *report)
{
    const struct graph_options options = {
        .columns = columns_for(report->set->model_count),
        .schema = report->database != NULL ? report->database->schema : report->schemas[DIALECT_SQLITE],
    };
    struct graph *graph = graph_of_models(report->set, &options);
    for (size_t i = 0; i < graph->node_count; i++)
        graph->nodes[i].link = arena_print(report->arena, "#%s", report_model_id(report, graph->nodes[i].model));
    text_add(out, "<section id=\"graph\" class=\"card\">\n<h2>Graph</h2>\n<div class=\"graph\">\n");
    (void)graph_svg(out, report->arena, graph, GRAPH_LAYOUT_AUTO);
    text_add(out, "</div>\n</section>\n");
}
