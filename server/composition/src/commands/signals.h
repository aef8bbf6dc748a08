// SPDX-License-Identifier: GPL-3.0-or-later
// Signals as events of the main thread: SIGTERM and SIGINT ask to stop. SIGPIPE is ignored. One at a time.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace graminsta::composition
{

class SignalWatch final : public QObject
{
    Q_OBJECT
public:
    SignalWatch();
    ~SignalWatch() override;

Q_SIGNALS:
    void stopRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace graminsta::composition
