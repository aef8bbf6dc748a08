// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop app's hold on its server: the secret comes over standard input, and when that closes (the app has ended,
// however) the server must not go on alone.
#pragma once

#include <graminsta/core/result.h>

#include <QObject>
#include <QSocketNotifier>

namespace graminsta::composition
{

// One line, without its end, at most 1,024 bytes. Fault::Invalid if there is none. Takes no more than the line.
[[nodiscard]] Result<QByteArray> readLineFromStandardInput();

class ParentWatch final : public QObject
{
    Q_OBJECT
public:
    ParentWatch();

Q_SIGNALS:
    void gone();

private:
    QSocketNotifier m_notifier;
};

} // namespace graminsta::composition
