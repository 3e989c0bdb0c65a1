/* Tables of schemas, their columns, and what refers to them get other names. */
#include <armature/armature.h>

struct owner {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_NOT_NULL AR_CHECK("name <> ''");
    int64_t code AR_UNIQUE;
} AR_TABLE(app.owners) AR_CHECK("\"code\" > 0 AND \"name\" <> 'x'") AR_HAS_MANY(pets, owner_id, owner, .target = pet);

struct pet {
    int64_t id AR_PRIMARY_KEY;
    int64_t owner_id;
    const char *name;
} AR_TABLE(app.pets) AR_BELONGS_TO(owner, owner_id, pets)
    AR_INDEX(pets_by_name, "lower(name)", owner_id, name desc, .where = "name <> 'name'");

struct visit {
    int64_t id AR_PRIMARY_KEY;
    int64_t pet_id;
    int64_t owner_code;
} AR_TABLE(visits) AR_BELONGS_TO(pet, pet_id) AR_BELONGS_TO(owner, owner_code, .references = code);
