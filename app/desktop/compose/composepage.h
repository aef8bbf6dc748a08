// SPDX-License-Identifier: GPL-3.0-or-later
// Making a post. GUI thread only; the controller must outlive the page.
#pragma once

#include <desktop/core/pagecontext.h>
#include <desktop/widgets/page.h>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace graminsta
{

class ComposeController;
class PhotoCard;

class ComposePage final : public Page
{
    Q_OBJECT
public:
    ComposePage(ComposeController &controller, PageContext context, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeForm();
    [[nodiscard]] QLayout *makeFoot();
    void listen();
    void chooseFiles();
    void showPhotos();
    void addCard(int index);
    void showState();
    void showHint();

    ComposeController &m_controller;
    PageContext m_context;
    QVBoxLayout *m_photos;
    QList<PhotoCard *> m_cards;
    QPushButton *m_add;
    QPlainTextEdit *m_caption;
    QLabel *m_counter;
    QComboBox *m_visibility;
    QComboBox *m_license;
    QLabel *m_hint;
    QPushButton *m_post;
    QPushButton *m_discard;
};

} // namespace graminsta
