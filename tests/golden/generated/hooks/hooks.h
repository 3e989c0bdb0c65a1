/* Every kind of hook; one function for several events, and several functions for one. */
#ifndef HOOKS_H
#define HOOKS_H
#include <armature/annotations.h>
#include <armature/status.h>
#include <stdint.h>

struct post {
    int64_t     id    AR_PRIMARY_KEY;
    const char *title AR_NOT_NULL;
} AR_TABLE(posts)
  AR_BEFORE_INSERT(set_slug) AR_BEFORE_UPDATE(set_slug)
  AR_AFTER_INSERT(notify) AR_AFTER_UPDATE(notify) AR_AFTER_DELETE(notify)
  AR_BEFORE_DELETE(keep_published)
  AR_VALIDATE(check_title) AR_VALIDATE(check_words) AR_VALIDATE(check_length)
  AR_AFTER_COMMIT(publish)
  AR_AFTER_ROLLBACK(forget);

/* A typedef, and a function that the header declares too. */
struct ar_session;
typedef struct {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(consts) AR_VALIDATE(check_const) const_t;
#ifdef __cplusplus
extern "C"
#endif
enum ar_status check_const(struct ar_session *s, const const_t *record);
#endif
