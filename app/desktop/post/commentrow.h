// SPDX-License-Identifier: GPL-3.0-or-later
// A comment, or the caption, beside the portrait of who wrote it. GUI thread only.
#pragma once

#include <desktop/core/statusrow.h>

#include <QWidget>

namespace graminsta
{

class MediaCache;

class CommentRow final : public QWidget
{
    Q_OBJECT
public:
    enum class Delete { Offered, NotOffered };

    CommentRow(const StatusRow &comment, MediaCache &media, Delete offer, QWidget *parent = nullptr);

Q_SIGNALS:
    void authorRequested(const QString &accountId);
    void deleteRequested(const QString &id);
    void linkRequested(const QString &href); // for openLink()
};

} // namespace graminsta
