/* Two structs on one table: a list view, and the full row. */
#include <armature/annotations.h>
#include <stdint.h>

struct shop {
    int64_t id AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(shops) AR_HAS_MANY(products, shop_id, shop)
    AR_HAS_MANY(lines, shop_id, shop, .target = product_line, .order = "name");

/* The list view. Its foreign key and its unique column become part of the table. */
struct product_line {
    int64_t id AR_PRIMARY_KEY;
    int64_t shop_id;
    const char *name AR_UNIQUE;
} AR_TABLE(products) AR_BELONGS_TO(shop, shop_id, lines) AR_HAS_MANY(reviews, product_id, line, .target = review);

struct product {
    int64_t id AR_PRIMARY_KEY;
    int64_t shop_id;
    const char *name;
    const char *description;
    int32_t stock AR_DEFAULT("7") AR_NULLABLE;
} AR_TABLE(products) AR_BELONGS_TO(shop, shop_id, products)
    AR_HAS_MANY(reviews, product_id, product, .target = review, .dependent = delete);

struct review {
    int64_t id AR_PRIMARY_KEY;
    int64_t product_id;
    const char *text;
} AR_TABLE(reviews) AR_BELONGS_TO(product, product_id, reviews)
    AR_BELONGS_TO(line, product_id, reviews, .target = product_line);
