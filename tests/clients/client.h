// SPDX-License-Identifier: GPL-3.0-or-later
// A program that others wrote, under way: what it writes goes to one stream. Not thread-safe.
#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>

namespace graminsta::clients_test
{

class Client
{
public:
    // Starts it with `home` as its home, so that it finds no settings of a person.
    Client(const QString &program, const QStringList &arguments, const QString &home, const QString &folder = {});

    // The first match in what it has written; waits for it. Empty if the program ends or takes too long.
    QByteArray waitFor(const QRegularExpression &expected);
    void write(const QByteArray &line) { m_process.write(line + '\n'); }
    // Whether it ended with exit code 0; one that does not end is killed.
    bool finish();
    [[nodiscard]] const QByteArray &output() const { return m_output; }
    // What follows `prefix` on each line that begins with it.
    [[nodiscard]] QStringList said(const QByteArray &prefix) const;

private:
    QProcess m_process;
    QByteArray m_output;
};

} // namespace graminsta::clients_test
