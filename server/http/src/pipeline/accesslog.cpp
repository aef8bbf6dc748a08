// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/accesslog.h"

#include "bytewriter.h"

#include <graminsta/core/clock.h>

#include <algorithm>

#include <cerrno>
#include <climits>

#include <poll.h>
#include <unistd.h>

namespace graminsta::http
{

namespace
{

constexpr qsizetype kMaxBehind = 4 << 20;
constexpr auto kFlushInterval = std::chrono::milliseconds(100);
constexpr int kWriteTime = 1000; // ms that a full pipe may take before its lines are given up

bool needsEscape(char c)
{
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f;
}

void writeText(ByteWriter &out, QByteArrayView text)
{
    constexpr QByteArrayView hex("0123456789abcdef");
    out << '"';
    if (std::none_of(text.begin(), text.end(), needsEscape)) {
        out << text << '"';
        return;
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out << '\\' << c;
        else if (needsEscape(c))
            out << "\\u00" << hex[byte >> 4] << hex[byte & 15];
        else
            out << c;
    }
    out << '"';
}

// Made once a millisecond at most.
const QByteArray &timeText()
{
    static thread_local Timestamp last {};
    static thread_local QByteArray text;
    const Timestamp now = SystemClock().now();
    if (now != last) {
        last = now;
        text.clear();
        appendRfc3339(text, now);
    }
    return text;
}

} // namespace

AccessLog::AccessLog(int descriptor)
    : m_descriptor(descriptor)
    , m_thread([this] { run(); })
{
}

AccessLog::~AccessLog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void AccessLog::add(const AccessEntry &entry)
{
    static thread_local ByteWriter line(512);
    line.clear();
    line << R"({"time":")" << timeText() << R"(","id":)";
    writeText(line, entry.requestId);
    line << R"(,"method":)";
    writeText(line, entry.method);
    line << R"(,"path":)";
    writeText(line, entry.path);
    line << R"(,"status":)" << qint64(entry.status) << R"(,"bytes":)" << entry.bytes << R"(,"us":)"
         << entry.microseconds << R"(,"client":)";
    writeText(line, entry.client);
    if (entry.account != 0)
        line << R"(,"account":")" << entry.account << '"';
    if (entry.queries != 0)
        line << R"(,"queries":)" << entry.queries;
    line << "}\n";
    const std::lock_guard lock(m_mutex);
    if (m_lines.size() > kMaxBehind)
        ++m_dropped;
    else
        m_lines += line.view();
}

void AccessLog::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping || !m_lines.isEmpty()) {
        if (!m_stopping)
            m_wake.wait_for(lock, kFlushInterval, [this] { return m_stopping; });
        QByteArray lines = std::exchange(m_lines, {});
        if (const qint64 dropped = std::exchange(m_dropped, 0); dropped > 0)
            lines += "{\"dropped\":" + QByteArray::number(dropped) + "}\n";
        lock.unlock();
        write(lines);
        lock.lock();
    }
}

// Never blocks for longer than kWriteTime, even on a pipe whose reader has stopped: what poll() lets through is at most
// what a pipe takes at once.
void AccessLog::write(const QByteArray &lines) const
{
    QByteArrayView rest = lines;
    while (!rest.isEmpty()) {
        pollfd ready { m_descriptor, POLLOUT, 0 };
        if (::poll(&ready, 1, kWriteTime) <= 0)
            return;
        const size_t size = static_cast<size_t>(qMin<qsizetype>(rest.size(), PIPE_BUF));
        const ssize_t written = ::write(m_descriptor, rest.data(), size);
        if (written > 0)
            rest = rest.sliced(written);
        else if (written == 0 || (errno != EINTR && errno != EAGAIN))
            return;
    }
}

} // namespace graminsta::http
