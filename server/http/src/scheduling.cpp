// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling.h"

#include <sched.h>

namespace graminsta::http
{

void wakeWithoutPreempting()
{
#ifdef SCHED_BATCH
    const sched_param parameters {};
    // 0: this thread. It may only fail where a sandbox forbids the call, and then all works as before, only slower.
    ::sched_setscheduler(0, SCHED_BATCH, &parameters);
#endif
}

} // namespace graminsta::http
