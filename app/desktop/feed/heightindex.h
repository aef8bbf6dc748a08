// SPDX-License-Identifier: GPL-3.0-or-later
// The heights of a long column of rows: where a row begins and which row is at a position, both in O(log rows), and a
// row's height can change at the same cost (a Fenwick tree). Not thread-safe.
#pragma once

#include <QList>

namespace graminsta
{

class HeightIndex
{
public:
    [[nodiscard]] int count() const { return static_cast<int>(m_heights.size()); }
    [[nodiscard]] int height(int row) const { return m_heights[row]; }
    // The sum of all heights.
    [[nodiscard]] qint64 total() const { return top(count()); }
    // Where `row` begins; row == count() gives the end.
    [[nodiscard]] qint64 top(int row) const;
    // The row that covers `position`: the first for a negative one, the last beyond the end, -1 if there are no rows.
    [[nodiscard]] int rowAt(qint64 position) const;

    // Replaces everything.
    void reset(QList<int> heights);
    // Preconditions: 0 <= row < count(), height >= 0.
    void setHeight(int row, int height);
    // O(rows) in the middle, O(inserted log rows) at the end.
    void insert(int row, const QList<int> &heights);
    // O(rows).
    void remove(int row, int count);

private:
    void rebuild();
    void appendNode(int height);

    QList<int> m_heights;
    QList<qint64> m_tree; // node i (from 1) is the sum of the i & -i heights that end at row i - 1
};

} // namespace graminsta
