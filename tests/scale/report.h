/* Throughput and latencies by kind of operation and phase. */
#ifndef SCALE_REPORT_H
#define SCALE_REPORT_H

#include "scale.h"

/* Print them. Only operations that succeeded are counted. */
void report(const struct stage *stage);

#endif
