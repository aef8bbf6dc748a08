// SPDX-License-Identifier: GPL-3.0-or-later
// From verb and path to an endpoint, in a time that does not depend on how many there are. Thread-safe once built.
#pragma once

#include <graminsta/api/endpoint.h>

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <memory>
#include <span>
#include <vector>

namespace graminsta::http
{

enum class RouteOutcome {
    Found,
    NoSuchPath, // 404
    NoSuchVerb, // 405: `allow` has what there is
    BadPath, // 400: a segment is not percent-encoded UTF-8
};

struct Route {
    RouteOutcome outcome = RouteOutcome::NoSuchPath;
    const api::Endpoint *endpoint = nullptr; // when Found
    QStringList parameters; // the decoded values of ":name" segments, in order
    QByteArray allow; // the verbs of this path, for Allow; empty with NoSuchPath
};

class Router
{
public:
    // The endpoints must outlive the router. Of two with one verb and path the first wins.
    explicit Router(std::span<const api::Endpoint> endpoints);
    ~Router();

    // `path` as sent, without query. Fixed segments win over parameters; one slash at the end is ignored; HEAD finds
    // GET where it has no endpoint of its own.
    [[nodiscard]] Route find(QByteArrayView verb, QByteArrayView path) const;

    Router(const Router &) = delete;
    Router &operator=(const Router &) = delete;

private:
    struct Node;

    [[nodiscard]] static const api::Endpoint *endpointOf(const Node &node, QByteArrayView verb);
    [[nodiscard]] const Node *walk(const Node &node, QByteArrayView rest, QStringList &parameters, bool &bad) const;

    std::unique_ptr<Node> m_root;
};

} // namespace graminsta::http
