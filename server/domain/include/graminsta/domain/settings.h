// SPDX-License-Identifier: GPL-3.0-or-later
// What a deployment has decided that the use cases go by. Constant after construction.
#pragma once

#include <graminsta/ports/imageprocessor.h>
#include <graminsta/ports/videoprocessor.h>

#include <QString>
#include <QStringList>

#include <chrono>

namespace graminsta::domain
{

struct ContentLimits {
    int maxCharacters = 2200;
    int maxMediaAttachments = 20;
    int maxDescription = 1500;
    int maxDisplayName = 30;
    int maxNote = 500;
    int maxProfileFields = 4;
    qint64 accountMediaBytes = 0; // of all originals of an account; 0: no limit
    ports::ImageLimits image;
    ports::VideoLimits video;
    ports::ImageLimits profileImage { 8 << 20, 40'000'000, 20'000 };
};

// Of uploads in pieces.
struct UploadLimits {
    std::chrono::milliseconds life { std::chrono::hours { 24 } }; // then what has come is swept
    int perAccount = 100; // that are no photo yet
    qint64 bytesPerAccount = qint64 { 2 } << 30; // of all of these, as announced
};

enum class RegistrationMode {
    Open, // anybody
    Approval, // somebody lets each one in
    Invite, // with an invitation
    Closed, // nobody
};

struct InstanceSettings {
    QString title = QStringLiteral("Graminsta");
    QString description;
    QString contactEmail;
    QString sourceUrl; // empty: nobody has said
    QStringList rules;
    QStringList languages { QStringLiteral("en") };
    RegistrationMode registrations = RegistrationMode::Closed;
    bool guestsMayRead = true; // for clients to know; the pipeline holds to it
    ContentLimits limits;
    UploadLimits uploads;
};

} // namespace graminsta::domain
