/* A hook with parameters other than those that its attribute asks for. */
/* expect: conflicting (types|declaration)|(conflicts|conflict) with */
#include "hooks.ar.h"

#ifdef __cplusplus
extern "C"
#endif
#ifdef MISTAKE
    enum ar_status
    check_title(struct ar_session *s, struct post *post)
#else
enum ar_status check_title(struct ar_session *s, const struct post *post)
#endif
{
    (void)s;
    return post->title != 0 ? AR_OK : AR_INVALID;
}
