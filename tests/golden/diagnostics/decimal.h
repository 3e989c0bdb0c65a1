/* AR_DECIMAL and AR_INTERVAL: fields of other types, too many digits, bounds and defaults that do not fit. */
#include <armature/annotations.h>
#include <stdint.h>

enum level { LEVEL_LOW, LEVEL_HIGH };

struct tariff {
    int64_t code AR_DECIMAL(10, 2) AR_PRIMARY_KEY;
} AR_TABLE(tariffs);

struct price {
    int64_t id AR_PRIMARY_KEY;
    int64_t tariff_code AR_DECIMAL(10, 3);
    double real AR_DECIMAL(10, 2);
    uint32_t positive AR_DECIMAL(9, 2);
    enum level level AR_DECIMAL(4, 2);
    int8_t tiny AR_DECIMAL(2, 1);
    int16_t small AR_DECIMAL(5, 2);
    int32_t medium AR_DECIMAL(10, 2);
    int64_t large AR_DECIMAL(19, 2);
    int64_t scale AR_DECIMAL(2, 4);
    int64_t negative AR_DECIMAL(2, -1);
    int64_t none AR_DECIMAL(0, 0);
    int64_t huge AR_DECIMAL(1001, 0);
    int64_t macro AR_DECIMAL(DIGITS, 2);
    int64_t single AR_DECIMAL(10);
    int64_t real_bound AR_DECIMAL(4, 2) AR_RANGE(0, 1.234);
    int64_t large_bound AR_DECIMAL(4, 2) AR_RANGE(-100, 99.99);
    int64_t inexact AR_DECIMAL(4, 2) AR_DEFAULT(1.005);
    int64_t expression AR_DECIMAL(4, 2) AR_DEFAULT("1 + 1");
    int64_t both AR_DECIMAL(4, 2) AR_INTERVAL;
    int32_t narrow AR_INTERVAL;
    int64_t text AR_INTERVAL AR_DEFAULT("'1 hour'");
    int64_t version AR_DECIMAL(4, 0) AR_VERSION;
    char short_text[5] AR_DECIMAL(4, 2);
    const char *long_text AR_DECIMAL(40, 10) AR_DEFAULT("'1.5'");
    const char *too_long_text AR_DECIMAL(3, 2) AR_DEFAULT(-12.5);
    const char *inexact_text AR_DECIMAL(3, 2) AR_DEFAULT(1.505);
    const char *text_without_digits AR_DECIMAL(3, 2) AR_DEFAULT("-.");
    const char *limited AR_DECIMAL(40, 10) AR_LENGTH(1, 20);
    const char *ranged AR_DECIMAL(40, 10) AR_RANGE(0, 1);
} AR_TABLE(prices)
  AR_BELONGS_TO(tariff, tariff_code);

struct digits {
    int64_t id AR_PRIMARY_KEY;
    int64_t zeros AR_DECIMAL(4, 2) AR_DEFAULT(9.990);
    int64_t too_large AR_DECIMAL(4, 2) AR_DEFAULT(100);
    int64_t overflow AR_DECIMAL(18, 0) AR_DEFAULT(99999999999999999999);
    int64_t overflow_by_scale AR_DECIMAL(18, 2) AR_DEFAULT(999999999999999999);
    int64_t large_default AR_DECIMAL(20, 2) AR_DEFAULT(1);
    int16_t narrow_default AR_DECIMAL(10, 2) AR_DEFAULT(1);
    const char *trailing AR_DECIMAL(3, 2) AR_DEFAULT("1.5x");
    const char *text_zeros AR_DECIMAL(3, 2) AR_DEFAULT("-0.000");
    int64_t large_maximum AR_DECIMAL(4, 2) AR_RANGE(0, 100);
} AR_TABLE(digits);
