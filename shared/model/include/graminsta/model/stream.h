// SPDX-License-Identifier: GPL-3.0-or-later
// What is said on the API's streams. Values. https://docs.joinmastodon.org/methods/streaming/
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace graminsta::model
{

struct StreamMessage {
    QStringList stream; // its name, and what else names it: "hashtag", "cats"
    QString event; // "update", "delete"…
    QByteArray payload; // an entity as JSON, or an id
};

// What a client asks for on a WebSocket.
struct StreamCommand {
    QString type; // "subscribe", "unsubscribe"
    QString stream;
    QString tag;
    QString list;
    bool onlyMedia = false;
};

} // namespace graminsta::model
