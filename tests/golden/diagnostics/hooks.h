/* Hooks: functions with two sets of parameters, or of two models; repeated ones; names that are generated. */
#ifndef HOOKS_H
#define HOOKS_H
#include <armature/annotations.h>
#include <stdint.h>

struct post {
    int64_t id AR_PRIMARY_KEY AR_VALIDATE(of_a_field);
} AR_TABLE(posts)
  AR_BEFORE_INSERT(stamp)
  AR_BEFORE_INSERT(stamp)
  AR_BEFORE_UPDATE(stamp)
  AR_VALIDATE(stamp)
  AR_AFTER_COMMIT(post_find)
  AR_AFTER_COMMIT(post_first)
  AR_AFTER_ROLLBACK(not a name)
  AR_BEFORE_DELETE()
  AR_AFTER_DELETE(two, functions)
  AR_AFTER_UPDATE(later, .order = 2)
  AR_BEFORE_SAVE(unknown);

struct comment {
    int64_t id AR_PRIMARY_KEY;
} AR_TABLE(comments)
  AR_AFTER_INSERT(stamp)
  AR_VALIDATE(check)
  AR_AFTER_COMMIT(post_count)
  AR_AFTER_ROLLBACK(default)
  AR_AFTER_ROLLBACK(operator)
  AR_AFTER_ROLLBACK(record)
  AR_AFTER_ROLLBACK(int64_t)
  AR_AFTER_ROLLBACK(ar_refuse)
  AR_AFTER_ROLLBACK(armature_refuse)
  AR_AFTER_ROLLBACK("in quotes");
#endif
