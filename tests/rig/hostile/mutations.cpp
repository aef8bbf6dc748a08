// SPDX-License-Identifier: GPL-3.0-or-later
// Sound files, cut off at each twentieth, with flipped bits, and with wrong numbers in the boxes of HEIC and AVIF.
#include "parts.h"

#include <QRandomGenerator>

#include <algorithm>
#include <memory>

namespace graminsta::rig::hostile
{

namespace
{

constexpr int kFlippedFiles = 12;
constexpr int kFlips = 20;
constexpr int kStep = 5; // per cent

using Shared = std::shared_ptr<const QByteArray>;

void addTruncations(Files &files, const QString &kind, const Shared &file)
{
    for (int percent = 0; percent < 100; percent += kStep)
        files.append({ QStringLiteral("%1, cut off at %2 %").arg(kind).arg(percent),
                       [file, percent] { return file->first(file->size() * percent / 100); } });
}

QByteArray flipped(QByteArray file, quint32 seed)
{
    QRandomGenerator random(seed);
    for (int flip = 0; flip < kFlips; ++flip) {
        // Half of them in the header, where they do most.
        const qsizetype range = flip % 2 == 0 ? std::min<qsizetype>(1024, file.size()) : file.size();
        const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(range)));
        file[at] = static_cast<char>(file[at] ^ (1 << random.bounded(8)));
    }
    return file;
}

void addFlips(Files &files, const QString &kind, const Shared &file)
{
    for (int i = 1; i <= kFlippedFiles; ++i)
        files.append({ QStringLiteral("%1, flipped bits %2").arg(kind).arg(i),
                       [file, i] { return flipped(*file, static_cast<quint32>(i)); }, Outcome::Either });
}

void addBoxes(Files &files, const QString &kind, const Shared &file)
{
    for (const char *box : { "ftyp", "meta", "pitm", "iloc", "iinf", "infe", "iref", "iprp", "ipco", "ispe", "pixi",
                             "ipma", "hvcC", "av1C", "colr", "mdat" }) {
        const qsizetype at = file->indexOf(box);
        if (at < 4)
            continue;
        for (const quint32 size : { 0U, 1U, 9U, 0xffffffffU })
            files.append({ QStringLiteral("%1, box %2 of %3 bytes").arg(kind, QLatin1String(box)).arg(size),
                           [file, at, size] {
                               QByteArray wrong = *file;
                               return wrong.replace(at - 4, 4, bigEndian32(size));
                           },
                           Outcome::Either });
        files.append({ QStringLiteral("%1, box %2 full of ones").arg(kind, QLatin1String(box)),
                       [file, at] {
                           QByteArray wrong = *file;
                           return wrong.replace(at + 8, 16, QByteArray(16, '\xff'));
                       },
                       Outcome::Either });
    }
}

} // namespace

void addMutations(Files &files, const QString &photosFolder)
{
    QList<QPair<QString, Shared>> sound {
        { QStringLiteral("generated JPEG"), std::make_shared<QByteArray>(encoded(scene(2000, 1500), "JPG", 95)) },
        { QStringLiteral("generated PNG"), std::make_shared<QByteArray>(encoded(scene(700, 500), "PNG")) }
    };
    const QList<QPair<const char *, const char *>> photos { { "camera JPEG", "orientation/Portrait_6.jpg" },
                                                            { "progressive JPEG", "camera/japanese-shop.jpg" },
                                                            { "photo PNG", "formats/density_plot.png" },
                                                            { "WebP", "formats/denali.webp" },
                                                            { "AVIF", "formats/8bit-sRGB.avif" },
                                                            { "HEIC", "formats/IMG_2682.heic" } };
    for (const auto &[kind, name] : photos) {
        const QByteArray bytes = contentOf(photosFolder + QLatin1Char('/') + QLatin1String(name));
        if (!photosFolder.isEmpty() && !bytes.isEmpty())
            sound.append({ QLatin1String(kind), std::make_shared<QByteArray>(bytes) });
    }
    for (const auto &[kind, file] : sound) {
        addTruncations(files, kind, file);
        addFlips(files, kind, file);
        if (file->mid(4, 4) == "ftyp")
            addBoxes(files, kind, file);
    }
}

} // namespace graminsta::rig::hostile
