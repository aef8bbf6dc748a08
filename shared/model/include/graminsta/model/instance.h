// SPDX-License-Identifier: GPL-3.0-or-later
// What a server says of itself: limits that clients check before they upload, what it can do, who runs it.
// https://docs.joinmastodon.org/entities/Instance/ and V1_Instance
#pragma once

#include <graminsta/model/entities.h>

#include <QString>
#include <QStringList>

#include <optional>

namespace graminsta::model
{

struct Rule {
    QString id;
    QString text;
    QString hint;
};

// The defaults are what a careful client assumes of a server that does not say.
struct InstanceLimits {
    int maxCharacters = 500;
    int maxMediaAttachments = 4;
    int charactersReservedPerUrl = 23;
    int descriptionLimit = 1000;
    qint64 imageSizeLimit = 15'000 * 1024;
    qint64 imageMatrixLimit = 16'777'216;
    qint64 videoSizeLimit = 0; // 0: no videos
    int videoFrameRateLimit = 0;
    qint64 videoMatrixLimit = 0;
    QStringList supportedMimeTypes;
    qint64 accountMediaBytes = 0; // of all photos of an account; 0: no limit
    int maxNote = 500; // of a profile; Pixelfed's dialect only
    QString tusPath; // where uploads in pieces are made; empty: nowhere
    qint64 tusMaxSize = 0; // of the largest of them
    QStringList tusExtensions;
};

struct Instance {
    QString domain;
    QString title;
    QString version;
    QString sourceUrl;
    QString shortDescription;
    QString description;
    QString contactEmail;
    std::optional<Account> contactAccount;
    QString thumbnailUrl;
    QStringList languages;
    QString streamingUrl;
    QString publicUrl; // of the web, for absolute links: "https://example.org"
    InstanceLimits limits;
    bool registrationsEnabled = false;
    bool approvalRequired = false;
    bool invitesEnabled = false; // an invitation lets people in
    QString registrationsMessage; // HTML: why not everybody can sign up; empty: nothing to say
    bool guestsMayRead = true; // public feeds, without an account
    qint64 users = 0;
    qint64 activeMonth = 0;
    qint64 statuses = 0;
    QList<Rule> rules;
    int apiVersion = 0; // api_versions.mastodon
    QString vapidKey; // of Web Push
    QString graminstaVersion; // empty: not a Graminsta server
    QList<License> licenses; // that a photo can have; empty: none can be said
    int maxCollectionPosts = 0; // 0: no collections
};

} // namespace graminsta::model
