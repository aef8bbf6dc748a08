// SPDX-License-Identifier: GPL-3.0-or-later
// The statuses of one timeline, the newest first, each once. GUI thread only.
#pragma once

#include <desktop/core/statusrow.h>

#include <QAbstractListModel>
#include <QSet>

namespace graminsta
{

class StatusListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        StatusRole = Qt::UserRole, // const StatusRow *, valid until the model changes
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    // Precondition: 0 <= row < rowCount().
    [[nodiscard]] const StatusRow &at(int row) const { return m_rows[row]; }

    // Those that are there already are left where they are. Says how many were new: a server that repeats a page for
    // ever must not keep a list growing.
    int append(const QList<model::Status> &statuses);
    int prepend(const QList<model::Status> &statuses);
    void clear();

    // Each does nothing if the status is not in this list.
    void update(const model::Status &status);
    void setFavourited(const QString &id, bool favourited, qint64 count);
    void remove(const QString &id);

private:
    [[nodiscard]] QList<StatusRow> newRows(const QList<model::Status> &statuses);
    [[nodiscard]] int find(const QString &id) const;
    void changed(int row);

    QList<StatusRow> m_rows;
    QSet<QString> m_ids;
    StatusRows m_maker;
};

// The row of an index of a StatusListModel. Precondition: index.isValid().
[[nodiscard]] const StatusRow &statusAt(const QModelIndex &index);

} // namespace graminsta

Q_DECLARE_METATYPE(const graminsta::StatusRow *)
