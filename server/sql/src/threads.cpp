// SPDX-License-Identifier: GPL-3.0-or-later
#include "threads.h"

#include "statusrow.h"

#include <QHash>

#include <algorithm>

namespace graminsta::sql
{

using entities::Status;

namespace
{

// The nearest ancestors where there are more than the limit: they explain the status.
const QByteArray kAncestors = "WITH RECURSIVE above(id, distance) AS ("
                              "SELECT p.in_reply_to_id, 1 FROM statuses p WHERE p.id = ?1"
                              " UNION ALL SELECT p.in_reply_to_id, t.distance + 1 FROM above t"
                              " JOIN statuses p ON p.id = t.id WHERE t.distance < ?2) "
    + selectStatus() + "JOIN above t ON t.id = s.id ORDER BY t.distance DESC";

// The upper levels first where there are more than the limit: so each comment that is given has its parent.
const QByteArray kDescendants = "WITH RECURSIVE below(id, depth) AS ("
                                "SELECT c.id, 1 FROM statuses c WHERE c.in_reply_to_id = ?1"
                                " UNION ALL SELECT c.id, t.depth + 1 FROM below t"
                                " JOIN statuses c ON c.in_reply_to_id = t.id WHERE t.depth < 200) "
    + selectStatus() + "JOIN below t ON t.id = s.id ORDER BY t.depth, s.id LIMIT ?2";

// Level by level in, depth first out.
QList<Status> depthFirst(StatusId root, QList<Status> byLevel)
{
    QHash<StatusId, QList<qsizetype>> children; // of each status, oldest first
    for (qsizetype place = 0; place < byLevel.size(); ++place)
        children[byLevel.at(place).inReplyToId].append(place);

    QList<Status> ordered;
    ordered.reserve(byLevel.size());
    QList<qsizetype> waiting = children.value(root);
    std::reverse(waiting.begin(), waiting.end());
    while (!waiting.isEmpty()) {
        const qsizetype place = waiting.takeLast();
        const QList<qsizetype> below = children.value(byLevel.at(place).id);
        ordered.append(std::move(byLevel[place]));
        std::copy(below.crbegin(), below.crend(), std::back_inserter(waiting));
    }
    return ordered;
}

} // namespace

Result<QList<Status>> readAncestors(Executor &executor, StatusId id, int limit, const Deadline &deadline)
{
    if (limit <= 0)
        return QList<Status>();
    return executor.list<Status>(kAncestors, Bindings(id, limit), deadline, statusOf);
}

Result<QList<Status>> readDescendants(Executor &executor, StatusId id, int limit, const Deadline &deadline)
{
    return depthFirst(id, GI_TRY(executor.list<Status>(kDescendants, Bindings(id, limit), deadline, statusOf)));
}

} // namespace graminsta::sql
