// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/statuslistmodel.h>

namespace graminsta
{

int StatusListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant StatusListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const StatusRow &row = m_rows[index.row()];
    switch (role) {
    case StatusRole:
        return QVariant::fromValue(&row);
    case Qt::DisplayRole:
        return row.caption;
    case Qt::AccessibleTextRole:
        return spokenText(row, SystemClock().now());
    default:
        return {};
    }
}

QList<StatusRow> StatusListModel::newRows(const QList<model::Status> &statuses)
{
    QList<StatusRow> rows;
    rows.reserve(statuses.size());
    for (const model::Status &status : statuses) {
        StatusRow row = m_maker.rowOf(status);
        if (!m_ids.contains(row.id)) {
            m_ids.insert(row.id);
            rows.append(std::move(row));
        }
    }
    return rows;
}

int StatusListModel::append(const QList<model::Status> &statuses)
{
    QList<StatusRow> rows = newRows(statuses);
    if (rows.isEmpty()) {
        return 0;
    }
    const int added = static_cast<int>(rows.size());
    beginInsertRows({}, rowCount(), rowCount() + added - 1);
    m_rows.append(std::move(rows));
    endInsertRows();
    return added;
}

int StatusListModel::prepend(const QList<model::Status> &statuses)
{
    QList<StatusRow> rows = newRows(statuses);
    if (rows.isEmpty()) {
        return 0;
    }
    const int added = static_cast<int>(rows.size());
    beginInsertRows({}, 0, added - 1);
    m_rows = std::move(rows) + m_rows;
    endInsertRows();
    return added;
}

void StatusListModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_ids.clear();
    endResetModel();
}

void StatusListModel::update(const model::Status &status)
{
    StatusRow fresh = m_maker.rowOf(status);
    const int row = find(fresh.id);
    if (row >= 0) {
        fresh.reblogger = m_rows[row].reblogger;
        m_rows[row] = std::move(fresh);
        changed(row);
    }
}

void StatusListModel::setFavourited(const QString &id, bool favourited, qint64 count)
{
    const int row = find(id);
    if (row >= 0) {
        m_rows[row].favourited = favourited;
        m_rows[row].favouritesCount = count;
        changed(row);
    }
}

void StatusListModel::remove(const QString &id)
{
    const int row = find(id);
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        m_ids.remove(id);
        endRemoveRows();
    }
}

int StatusListModel::find(const QString &id) const
{
    if (!m_ids.contains(id)) {
        return -1;
    }
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const StatusRow &row) { return row.id == id; });
    return static_cast<int>(found - m_rows.cbegin());
}

void StatusListModel::changed(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
}

const StatusRow &statusAt(const QModelIndex &index)
{
    return *index.data(StatusListModel::StatusRole).value<const StatusRow *>();
}

} // namespace graminsta
