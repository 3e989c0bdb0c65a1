/** @file
 * The scope of a session: the tenant to whose rows it is limited. docs/tenants.md explains sessions of one tenant. */
#ifndef ARMATURE_SCOPE_H
#define ARMATURE_SCOPE_H

#include <armature/value.h>

#include <stdbool.h>
#include <stdint.h>

/** A value of ar_session_options.scope, as ar_scope returns it. */
struct ar_session_scope {
    bool is_set;           /**< false: the session has no scope */
    struct ar_value value; /**< the value of shard keys; a string or UUID is referenced until the session is open */
};

/** Return the scope of a tenant with this number; 0 is refused when the session is opened. */
static inline struct ar_session_scope ar_scope_integer(int64_t tenant)
{
    struct ar_session_scope scope = {true, ar_value_integer(tenant)};
    return scope;
}

/** Return the scope of a tenant with this number. One above INT64_MAX is refused when the session is opened. */
static inline struct ar_session_scope ar_scope_unsigned(uint64_t tenant)
{
    struct ar_session_scope scope = {true, ar_value_unsigned(tenant)};
    return scope;
}

/** Return the scope of a tenant with this string, which is compared byte by byte; NULL and "" are refused when the
 * session is opened. */
static inline struct ar_session_scope ar_scope_text(const char *tenant)
{
    struct ar_session_scope scope = {true, ar_value_text(tenant)};
    return scope;
}

/** Return the scope of a tenant with this UUID of 16 bytes; NULL and the UUID of zeros are refused when the session is
 * opened. */
static inline struct ar_session_scope ar_scope_uuid(const uint8_t *tenant)
{
    struct ar_session_scope scope = {true, ar_value_uuid(tenant)};
    return scope;
}

/** Return the scope of a tenant, for ar_session_options.scope.
 *
 * @code
 * const struct ar_session_options options = {.scope = ar_scope(request->tenant_id)};
 * @endcode
 *
 * @param tenant  the value of shard keys: an integer, a string, or a UUID (`uint8_t[16]`)
 * @return  a struct ar_session_scope */
#ifdef __cplusplus
template <class number> struct ar_session_scope ar_scope(number tenant)
{
    static_assert(number() * 1 == number(), "the scope is an integer, a string or a UUID");
    return number(0) < number(-1) ? ar_scope_unsigned(static_cast<uint64_t>(tenant))
                                  : ar_scope_integer(static_cast<int64_t>(tenant));
}
static inline struct ar_session_scope ar_scope(const char *tenant)
{
    return ar_scope_text(tenant);
}
static inline struct ar_session_scope ar_scope(char *tenant)
{
    return ar_scope_text(tenant);
}
static inline struct ar_session_scope ar_scope(const uint8_t *tenant)
{
    return ar_scope_uuid(tenant);
}
static inline struct ar_session_scope ar_scope(uint8_t *tenant)
{
    return ar_scope_uuid(tenant);
}
#else
#define ar_scope(tenant)                                                                                               \
    _Generic((tenant), char *                                                                                          \
             : ar_scope_text, const char *                                                                             \
             : ar_scope_text, uint8_t *                                                                                \
             : ar_scope_uuid, const uint8_t *                                                                          \
             : ar_scope_uuid, unsigned long                                                                            \
             : ar_scope_unsigned, unsigned long long                                                                   \
             : ar_scope_unsigned, long                                                                                 \
             : ar_scope_integer, long long                                                                             \
             : ar_scope_integer, int                                                                                   \
             : ar_scope_integer, unsigned                                                                              \
             : ar_scope_integer, short                                                                                 \
             : ar_scope_integer, unsigned short                                                                        \
             : ar_scope_integer, int8_t                                                                                \
             : ar_scope_integer, uint8_t                                                                               \
             : ar_scope_integer)(tenant)
#endif

#endif
