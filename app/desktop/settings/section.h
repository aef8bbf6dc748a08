// SPDX-License-Identifier: GPL-3.0-or-later
// A card of the settings: a heading, a line of explanation, and what belongs to it. GUI thread only.
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace graminsta
{

class Section : public QFrame
{
    Q_OBJECT
public:
    Section(const QString &title, const QString &explanation, QWidget *parent = nullptr);

protected:
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

private:
    QVBoxLayout *m_body;
};

// Gives a label or button another role of the style sheet.
void setRole(QWidget *widget, const QString &role);

} // namespace graminsta
