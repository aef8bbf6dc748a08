// SPDX-License-Identifier: GPL-3.0-or-later
#include "madefiles.h"

#include "contenthash.h"
#include "sniffer.h"

#include <graminsta/isolation/childfiles.h>

#include <QFile>

namespace graminsta::media
{

Result<> takeOver(ports::MadeVariant &made, const QString &outputFolder, ports::StagedFile &taken)
{
    const QByteArray head = GI_TRY(isolation::headOfMade(made.file, kSniffedBytes));
    const Result<const ImageType *> type = sniffImageType(head);
    if (!type || (*type)->mimeType != made.mimeType)
        return makeError(Fault::Unprocessable, QStringLiteral("The picture is damaged or incomplete."),
                         QStringLiteral("the child process has made a file that is not of the type ")
                             + made.mimeType.left(100));
    made.file = GI_TRY(isolation::takeOver(made.file, outputFolder, (*type)->extension));
    taken = ports::StagedFile(made.file);
    made.bytes = QFile(made.file).size();
    made.sha256 = GI_TRY(sha256OfFile(made.file));
    return {};
}

} // namespace graminsta::media
