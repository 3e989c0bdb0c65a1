/* Attributes after the name of a typedef belong to the name, not to the struct: with a tag and without one. */
#include <armature/annotations.h>
#include <stdint.h>

typedef struct customer {
    int64_t id AR_PRIMARY_KEY;
} customer_t AR_TABLE(customers) AR_HAS_MANY(orders, customer_id, customer);

typedef struct {
    int64_t id;
} item_t AR_TABLE(items);

struct order {
    int64_t id AR_PRIMARY_KEY;
    int64_t customer_id;
} AR_TABLE(orders) AR_BELONGS_TO(customer, customer_id, orders);
