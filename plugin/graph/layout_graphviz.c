/* Graphviz computes positions only; the image is drawn by svg.c, like that of our own layout. It gets nodes with fixed
 * sizes. Labels are nodes too, so that their edges lead through them: an edge is a curve to its label, and one from it.
 * It prints the positions in its format "plain": a line for each node and curve, in inches from the bottom. */
#include "layout.h"

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- Input ------------------------------------------------------------------------------------------------------- */

static void add_cell(struct text *out, int width, int height, size_t port)
{
    text_print(out, "<TR><TD FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" HEIGHT=\"%d\" PORT=\"r%zu\"></TD></TR>", width, height,
               port);
}

/* A node is a table with a cell for each row, so that edges end at columns. */
static void add_node(struct text *out, struct arena *arena, const struct graph *graph, const struct shape *shape,
                     size_t node)
{
    int loops = layout_loops_height(arena, graph, node);
    text_print(out, "n%zu [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">", node);
    add_cell(out, shape->width, shape->row_count > 0 ? shape->rows[0].top : shape->height, shape->row_count);
    for (size_t i = 0; i < shape->row_count; i++) {
        int bottom = i + 1 < shape->row_count ? shape->rows[i + 1].top : shape->height;
        add_cell(out, shape->width, bottom - shape->rows[i].top, i);
    }
    if (loops > 0)
        add_cell(out, shape->width, loops, shape->row_count + 1);
    text_add(out, "</TABLE>>];\n");
}

/* Return the number of the row with the first column of the foreign key; that of the first line if there is none. */
static size_t row_of(const struct shape *shape, const struct graph_end *end)
{
    for (size_t i = 0; i < shape->row_count; i++)
        if (shape->rows[i].kind == ROW_COLUMN && strcmp(shape->rows[i].text, end->columns.items[0]) == 0)
            return i;
    return shape->row_count;
}

/* The ends of several edges at the node that they refer to are in different rows, `used` of which have one. */
static void add_edge(struct text *out, const struct graph_edge *edge, const struct shape *shapes,
                     const struct shape_label *label, size_t number, size_t used)
{
    int half = label->above_height > label->below_height ? label->above_height : label->below_height;
    text_print(out, "l%zu [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">", number);
    add_cell(out, label->width + 1, 2 * half + 1, 0);
    text_add(out, "</TABLE>>];\n");
    text_print(out, "n%zu:r%zu:e -> l%zu:w; l%zu:e -> n%zu:r%zu:w;\n", edge->referred.node,
               used % (shapes[edge->referred.node].row_count + 1), number, number, edge->holder.node,
               row_of(&shapes[edge->holder.node], &edge->holder));
}

static void write_input(struct text *out, struct arena *arena, const struct graph *graph, const struct shape *shapes,
                        const struct layout *layout)
{
    size_t *used = arena_take(arena, graph->node_count * sizeof *used);
    text_add(out, "digraph { graph [rankdir=LR, nodesep=0.3, ranksep=0.4];\n"
                  "node [shape=plain]; edge [arrowhead=none];\n");
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(out, arena, graph, &shapes[i], i);
    for (size_t i = 0; i < graph->edge_count; i++) {
        const struct graph_edge *edge = &graph->edges[i];
        if (edge->holder.node != edge->referred.node)
            add_edge(out, edge, shapes, &layout->edges[i].label, i, used[edge->referred.node]++);
    }
    text_add(out, "}\n");
}

/* ---- The program ------------------------------------------------------------------------------------------------- */

static bool read_all(int file, struct text *out)
{
    char buffer[4096 + 1];
    ssize_t length;
    while ((length = read(file, buffer, sizeof buffer - 1)) != 0) {
        if (length < 0 && errno != EINTR)
            return false;
        buffer[length < 0 ? 0 : length] = '\0';
        text_add(out, buffer);
    }
    return true;
}

/* Start dot with these files as its input and output. Return false if it is not on the PATH. */
static bool start(int input, const int output[2], pid_t *process)
{
    char *const arguments[] = {"dot", "-Tplain", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, output[0]);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bool started = posix_spawnp(process, "dot", &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

/* The input is a file: a pipe could fill up while dot waits for us to read. */
static bool run_dot(const struct text *input, struct text *output)
{
    int pipes[2], status = 1;
    pid_t process;
    FILE *file = tmpfile();
    if (file == NULL)
        return false;
    bool done = fwrite(input->data, 1, input->length, file) == input->length && fflush(file) == 0 &&
                lseek(fileno(file), 0, SEEK_SET) == 0 && pipe(pipes) == 0;
    if (done) {
        done = start(fileno(file), pipes, &process);
        close(pipes[1]);
        done = done && read_all(pipes[0], output);
        close(pipes[0]);
        done = done && waitpid(process, &status, 0) == process && status == 0;
    }
    fclose(file);
    return done && output->data != NULL;
}

/* ---- Output ------------------------------------------------------------------------------------------------------ */

struct curve {
    struct point *points;
    size_t count;
};

struct reading {
    struct arena *arena;
    const struct shape *shapes;
    struct layout *layout;
    const struct graph *graph;
    double height;                       /* of the drawing, in inches */
    struct curve *to_label, *from_label; /* by edge */
};

static int pixels(double inches)
{
    return (int)(inches * 72 + 0.5);
}

static struct point point_of(const struct reading *reading, double x, double y)
{
    return (struct point){pixels(x), pixels(reading->height - y)};
}

/* Read the next number of a line. Return false if there is none. */
static bool read_number(const char **line, double *number)
{
    char *end;
    *number = strtod(*line, &end);
    bool is_valid = end != *line;
    *line = end;
    return is_valid;
}

static bool read_numbers(const char **line, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!read_number(line, &numbers[i]))
            return false;
    return true;
}

/* Read the next name: "n12" of a node, "l12" of a label. Return false if it is neither, or its number is too large. */
static bool read_name(const struct reading *reading, const char **line, char *kind, size_t *number)
{
    char *end;
    *line += strspn(*line, " ");
    *kind = **line;
    if (*kind != 'n' && *kind != 'l')
        return false;
    *number = strtoul(*line + 1, &end, 10);
    *line = end;
    return *number < (*kind == 'n' ? reading->graph->node_count : reading->graph->edge_count);
}

/* "graph SCALE WIDTH HEIGHT" */
static bool read_graph(struct reading *reading, const char *line)
{
    double numbers[3];
    if (!read_numbers(&line, numbers, 3))
        return false;
    reading->height = numbers[2];
    reading->layout->width = pixels(numbers[1]);
    reading->layout->height = pixels(numbers[2]);
    return true;
}

/* "node NAME X Y WIDTH HEIGHT ..." */
static bool read_node(struct reading *reading, const char *line)
{
    char kind;
    size_t number;
    double numbers[4];
    if (!read_name(reading, &line, &kind, &number) || !read_numbers(&line, numbers, 4))
        return false;
    if (kind == 'l') {
        reading->layout->edges[number].label_at = point_of(reading, numbers[0], numbers[1]);
        return true;
    }
    reading->layout->nodes[number] = (struct layout_node){
        .at = point_of(reading, numbers[0] - numbers[2] / 2, numbers[1] + numbers[3] / 2),
        .width = reading->shapes[number].width,
        .height = reading->shapes[number].height,
    };
    return true;
}

/* "edge TAIL HEAD COUNT X Y X Y ...". The tail is the end that the holder refers to. */
static bool read_edge(struct reading *reading, const char *line)
{
    struct curve curve = {0};
    char tail, head;
    size_t from, to;
    double count, numbers[2];
    if (!read_name(reading, &line, &tail, &from) || !read_name(reading, &line, &head, &to) || tail == head ||
        !read_number(&line, &count) || count < 4)
        return false;
    for (size_t i = 0; i < (size_t)count; i++) {
        if (!read_numbers(&line, numbers, 2))
            return false;
        list_add(reading->arena, curve.points, curve.count) = point_of(reading, numbers[0], numbers[1]);
    }
    *(tail == 'l' ? &reading->from_label[from] : &reading->to_label[to]) = curve;
    return true;
}

/* Join the curves of an edge with a straight line through its label, and turn them round: they begin at the holder. */
static bool join_curves(struct reading *reading, size_t number)
{
    const struct curve *to = &reading->to_label[number], *from = &reading->from_label[number];
    struct layout_edge *edge = &reading->layout->edges[number];
    if (to->count == 0 || from->count == 0)
        return false;
    edge->is_curve = true;
    for (size_t i = from->count; i-- > 0;)
        list_add(reading->arena, edge->points, edge->point_count) = from->points[i];
    list_add(reading->arena, edge->points, edge->point_count) = from->points[0];
    list_add(reading->arena, edge->points, edge->point_count) = to->points[to->count - 1];
    for (size_t i = to->count; i-- > 0;)
        list_add(reading->arena, edge->points, edge->point_count) = to->points[i];
    return true;
}

static bool read_line(struct reading *reading, const char *line)
{
    static const struct {
        const char *word;
        bool (*read)(struct reading *, const char *);
    } lines[] = {{"graph ", read_graph}, {"node ", read_node}, {"edge ", read_edge}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strncmp(line, lines[i].word, strlen(lines[i].word)) == 0)
            return lines[i].read(reading, line + strlen(lines[i].word));
    return true; /* "stop" */
}

/* A long line is continued after a backslash. */
static void join_lines(char *text)
{
    for (char *at = strstr(text, "\\\n"); at != NULL; at = strstr(at, "\\\n"))
        memmove(at, at + 2, strlen(at + 2) + 1);
}

static bool read_output(struct reading *reading, struct text *output)
{
    bool is_valid = true;
    char *rest = NULL;
    join_lines(output->data);
    for (char *line = strtok_r(output->data, "\n", &rest); line != NULL && is_valid; line = strtok_r(NULL, "\n", &rest))
        is_valid = read_line(reading, line);
    for (size_t i = 0; i < reading->graph->edge_count; i++) {
        const struct graph_edge *edge = &reading->graph->edges[i];
        is_valid = is_valid && (edge->holder.node == edge->referred.node || join_curves(reading, i));
    }
    return is_valid;
}

struct layout *layout_graphviz(struct arena *arena, const struct graph *graph, const struct shape *shapes)
{
    struct layout *layout = layout_new(arena, graph);
    struct reading reading = {.arena = arena,
                              .shapes = shapes,
                              .layout = layout,
                              .graph = graph,
                              .to_label = arena_take(arena, graph->edge_count * sizeof *reading.to_label),
                              .from_label = arena_take(arena, graph->edge_count * sizeof *reading.from_label)};
    struct text input = {0}, output = {0};
    for (size_t i = 0; i < graph->edge_count; i++)
        layout->edges[i].label = shape_label_of(arena, &graph->edges[i], false);
    write_input(&input, arena, graph, shapes, layout);
    bool done = run_dot(&input, &output) && read_output(&reading, &output);
    text_free(&input);
    text_free(&output);
    if (!done)
        return NULL;
    layout_add_loops(arena, graph, layout);
    return layout;
}
