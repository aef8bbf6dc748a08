// SPDX-License-Identifier: GPL-3.0-or-later
// A file that one request writes to, and that another one may take from it once no more bytes come: whose connection
// broke without a word comes back on a new one, and would find its own old request in the way. Thread-safe.
#pragma once

#include "posixfile.h"

#include <chrono>
#include <mutex>

namespace graminsta::media
{

class LockedFile
{
public:
    // With flock() on it, which goes with it.
    explicit LockedFile(Descriptor file)
        : m_file(std::move(file))
        , m_lastUse(std::chrono::steady_clock::now())
    {
    }

    // What `work` gives, called with the file's descriptor. Fault::Conflict with ports::kUploadLocked, and not called,
    // if the file has been taken away.
    template<typename Work> [[nodiscard]] auto use(const Work &work) -> decltype(work(0))
    {
        const std::lock_guard lock(m_mutex);
        if (m_file.number() < 0)
            return takenAway();
        auto result = work(m_file.number());
        m_lastUse = std::chrono::steady_clock::now();
        return result;
    }

    // Closes the file, so that the lock is free, if nobody uses it now or has for so long.
    [[nodiscard]] bool takeAwayAfter(std::chrono::milliseconds idle);

private:
    [[nodiscard]] static Error takenAway();

    std::mutex m_mutex;
    Descriptor m_file; // none once it is taken away; protected by m_mutex
    std::chrono::steady_clock::time_point m_lastUse; // protected by m_mutex
};

} // namespace graminsta::media
