// SPDX-License-Identifier: GPL-3.0-or-later
// From an opened file to the pictures that are asked for. Not thread-safe.
#pragma once

#include "cleanfile.h"
#include "imagesource.h"

#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/stagedfile.h>

namespace graminsta::media
{

class Renditions
{
public:
    // `clean` is the source without its metadata, where it can be kept so; it must outlive the object as the source
    // must. Decodes the source once, as small as the largest bounded variant allows; this proves the whole file sound.
    // Fault::Unprocessable if it is not. `outputFolder` also takes what is too large for
    // memory, for as long as it is needed.
    [[nodiscard]] static Result<Renditions> make(const ImageSource &source, const CleanFile *clean,
                                                 const QList<ports::VariantSpec> &variants,
                                                 const QString &outputFolder);

    // Writes one variant of those given to make() as a new file. Fault::Unavailable if it cannot be written.
    [[nodiscard]] Result<ports::MadeVariant> write(const ports::VariantSpec &variant, ports::StagedFile &file) const;

    [[nodiscard]] Result<QString> blurhash() const;

private:
    Renditions(const ImageSource &source, const CleanFile *clean, QString outputFolder);

    [[nodiscard]] Result<QSize> keep(const QString &file) const;
    [[nodiscard]] Result<QSize> encodeNew(const ports::VariantSpec &variant, const QString &file) const;

    [[nodiscard]] Result<Picture> picture(const ports::VariantSpec &variant, ports::StagedFile &spool) const;
    [[nodiscard]] Result<Picture> fullSize(ports::StagedFile &spool) const;

    const ImageSource *m_source;
    const CleanFile *m_clean; // null if the source cannot stay as it is
    QString m_outputFolder;
    Picture m_master; // upright, sRGB, in memory
};

} // namespace graminsta::media
