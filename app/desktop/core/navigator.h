// SPDX-License-Identifier: GPL-3.0-or-later
// Where pages ask to go; the window follows. GUI thread only.
#pragma once

#include <desktop/core/statusrow.h>

#include <QObject>
#include <QStringList>

namespace graminsta
{

class Navigator final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    enum class Place { Home, Explore, Search, Compose, Notifications, Profile, Settings };
    Q_ENUM(Place)

Q_SIGNALS:
    void placeRequested(graminsta::Navigator::Place place);
    void statusRequested(const graminsta::StatusRow &status);
    void accountRequested(const QString &accountId);
    void hashtagRequested(const QString &name); // without '#'
    void composeRequested(const QStringList &files);
    void backRequested();
    // A line for the person that goes away by itself.
    void notice(const QString &message);
};

} // namespace graminsta
