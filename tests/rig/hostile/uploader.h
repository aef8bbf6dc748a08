// SPDX-License-Identifier: GPL-3.0-or-later
// A client that uploads files and waits for what becomes of them, and what is known of the server's processes
// meanwhile.
#pragma once

#include <rig/httpclient.h>
#include <rig/testserver.h>

#include <atomic>
#include <thread>

namespace graminsta::rig
{

// A token of somebody new; empty if the server refuses.
[[nodiscard]] QByteArray signUp(const QUrl &server, const QByteArray &username);

// The last answer about a file: to the upload itself, or, where that was 202, to the question for the attachment.
[[nodiscard]] HttpReply uploadAndWait(HttpClient &client, const QByteArray &file);

// Watches a server's memory and that of its children while it lives: the greatest resident sizes, in megabytes.
class MemoryWatch
{
public:
    explicit MemoryWatch(qint64 server);
    ~MemoryWatch();
    Q_DISABLE_COPY_MOVE(MemoryWatch)

    [[nodiscard]] double server() const { return m_server; }
    [[nodiscard]] double largestChild() const { return m_largestChild; }
    [[nodiscard]] int mostChildren() const { return m_mostChildren; }

private:
    void watch(qint64 server);

    std::atomic<double> m_server = 0;
    std::atomic<double> m_largestChild = 0;
    std::atomic<int> m_mostChildren = 0;
    std::atomic<bool> m_isDone = false;
    std::thread m_thread;
};

} // namespace graminsta::rig
