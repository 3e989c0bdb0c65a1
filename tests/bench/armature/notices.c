/* Armature's side: notices about rows of three tables. */
#include "armature_side.h"
#include "checksum.h"
#include "side.h"

static void notices_load(void *state)
{
    struct armature_side *side = state;
    ar_session_clear(side->session);
    struct notice_query *notices = notice_query(side->session);
    notice_with_subject(notices);
    armature_check(side, notice_all(notices, &side->notices));
}

static uint64_t checksum_subject(uint64_t sum, const struct notice_subject *subject)
{
    switch (subject->kind) {
    case NOTICE_SUBJECT_USER:
        return checksum_user(sum, subject->user);
    case NOTICE_SUBJECT_POST:
        return checksum_post(sum, subject->post);
    case NOTICE_SUBJECT_COMMENT:
        return checksum_comment(sum, subject->comment);
    case NOTICE_SUBJECT_NONE:
        break;
    }
    return sum;
}

static uint64_t sum_notices(void *state)
{
    struct armature_side *side = state;
    uint64_t sum = 0;
    for (size_t i = 0; i < side->notices.count; i++) {
        struct notice_subject subject;
        armature_check(side, notice_subject(side->session, side->notices.items[i], &subject));
        sum = checksum_subject(checksum_notice(sum, side->notices.items[i]), &subject);
    }
    return sum;
}

const struct side armature_notices = {"Armature", armature_open, armature_close, NULL, notices_load, sum_notices};
