// SPDX-License-Identifier: GPL-3.0-or-later
// The Link header that leads from page to page (RFC 8288), both directions. Thread-safe: functions of their arguments.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace graminsta::api
{

// For a page that reaches from the id `newest` to the id `oldest`: "next" leads to what is older (max_id), "prev" to
// what is newer (min_id). `rawTarget` is the path and query of the request as sent; all its parameters are kept but the
// page's position. `baseUrl` is the public origin, "https://example.org". "next" stands first, as toot demands, and the
// URLs have neither ',' nor ';', which would break megalodon.
[[nodiscard]] QByteArray pageLinks(const QString &baseUrl, QByteArrayView rawTarget, qint64 newest, qint64 oldest);

struct PageLinks {
    QUrl next;
    QUrl prev;
};

// Takes what real servers send: parameters in any order and case, several relations in one `rel`, commas within URLs,
// relative references (against `requestUrl`). Where next and prev are swapped, as in old Pixelfed, they are put right
// by their cursors.
[[nodiscard]] PageLinks parseLinkHeader(QByteArrayView header, const QUrl &requestUrl);

} // namespace graminsta::api
