// SPDX-License-Identifier: GPL-3.0-or-later
// A line at the bottom of the window that goes away by itself. GUI thread only.
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;

namespace graminsta
{

class NoticeBar final : public QFrame
{
    Q_OBJECT
public:
    // Lies over `window` and follows its size.
    explicit NoticeBar(QWidget *window);

    void say(const QString &message);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QTimer m_hide;
};

} // namespace graminsta
