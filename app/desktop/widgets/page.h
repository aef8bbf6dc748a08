// SPDX-License-Identifier: GPL-3.0-or-later
// A page of the window: a bar with its title and actions, and its content below. GUI thread only.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace graminsta
{

class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    // Shown on pages that were opened from others.
    void setBackVisible(bool visible);

    // F5, and a click on the place one is at.
    virtual void refresh() { }

Q_SIGNALS:
    void backRequested();

protected:
    QToolButton *addAction(const QString &icon, const QString &text);
    [[nodiscard]] QVBoxLayout *content() const { return m_content; }

private:
    QToolButton *m_back;
    QLabel *m_title;
    QHBoxLayout *m_actions;
    QVBoxLayout *m_content;
};

// A quiet button with an icon only; its name is for tooltips and screen readers.
[[nodiscard]] QToolButton *iconButton(const QString &icon, const QString &text, QWidget *parent = nullptr);

} // namespace graminsta
