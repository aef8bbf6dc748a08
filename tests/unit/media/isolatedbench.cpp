// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolatedbench.h"

#include <graminsta/media/imageworker.h>

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace graminsta::test
{

namespace
{

constexpr const char *kWorker = "image-worker";

} // namespace

IsolatedBench::IsolatedBench(media::IsolatedImageSettings settings, const char *worker)
{
    settings.children.program = QStringLiteral("/proc/self/exe");
    settings.children.arguments = { QLatin1String(worker != nullptr ? worker : kWorker) };
    settings.children.workFolder = m_folder.path();
    settings.children.standardError = isolation::ChildErrors::Kept;
    std::unique_ptr<media::IsolatedImageProcessor> processor = media::IsolatedImageProcessor::create(settings).value();
    m_processor = processor.get();
    m_bench = std::make_unique<Workbench>(std::move(processor));
}

QList<int> IsolatedBench::children()
{
    QList<int> found;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : processes) {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(name));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toInt() == ::getpid() && fields.value(0) != "Z")
            found.append(name.toInt());
    }
    return found;
}

std::optional<int> runAsImageWorker(int argc, char **argv)
{
    if (argc < 2 || qstrcmp(argv[1], kWorker) != 0)
        return std::nullopt;
    return media::runImageWorker();
}

} // namespace graminsta::test
