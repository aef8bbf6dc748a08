// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/isolatedimageprocessor.h>

#include "contenthash.h"
#include "imageidentity.h"
#include "imagewire.h"
#include "madefiles.h"

#include <graminsta/isolation/childfiles.h>

#include <QLoggingCategory>

#include <algorithm>
#include <vector>

namespace graminsta::media
{

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.media.isolation", QtInfoMsg)

constexpr int kMostDeaths = 2;
constexpr qsizetype kRemembered = 1000; // files

// The child gives up by itself a little before it is killed: that costs no child.
constexpr std::chrono::milliseconds kGrace { 150 };

Error killer()
{
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The picture cannot be processed: it makes the decoder fail. It may be damaged; "
                                    "saving it anew with a picture program can help."));
}

} // namespace

struct IsolatedImageProcessor::Task {
    QString sourceFile;
    QByteArray sha256;
    ImageRequest request;
    QString outputFolder;
    Deadline deadline;
};

IsolatedImageProcessor::IsolatedImageProcessor(std::unique_ptr<isolation::ChildPool> children,
                                               std::chrono::milliseconds mostTime)
    : m_children(std::move(children))
    , m_mostTime(mostTime)
{
}

Result<std::unique_ptr<IsolatedImageProcessor>> IsolatedImageProcessor::create(const IsolatedImageSettings &settings)
{
    std::unique_ptr<isolation::ChildPool> children = GI_TRY(isolation::ChildPool::create(settings.children));
    return std::unique_ptr<IsolatedImageProcessor>(new IsolatedImageProcessor(std::move(children), settings.mostTime));
}

Result<ports::ImageIdentity> IsolatedImageProcessor::identify(const QString &sourceFile,
                                                              const ports::ImageLimits &limits) const
{
    return identityOf(sourceFile, limits);
}

Result<ports::ProcessedImage> IsolatedImageProcessor::process(const QString &sourceFile,
                                                              const ports::ImageLimits &limits,
                                                              const QList<ports::VariantSpec> &variants,
                                                              const QString &outputFolder, const Deadline &deadline)
{
    Task task { sourceFile, GI_TRY(sha256OfFile(sourceFile)), { limits, variants, {} }, outputFolder, deadline };
    for (int deaths = 0; deaths < kMostDeaths && !isKiller(task.sha256); ++deaths) {
        isolation::ChildPool::Lease child = GI_TRY(m_children->lease(deadline));
        task.request.time = std::min(deadline.remaining(), m_mostTime);
        Result<ports::ProcessedImage> image = attempt(task, child);
        if (image || child.isSound())
            return image;
        qCWarning(log, "a picture of SHA-256 %s ended its process: %s", task.sha256.toHex().constData(),
                  qPrintable(describe(image.error())));
        // That one came late may be the machine's fault: whoever asks again decides how often.
        if (image.error().fault == Fault::Timeout)
            return makeError(Fault::Timeout, QStringLiteral("Processing the picture took too long."),
                             image.error().detail);
        remember(task.sha256);
    }
    return killer();
}

Result<ports::ProcessedImage> IsolatedImageProcessor::attempt(const Task &task, isolation::ChildPool::Lease &child)
{
    GI_TRY(isolation::handOver(task.sourceFile, child.inputFolder() + QLatin1Char('/') + kSourceName));
    const QJsonObject answer = GI_TRY(child.ask(toJson(task.request), Deadline::after(task.request.time + kGrace)));
    if (const std::optional<Error> error = refusal(answer))
        return *error;
    Result<ports::ProcessedImage> image = take(answer, task, child.outputFolder());
    if (!image && image.error().fault == Fault::Unprocessable)
        child.distrust();
    return image;
}

Result<ports::ProcessedImage> IsolatedImageProcessor::take(const QJsonObject &answer, const Task &task,
                                                           const QString &folder)
{
    ports::ProcessedImage image = GI_TRY(processedImage(answer, task.request, folder));
    image.sha256 = task.sha256;
    std::vector<ports::StagedFile> files(static_cast<size_t>(image.variants.size()));
    for (qsizetype i = 0; i < image.variants.size(); ++i)
        GI_TRY(takeOver(image.variants[i], task.outputFolder, files[static_cast<size_t>(i)]));
    for (ports::StagedFile &file : files)
        file.release();
    return image;
}

bool IsolatedImageProcessor::isKiller(const QByteArray &sha256) const
{
    const std::lock_guard lock(m_mutex);
    return m_deaths.value(sha256) >= kMostDeaths;
}

void IsolatedImageProcessor::remember(const QByteArray &sha256)
{
    const std::lock_guard lock(m_mutex);
    if (++m_deaths[sha256] > 1)
        return;
    m_order.append(sha256);
    if (m_order.size() > kRemembered)
        m_deaths.remove(m_order.takeFirst());
}

QStringList IsolatedImageProcessor::supportedMimeTypes() const
{
    return imageMimeTypes();
}

Result<isolation::Confinement> IsolatedImageProcessor::check(const Deadline &deadline)
{
    return GI_TRY(m_children->lease(deadline)).confinement();
}

} // namespace graminsta::media
