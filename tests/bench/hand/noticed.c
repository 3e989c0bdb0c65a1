/* Notices with their subjects, as the hand-written sides store them. */
#include "noticed.h"

#include "checksum.h"

void noticed_find(const struct rows *levels, uint32_t *subjects)
{
    static const size_t sizes[] = {0, sizeof(struct user), sizeof(struct post), sizeof(struct comment)};
    static struct key_table tables[NOTICED_LEVELS]; /* reused by each load */
    const struct notice *notices = levels[0].items;
    for (size_t kind = NOTICED_USER; kind < NOTICED_LEVELS; kind++)
        key_table_fill(&tables[kind], &levels[kind], sizes[kind]);
    for (size_t i = 0; i < levels[0].count; i++) {
        enum noticed_kind kind = noticed_kind(notices[i].subject_type);
        subjects[i] = (uint32_t)key_table_find(&tables[kind], &levels[kind], sizes[kind], notices[i].subject_id) - 1;
    }
}

uint64_t noticed_checksum(const struct rows *levels, const uint32_t *subjects)
{
    const struct notice *notices = levels[0].items;
    uint64_t sum = 0;
    for (size_t i = 0; i < levels[0].count; i++) {
        sum = checksum_notice(sum, &notices[i]);
        switch (noticed_kind(notices[i].subject_type)) {
        case NOTICED_USER:
            sum = checksum_user(sum, (const struct user *)levels[NOTICED_USER].items + subjects[i]);
            break;
        case NOTICED_POST:
            sum = checksum_post(sum, (const struct post *)levels[NOTICED_POST].items + subjects[i]);
            break;
        case NOTICED_COMMENT:
            sum = checksum_comment(sum, (const struct comment *)levels[NOTICED_COMMENT].items + subjects[i]);
            break;
        case NOTICED_LEVELS:
            break;
        }
    }
    return sum;
}
