// SPDX-License-Identifier: GPL-3.0-or-later
// What a client has asked the server for, read from the server's access log. Free functions: thread-safe.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QString>

namespace graminsta::clients_test
{

// The calls between the two paths that the test itself has asked for, each method and endpoint once, in the order of
// paths: {"method", "path": the endpoint's as the table has it, "known": whether there is one, "statuses": every status
// that came, each once}. In a path that is no endpoint, numbers become ":id". Requests of the account `without` (an id;
// empty: nobody) are left out.
[[nodiscard]] QJsonArray callsBetween(const QByteArray &log, const QString &beginPath, const QString &endPath,
                                      const QString &without = {});

} // namespace graminsta::clients_test
