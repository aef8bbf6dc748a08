// SPDX-License-Identifier: GPL-3.0-or-later
// One photo of the draft: thumbnail, description, upload, and its place in the order. GUI thread only.
#pragma once

#include <desktop/compose/draft.h>

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace graminsta
{

class MediaCache;
class Thumbnail;

namespace client
{
struct UploadItem;
}

class PhotoCard final : public QFrame
{
    Q_OBJECT
public:
    // `media` must outlive the card. Descriptions are at most `descriptionLimit` characters long.
    PhotoCard(const DraftPhoto &photo, MediaCache &media, int descriptionLimit, QWidget *parent = nullptr);

    void showUpload(const client::UploadItem &item);
    void setPlace(int index, int count);

Q_SIGNALS:
    void described(const QString &text);
    void removeRequested();
    void moveRequested(int step);
    void cancelRequested();
    void retryRequested();

private:
    QPlainTextEdit *m_description;
    QLabel *m_state;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QPushButton *m_retry;
    QToolButton *m_up;
    QToolButton *m_down;
    Thumbnail *m_thumbnail;
};

} // namespace graminsta
