// SPDX-License-Identifier: GPL-3.0-or-later
// Some hundreds of files that mean harm or are broken, made on the spot and the same at every run. Not thread-safe.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace graminsta::rig
{

enum class Outcome {
    Refusal, // with words, whichever
    Picture, // harmless in spite of its looks: what is shown of it is a clean picture
    Either, // a right picture or a refusal: decoders may differ
};

// Made when it is wanted: all of them at once are hundreds of megabytes.
struct HostileFile {
    QString name; // of the attack; unique
    std::function<QByteArray()> make;
    Outcome outcome = Outcome::Refusal;
};

// All of them. Without the folder of real photos (an empty name) those that are made of WebP, HEIC and AVIF are left
// out.
[[nodiscard]] QList<HostileFile> hostileFiles(const QString &photosFolder);

} // namespace graminsta::rig
