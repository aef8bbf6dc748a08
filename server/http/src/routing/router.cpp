// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/router.h"

#include "parameters/percent.h"

#include <map>
#include <string_view>

namespace graminsta::http
{

namespace
{

std::string_view stringView(QByteArrayView view)
{
    return { view.data(), static_cast<size_t>(view.size()) };
}

} // namespace

struct Router::Node {
    std::map<std::string_view, std::unique_ptr<Node>> fixed; // views into the endpoints' static text
    std::unique_ptr<Node> parameter;
    std::vector<const api::Endpoint *> endpoints; // one a verb
    QByteArray allow;
};

Router::Router(std::span<const api::Endpoint> endpoints)
    : m_root(std::make_unique<Node>())
{
    for (const api::Endpoint &endpoint : endpoints) {
        Node *node = m_root.get();
        QByteArrayView rest = QByteArrayView(endpoint.path).sliced(1);
        while (!rest.isEmpty()) {
            const qsizetype slash = rest.indexOf('/');
            const QByteArrayView segment = slash < 0 ? rest : rest.first(slash);
            rest = slash < 0 ? QByteArrayView() : rest.sliced(slash + 1);
            auto &next = segment.startsWith(':') ? node->parameter : node->fixed[stringView(segment)];
            if (!next)
                next = std::make_unique<Node>();
            node = next.get();
        }
        node->endpoints.push_back(&endpoint);
        if (endpoint.verb == api::Verb::Options) // every path has it
            continue;
        if (!node->allow.isEmpty())
            node->allow += ", ";
        node->allow += QByteArray(api::verbName(endpoint.verb).data());
        if (endpoint.verb == api::Verb::Get)
            node->allow += ", HEAD";
    }
}

Router::~Router() = default;

// Goes back where a fixed segment has led to a dead end: "/accounts/search/statuses" is account "search".
const Router::Node *Router::walk(const Node &node, QByteArrayView rest, QStringList &parameters, bool &bad) const
{
    if (rest.isEmpty())
        return node.endpoints.empty() ? nullptr : &node;
    const qsizetype slash = rest.indexOf('/');
    const QByteArrayView segment = slash < 0 ? rest : rest.first(slash);
    const QByteArrayView next = slash < 0 ? QByteArrayView() : rest.sliced(slash + 1);
    if (const auto fixed = node.fixed.find(stringView(segment)); fixed != node.fixed.end()) {
        if (const Node *found = walk(*fixed->second, next, parameters, bad))
            return found;
    }
    if (!node.parameter || segment.isEmpty())
        return nullptr;
    const std::optional<QString> value = decodePercent(segment, PercentRule::Path);
    if (!value) {
        bad = true;
        return nullptr;
    }
    const qsizetype before = parameters.size();
    parameters.append(*value);
    if (const Node *found = walk(*node.parameter, next, parameters, bad))
        return found;
    parameters.resize(before);
    return nullptr;
}

const api::Endpoint *Router::endpointOf(const Node &node, QByteArrayView verb)
{
    for (const api::Endpoint *endpoint : node.endpoints) {
        const QLatin1String name = api::verbName(endpoint->verb);
        if (verb == QByteArrayView(name.data(), name.size()))
            return endpoint;
    }
    return nullptr;
}

Route Router::find(QByteArrayView verb, QByteArrayView path) const
{
    Route route;
    bool bad = false;
    QByteArrayView rest = path.startsWith('/') ? path.sliced(1) : path;
    if (rest.endsWith('/'))
        rest.chop(1);
    const Node *node = rest.endsWith('/') ? nullptr : walk(*m_root, rest, route.parameters, bad);
    if (!node) {
        // A path that nobody has is judged too: "%00" is never just "not found".
        bad = bad || (path.contains('%') && !decodePercent(path, PercentRule::Path));
        route.outcome = bad ? RouteOutcome::BadPath : RouteOutcome::NoSuchPath;
        return route;
    }
    route.allow = node->allow + ", OPTIONS";
    route.outcome = RouteOutcome::NoSuchVerb;
    route.endpoint = endpointOf(*node, verb);
    if (!route.endpoint && verb == QByteArrayView("HEAD"))
        route.endpoint = endpointOf(*node, "GET");
    if (route.endpoint)
        route.outcome = RouteOutcome::Found;
    return route;
}

} // namespace graminsta::http
