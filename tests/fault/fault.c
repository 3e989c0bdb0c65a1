/* The fault counter. */
#include "fault.h"

static struct {
    enum fault_kind kind;
    unsigned long countdown; /* 0: not armed */
    bool lasting;
    bool happened;
} fault;

void fault_arm(enum fault_kind kind, unsigned long number, bool lasting)
{
    fault.kind = kind;
    fault.countdown = number;
    fault.lasting = lasting;
    fault.happened = false;
}

void fault_disarm(void)
{
    fault.countdown = 0;
}

bool fault_happened(void)
{
    return fault.happened;
}

bool fault_is_due(enum fault_kind kind)
{
    if (fault.countdown == 0 || fault.kind != kind)
        return false;
    if (fault.countdown > 1) {
        fault.countdown--;
        return false;
    }
    fault.happened = true;
    fault.countdown = fault.lasting ? 1 : 0;
    return true;
}
