// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the place of content: nothing there yet, under way, or failed; with a way on. GUI thread only.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace graminsta
{

class StatePane final : public QWidget
{
    Q_OBJECT
public:
    explicit StatePane(QWidget *parent = nullptr);

    void showBusy(const QString &title, const QString &text = {});
    void showMessage(const QString &icon, const QString &title, const QString &text);

    // Buttons under the message, the first one emphasised; they go with the next message.
    QPushButton *addButton(const QString &text);

    [[nodiscard]] QString title() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void clearButtons();
    void drawIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QProgressBar *m_busy;
    QHBoxLayout *m_buttons;
};

} // namespace graminsta
