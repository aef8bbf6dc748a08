// SPDX-License-Identifier: GPL-3.0-or-later
// From an opened file to the pictures that are asked for. Not thread-safe.
#pragma once

#include "imagesource.h"

#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/stagedfile.h>

namespace graminsta::media
{

class Renditions
{
public:
    // Decodes the source once, as small as the largest bounded variant allows; this proves the whole file sound.
    // Fault::Unprocessable if it is not. `source` must outlive it; `outputFolder` also takes what is too large for
    // memory, for as long as it is needed.
    [[nodiscard]] static Result<Renditions> make(const ImageSource &source, const QList<ports::VariantSpec> &variants,
                                                 const QString &outputFolder);

    // Writes one variant of those given to make() as a new file. Fault::Unavailable if it cannot be written.
    [[nodiscard]] Result<ports::MadeVariant> write(const ports::VariantSpec &variant, ports::StagedFile &file) const;

    [[nodiscard]] Result<QString> blurhash() const;

private:
    Renditions(const ImageSource &source, QString outputFolder);

    [[nodiscard]] Result<Picture> picture(const ports::VariantSpec &variant, ports::StagedFile &spool) const;
    [[nodiscard]] Result<Picture> fullSize(ports::StagedFile &spool) const;

    const ImageSource *m_source;
    QString m_outputFolder;
    Picture m_master; // upright, sRGB, in memory
};

} // namespace graminsta::media
