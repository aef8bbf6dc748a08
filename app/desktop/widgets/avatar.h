// SPDX-License-Identifier: GPL-3.0-or-later
// A round portrait that loads itself; can be clicked. GUI thread only; `media` must outlive it.
#pragma once

#include <desktop/core/statusrow.h>

#include <QAbstractButton>

namespace graminsta
{

class MediaCache;

class Avatar final : public QAbstractButton
{
    Q_OBJECT
public:
    Avatar(MediaCache &media, int side, QWidget *parent = nullptr);

    void setAuthor(const std::shared_ptr<const Author> &author);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MediaCache &m_media;
    int m_side;
    std::shared_ptr<const Author> m_author;
};

} // namespace graminsta
