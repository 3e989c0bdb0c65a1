/* Widths of characters, in thousandths of the font's size: for ASCII the larger of DejaVu Sans and Helvetica, for other
 * characters an estimate that is rarely too small. */
#include "text_width.h"

static const short regular[] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667,
    611, 778, 752, 295, 500, 667, 557, 863, 748, 787, 667, 787, 722, 667,  611, 732, 684, 989, 685,
    667, 685, 390, 337, 390, 838, 556, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838,
};

static const short bold[] = {
    348, 456,  521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415,  380, 365, 696, 696,  696,
    696, 696,  696, 696, 696, 696,  696, 400, 400, 838, 838, 838, 611, 1000, 774, 762, 734, 830,  683,
    683, 821,  837, 372, 556, 775,  637, 995, 837, 850, 733, 850, 770, 720,  682, 812, 774, 1103, 771,
    724, 725,  457, 365, 457, 838,  556, 500, 675, 716, 593, 716, 678, 435,  716, 712, 343, 343,  665,
    343, 1042, 712, 687, 716, 716,  493, 595, 478, 712, 652, 924, 645, 652,  582, 712, 365, 712,  838,
};

enum { OTHER = 840, WIDE = 1000 }; /* CJK and symbols, which are as wide as they are high */

/* The first character of the scripts whose characters are wide: Hangul, then CJK. */
static bool is_wide(const unsigned char *at)
{
    return at[0] >= 0xf0 || (at[0] == 0xe1 && at[1] == 0x84) || (at[0] >= 0xe2 && at[0] <= 0xed);
}

static int character_width(const unsigned char *at, bool is_bold)
{
    if (*at < ' ' || *at == 0x7f || (*at & 0xc0) == 0x80)
        return 0; /* nothing, or a further byte of a character */
    if (*at < 0x7f)
        return (is_bold ? bold : regular)[*at - ' '];
    return is_wide(at) ? WIDE : OTHER;
}

int text_width(const char *text, int size, bool is_bold)
{
    int width = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++)
        width += character_width(at, is_bold);
    return (width * size + 9999) / 10000;
}
