// SPDX-License-Identifier: GPL-3.0-or-later
// One JSON object a line for every answered request, written by a thread of its own so that a slow disk or pipe never
// holds up an event loop. Thread-safe.
#pragma once

#include <QByteArray>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace graminsta::http
{

struct AccessEntry {
    QByteArrayView requestId;
    QByteArrayView method;
    QByteArrayView path; // never with its query: tokens travel there
    int status = 0;
    qint64 bytes = 0;
    qint64 microseconds = 0;
    QByteArrayView client;
    qint64 account = 0; // 0: nobody
    qint64 queries = 0; // to the database
};

class AccessLog
{
public:
    // `descriptor` stays the caller's.
    explicit AccessLog(int descriptor);
    ~AccessLog(); // writes what there is

    // Drops the line if the writer is megabytes behind, and says so later in a line {"dropped":n}.
    void add(const AccessEntry &entry);

    AccessLog(const AccessLog &) = delete;
    AccessLog &operator=(const AccessLog &) = delete;

private:
    void run();
    void write(const QByteArray &lines) const;

    const int m_descriptor;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    QByteArray m_lines; // protected by m_mutex
    qint64 m_dropped = 0; // protected by m_mutex
    bool m_stopping = false; // protected by m_mutex
    std::thread m_thread;
};

} // namespace graminsta::http
