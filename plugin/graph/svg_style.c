/* The style sheet of SVG images. Colours are in one list for light and one for dark surroundings. */
#include "svg_part.h"

struct rule {
    const char *selector;
    const char *light, *dark;
};

/* Everything that does not depend on the colours. */
static const char common[] =
    ".armature-graph{font-family:Helvetica,Arial,\"Liberation Sans\",\"DejaVu Sans\",sans-serif;max-width:100%;"
    "height:auto}\n"
    ".armature-graph text{font-size:11.5px;stroke:none}\n"
    ".armature-graph .name{font-size:13px;font-weight:bold}\n"
    ".armature-graph .key{font-weight:bold}\n"
    ".armature-graph .path{font-style:italic}\n"
    ".armature-graph .subtitle,.armature-graph .type,.armature-graph .values,.armature-graph .label,.armature-graph .note"
    "{font-size:10px}\n"
    ".armature-graph .tag text{font-size:8px;font-weight:bold;text-anchor:middle}\n"
    ".armature-graph .end,.armature-graph .type,.armature-graph .subtitle{text-anchor:end}\n"
    ".armature-graph .middle,.armature-graph .label{text-anchor:middle}\n"
    ".armature-graph .line{fill:none;stroke-width:1.3;stroke-linejoin:round}\n"
    ".armature-graph .any .line{stroke-dasharray:6 4}\n"
    ".armature-graph .foot{fill:none;stroke-width:1.3;stroke-linecap:round}\n"
    ".armature-graph .box{stroke-width:1.2}\n"
    ".armature-graph .view .box{stroke-dasharray:5 3}\n"
    ".armature-graph .edge:hover .line{stroke-width:2.6}\n"
    ".armature-graph a:hover .name{text-decoration:underline}\n";

static const struct rule rules[] = {
    {".background", "fill:#ffffff", "fill:#0d1117"},
    {"text", "fill:#1f2933", "fill:#e6edf3"},
    {".box", "fill:#ffffff;stroke:#9fb0c3", "fill:#151b23;stroke:#4b5a6b"},
    {".head", "fill:#e4ecf5", "fill:#223044"},
    {".view .head", "fill:#efe9f7", "fill:#33294a"},
    {".join .head", "fill:#eef1f4", "fill:#262d36"},
    {".rule", "stroke:#dde4ec", "stroke:#2d3845"},
    {".subtitle,.type,.values,.path,.note", "fill:#64717f", "fill:#9aa7b5"},
    {".line,.foot", "stroke:#5b7089", "stroke:#8ba0b8"},
    {".ring", "fill:#ffffff", "fill:#0d1117"},
    {".label", "fill:#34506f", "fill:#a9c1dc"},
    {".pill", "fill:#f3f6fa;stroke:#9fb0c3", "fill:#1b2430;stroke:#4b5a6b"},
    {".missing .line,.missing .foot", "stroke:#d1242f", "stroke:#ff7b72"},
    {".missing .label", "fill:#b3121d", "fill:#ff9b94"},
    {".pk rect", "fill:#fbe6b6", "fill:#5a4413"},
    {".pk text", "fill:#6b4a00", "fill:#ffdf9b"},
    {".fk rect", "fill:#d5e6fb", "fill:#173a63"},
    {".fk text", "fill:#144a86", "fill:#b9d8ff"},
    {".uq rect", "fill:#e3dcf6", "fill:#3d2f66"},
    {".uq text", "fill:#4b3193", "fill:#d6c8ff"},
};

/* Add the rule. The selectors of its list are separated by commas, and apply only inside the image. */
static void add_rule(struct text *out, const char *selectors, const char *style)
{
    text_add(out, ".armature-graph ");
    for (const char *at = selectors; *at != '\0'; at++)
        text_print(out, *at == ',' ? "%c.armature-graph " : "%c", *at);
    text_print(out, "{%s}\n", style);
}

void svg_add_style(struct text *out)
{
    text_print(out, "<style>\n%s", common);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        add_rule(out, rules[i].selector, rules[i].light);
    text_add(out, "@media (prefers-color-scheme:dark){\n");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        add_rule(out, rules[i].selector, rules[i].dark);
    text_add(out, "}\n</style>\n");
}
