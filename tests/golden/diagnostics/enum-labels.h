/* AR_LABEL and AR_ENUM_TYPE: labels that are not unique, not strings, or too long; types with other labels. */
#include <armature/annotations.h>
#include <stdint.h>

enum rating { RATING_G AR_LABEL("G"), RATING_PG AR_LABEL("PG") = 4, RATING_GENERAL AR_LABEL("G"), RATING_R };
enum mood { MOOD_GOOD AR_LABEL("MOOD_BAD"), MOOD_BAD };
enum wrong { WRONG_A AR_LABEL(G), WRONG_B AR_LABEL(""), WRONG_C AR_UNIQUE, WRONG_D AR_LABEL("a", "b") };
enum same { SAME_A AR_LABEL("a"), SAME_B = 0 };
enum wide { WIDE_A AR_LABEL("a23456789b23456789c23456789d23456789e23456789f23456789g234567890"), WIDE_B = 0x7fffffff };
enum __attribute__((packed)) tiny { TINY_A };
enum color { RED, GREEN };
enum hue { HUE_RED AR_LABEL("RED"), HUE_BLUE AR_LABEL("BLUE") };

struct film {
    int64_t id AR_PRIMARY_KEY AR_LABEL("id");
    enum rating rating AR_ENUM_TYPE(mpaa_rating);
    enum mood mood AR_ENUM_TEXT;
    enum wrong wrong;
    enum same same AR_ENUM_TYPE(same);
    enum wide wide AR_ENUM_TYPE(wide);
    enum tiny tiny AR_ENUM_TYPE(tiny);
    enum color color AR_ENUM_TYPE(color);
    enum hue hue AR_ENUM_TYPE(color);
    enum color table_name AR_ENUM_TYPE(films);
    enum color both AR_ENUM_TEXT AR_ENUM_TYPE(color);
    int64_t number AR_ENUM_TYPE(number);
    enum color none AR_ENUM_TYPE();
    enum color bits : 2 AR_ENUM_TEXT;
} AR_TABLE(films) AR_LABEL("films");

enum alias { ALIAS_A AR_LABEL("ALIAS_B"), ALIAS_B = 0 };
enum short_hue { SHORT_RED AR_LABEL("RED") };

struct paint {
    int64_t id AR_PRIMARY_KEY;
    enum alias alias AR_ENUM_TEXT;
    enum short_hue hue AR_ENUM_TYPE(color);
} AR_TABLE(paints);

struct nowhere {
    int64_t id AR_PRIMARY_KEY;
    enum color color AR_ENUM_TYPE(nowhere_color);
};
