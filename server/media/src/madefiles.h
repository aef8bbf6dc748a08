// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures out of the folder of a child process. Thread-safe.
#pragma once

#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/stagedfile.h>

namespace graminsta::media
{

// Looks at what a child says it has made, moves it to `outputFolder` and fills in what can be seen: bytes and SHA-256.
// `taken` is it from then on. Fault::Unprocessable if it is not the file that was said, Fault::Unavailable if it cannot
// be moved.
[[nodiscard]] Result<> takeOver(ports::MadeVariant &made, const QString &outputFolder, ports::StagedFile &taken);

} // namespace graminsta::media
