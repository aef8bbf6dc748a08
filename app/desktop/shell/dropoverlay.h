// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the window while photos are dragged above it. GUI thread only.
#pragma once

#include <QWidget>

namespace graminsta
{

class DropOverlay final : public QWidget
{
    Q_OBJECT
public:
    explicit DropOverlay(QWidget *window);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace graminsta
