// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/core/clock.h>
#include <graminsta/core/logging.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace graminsta
{

namespace
{

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    return "info";
}

void writeLine(QByteArray line)
{
    line += '\n';
    // One write a line: lines of several threads do not mix.
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

void writeText(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writeLine(toRfc3339(SystemClock().now()).toUtf8() + ' ' + levelName(type) + ' ' + context.category + ": "
              + message.toUtf8());
}

void writeJson(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QJsonObject object { { QStringLiteral("time"), toRfc3339(SystemClock().now()) },
                               { QStringLiteral("level"), QLatin1String(levelName(type)) },
                               { QStringLiteral("category"), QString::fromUtf8(context.category) },
                               { QStringLiteral("message"), message } };
    writeLine(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

void installLogHandler(LogFormat format)
{
    qInstallMessageHandler(format == LogFormat::Json ? writeJson : writeText);
}

} // namespace graminsta
