// SPDX-License-Identifier: GPL-3.0-or-later
// Logging: one category a part (QLoggingCategory), one handler for the process.
#pragma once

#include <QLoggingCategory>

namespace graminsta
{

enum class LogFormat {
    Text, // for a person at a terminal
    Json, // one object a line, for machines
};

// Replaces Qt's message handler for the whole process; writes to standard error. Call once, from main().
void installLogHandler(LogFormat format);

} // namespace graminsta
