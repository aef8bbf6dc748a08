// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/heightindex.h>

#include <bit>

namespace graminsta
{

namespace
{

constexpr qsizetype lowestBit(qsizetype number)
{
    return number & -number;
}

} // namespace

qint64 HeightIndex::top(int row) const
{
    qint64 sum = 0;
    for (qsizetype node = row; node > 0; node -= lowestBit(node)) {
        sum += m_tree[node];
    }
    return sum;
}

int HeightIndex::rowAt(qint64 position) const
{
    const qsizetype rows = m_heights.size();
    if (rows == 0) {
        return -1;
    }
    qsizetype row = 0;
    for (auto step = static_cast<qsizetype>(std::bit_floor(static_cast<size_t>(rows))); step > 0; step /= 2) {
        if (row + step <= rows && m_tree[row + step] <= position) {
            row += step;
            position -= m_tree[row];
        }
    }
    return static_cast<int>(std::min(row, rows - 1));
}

void HeightIndex::reset(QList<int> heights)
{
    m_heights = std::move(heights);
    rebuild();
}

void HeightIndex::setHeight(int row, int height)
{
    const int change = height - m_heights[row];
    m_heights[row] = height;
    for (qsizetype node = row + 1; node < m_tree.size(); node += lowestBit(node)) {
        m_tree[node] += change;
    }
}

void HeightIndex::insert(int row, const QList<int> &heights)
{
    if (row == count()) {
        if (m_tree.isEmpty()) {
            m_tree.append(0);
        }
        for (const int height : heights) {
            appendNode(height);
        }
        return;
    }
    m_heights.insert(row, heights.size(), 0);
    std::copy(heights.cbegin(), heights.cend(), m_heights.begin() + row);
    rebuild();
}

void HeightIndex::remove(int row, int count)
{
    m_heights.remove(row, count);
    rebuild();
}

void HeightIndex::rebuild()
{
    m_tree.fill(0, m_heights.size() + 1);
    for (qsizetype node = 1; node < m_tree.size(); ++node) {
        m_tree[node] += m_heights[node - 1];
        const qsizetype parent = node + lowestBit(node);
        if (parent < m_tree.size()) {
            m_tree[parent] += m_tree[node];
        }
    }
}

void HeightIndex::appendNode(int height)
{
    m_heights.append(height);
    const qsizetype node = m_tree.size();
    qint64 sum = height;
    for (qsizetype child = node - 1; child > node - lowestBit(node); child -= lowestBit(child)) {
        sum += m_tree[child];
    }
    m_tree.append(sum);
}

} // namespace graminsta
