// SPDX-License-Identifier: GPL-3.0-or-later
// Media attachments: one uploaded photo or video, its original and what was made from it.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/license.h>

#include <QList>
#include <QString>

#include <chrono>

namespace graminsta::entities
{

enum class MediaState { Received = 0, Ready = 1, Failed = 2 };

enum class MediaKind { Image = 0, Gifv = 1, Video = 2 };

enum class VariantSize { Grid = 0, Feed = 1, Full = 2 }; // fits 320, fits 1080, as large as the original

// One file made from the original, clean of private metadata. Immutable, named by its content. Of a video the full size
// is the video itself ("video/mp4"), the others are of its poster.
struct MediaVariant {
    VariantSize size = VariantSize::Grid;
    QString key; // in the media store: "<sha-256 in hex>.jpg"
    QString mimeType; // "image/jpeg", "image/webp", "video/mp4"
    int width = 0;
    int height = 0;
    qint64 bytes = 0;
    QString grant {}; // what whoever is shown it needs to fetch it; empty where nothing (domain/media/mediagrants.h)
};

// The point that must stay in sight when a picture is cropped: -1..1, (0,0) the middle, y upwards.
struct FocusPoint {
    double x = 0;
    double y = 0;
    friend bool operator==(const FocusPoint &, const FocusPoint &) = default;
};

// Frames in a second as a fraction, since 29.97 is 30000/1001.
struct FrameRate {
    int numerator = 0;
    int denominator = 1;
    friend bool operator==(const FrameRate &, const FrameRate &) = default;
};

struct MediaAttachment {
    MediaId id;
    AccountId accountId;
    StatusId statusId; // null until it is posted
    int position = 0; // in its status
    MediaState state = MediaState::Received;
    QString failure; // for the uploader to read, if Failed
    QString description; // alt text
    FocusPoint focus;
    License license = License::AllRightsReserved;
    QString blurhash;
    QString originalKey; // only for its owner: may hold a place and a serial number
    QString originalMimeType;
    qint64 originalBytes = 0;
    int width = 0; // upright
    int height = 0;
    MediaKind kind = MediaKind::Image;
    std::chrono::milliseconds duration { 0 }; // of a video, as the next
    FrameRate frameRate;
    QList<MediaVariant> variants;
    bool published = false; // its variants are in the public area
    Timestamp createdAt;
};

} // namespace graminsta::entities
