// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace graminsta::http
{

// The calling thread, and those it begins, no longer take the processor from a running one the moment they are woken
// (SCHED_BATCH, sched(7)). A loop and its workers wake each other for every request: without this, on a busy machine,
// each of these is two switches, and with it they hand over what has gathered in one time slice. Needs no privilege;
// does nothing where the system has no such policy.
void wakeWithoutPreempting();

} // namespace graminsta::http
