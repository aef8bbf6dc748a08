// SPDX-License-Identifier: GPL-3.0-or-later
#include "signals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace graminsta::composition
{

namespace
{

// The self-pipe: write() is what a signal handler may call (signal-safety(7)).
std::array<int, 2> s_pipe { -1, -1 };

void handleSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(s_pipe[1], &byte, 1);
}

void setHandler(int signal, void (*handler)(int))
{
    struct sigaction action {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

SignalWatch::SignalWatch()
{
    if (::pipe2(s_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("No pipe for signals");
    m_notifier = std::make_unique<QSocketNotifier>(s_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(s_pipe[0], &byte, 1) > 0) { }
        Q_EMIT stopRequested();
    });
    setHandler(SIGTERM, handleSignal);
    setHandler(SIGINT, handleSignal);
    setHandler(SIGPIPE, SIG_IGN);
}

SignalWatch::~SignalWatch()
{
    setHandler(SIGTERM, SIG_DFL);
    setHandler(SIGINT, SIG_DFL);
    m_notifier.reset();
    ::close(s_pipe[0]);
    ::close(s_pipe[1]);
}

} // namespace graminsta::composition
