// SPDX-License-Identifier: GPL-3.0-or-later
// What the server has acknowledged, as the clients remember it. Thread-safe.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <mutex>

namespace graminsta::durability
{

struct Acknowledged {
    QString text;
    int author = 0; // index of the person
    int media = 0; // how many photos
    bool favourited = false; // by its author
    bool deleted = false;
};

// A request whose answer never came: it may have been done or not, but not twice.
struct Unanswered {
    QString text;
    QByteArray key; // its Idempotency-Key
    int author = 0;
};

class Journal
{
public:
    void posted(const QString &id, const Acknowledged &status);
    void favourited(const QString &id);
    // Told before the request: from now on the status may be gone. And after the answer: it must be.
    void deleting(const QString &id);
    void deleted(const QString &id);
    void unanswered(const Unanswered &request);

    // What must be there, or must be gone; statuses whose deletion was not answered are in neither.
    [[nodiscard]] QHash<QString, Acknowledged> certain() const;
    [[nodiscard]] QList<Unanswered> takeUnanswered();
    [[nodiscard]] qsizetype size() const;

private:
    mutable std::mutex m_mutex;
    QHash<QString, Acknowledged> m_statuses; // protected by m_mutex, as all below
    QStringList m_uncertain;
    QList<Unanswered> m_unanswered;
};

} // namespace graminsta::durability
