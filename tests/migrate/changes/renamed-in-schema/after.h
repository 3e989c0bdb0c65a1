/* Tables of schemas, their columns, and what refers to them get other names. */
#include <armature/armature.h>

struct owner {
    int64_t key AR_PRIMARY_KEY AR_WAS(id);
    const char *title AR_NOT_NULL AR_WAS(name) AR_CHECK("title <> ''");
    int64_t number AR_UNIQUE AR_WAS(code);
} AR_TABLE(app.owners) AR_CHECK("number > 0 AND title <> 'x'") AR_HAS_MANY(pets, owner_id, owner, .target = pet);

struct pet {
    int64_t id AR_PRIMARY_KEY;
    int64_t owner_id;
    const char *word AR_WAS(name);
} AR_TABLE(app.animals) AR_WAS(app.pets) AR_BELONGS_TO(owner, owner_id, pets)
    AR_INDEX(pets_by_name, "lower(word)", owner_id, word desc, .where = "word <> 'name'");

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t pet_id;
    int64_t owner_code;
} AR_TABLE(visits) AR_BELONGS_TO(pet, pet_id) AR_BELONGS_TO(owner, owner_code, .references = number);
