// SPDX-License-Identifier: GPL-3.0-or-later
// The Link header that leads from page to page (RFC 8288), both directions. Thread-safe: functions of their arguments.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace graminsta::api
{

// Where a page's neighbours begin; empty for none. `next` is older than everything on the page (max_id), `prev` newer
// (min_id). The values are ids or other opaque words.
struct PageEnds {
    QByteArray nextMaxId;
    QByteArray prevMinId;
};

// `rawTarget` is the path and query of the request as sent; all its parameters are kept but the page's position.
// `baseUrl` is the public origin, "https://example.org". "next" stands first, as toot demands, and the URLs have
// neither ',' nor ';', which would break megalodon. Empty if both ends are.
[[nodiscard]] QByteArray linkHeader(QByteArrayView baseUrl, QByteArrayView rawTarget, const PageEnds &ends);

struct PageLinks {
    QUrl next;
    QUrl prev;
};

// Takes what real servers send: parameters in any order and case, several relations in one `rel`, commas within URLs,
// relative references (against `requestUrl`). Where next and prev are swapped, as in old Pixelfed, they are put right
// by their cursors.
[[nodiscard]] PageLinks parseLinkHeader(QByteArrayView header, const QUrl &requestUrl);

} // namespace graminsta::api
