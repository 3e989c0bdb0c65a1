/* Enum types, which only PostgreSQL has, and names in schemas. */
#include <armature/annotations.h>
#include <armature/armature.h>

enum mood { SAD, GLAD, FURIOUS };
enum size { SMALL, LARGE };
enum shade { LIGHT, DARK };
enum phase { START, END };
enum speed { SLOW, FAST };
enum depth { DEEP };

struct shirt {
    int64_t id AR_PRIMARY_KEY;
    enum mood mood AR_ENUM_TYPE(mood);
    enum size size AR_ENUM_TYPE(size);
    enum shade shade AR_ENUM_TYPE(shade);
    enum phase phase AR_ENUM_TYPE(phase) AR_DEFAULT("'START'");
    enum speed speed AR_ENUM_TYPE(speed);
    enum depth depth AR_ENUM_TYPE(depth);
} AR_TABLE(shirts);

struct bill {
    int64_t id AR_PRIMARY_KEY;
    int64_t shirt_id;
    int64_t price AR_CHECK("price BETWEEN 1 AND 3");
} AR_TABLE(sales.bills) AR_BELONGS_TO(shirt, shirt_id);

/* The schema of the connection, by its name. */
struct fee {
    int64_t id AR_PRIMARY_KEY;
    int64_t bill_id;
} AR_TABLE(public.fees) AR_BELONGS_TO(bill, bill_id);
