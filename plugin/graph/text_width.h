/* The width of text, without a font. */
#ifndef ARMATURE_PLUGIN_GRAPH_TEXT_WIDTH_H
#define ARMATURE_PLUGIN_GRAPH_TEXT_WIDTH_H

#include <stdbool.h>

/* Return the width of the text in pixels, rounded up, in a font of `size` tenths of a pixel. It is that of the widest
 * of the usual fonts without serifs, so that text fits into its box in each of them. */
int text_width(const char *text, int size, bool is_bold);

#endif
