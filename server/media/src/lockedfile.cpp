// SPDX-License-Identifier: GPL-3.0-or-later
#include "lockedfile.h"

#include <graminsta/ports/uploadstore.h>

namespace graminsta::media
{

bool LockedFile::takeAwayAfter(std::chrono::milliseconds idle)
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock.owns_lock() || std::chrono::steady_clock::now() - m_lastUse < idle)
        return false;
    m_file = Descriptor();
    return true;
}

Error LockedFile::takenAway()
{
    return makeCodedError(Fault::Conflict, QLatin1String(ports::kUploadLocked),
                          QStringLiteral("No bytes came for a while, and a newer request goes on with this upload."));
}

} // namespace graminsta::media
