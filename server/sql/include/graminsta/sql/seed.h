// SPDX-License-Identifier: GPL-3.0-or-later
// Fills an empty database with a world to measure on: many accounts, few of whom post most and have most followers, and
// some who follow only a handful or only those who post rarely. Same options, same world.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/media.h>
#include <graminsta/sql/sqldatabase.h>

#include <QByteArray>

#include <functional>

namespace graminsta::sql
{

struct SeedOptions {
    int accounts = 1'000; // user1, user2… with the addresses user1@example.org…; user1 posts the most
    int statuses = 100'000;
    int followsPerAccount = 100; // of most; never more than there are others
    double sparseShare = 0.1; // of accounts that follow a handful, and only those who post rarely
    int mediaPerStatus = 1;
    quint32 randomSeed = 1;
    QByteArray passwordHash; // of all of them; empty: nobody can sign in by password
    // The pictures that all photos show; empty: names that no file has. Width and height are the full size's.
    QList<entities::MediaAttachment> pictures;
};

// How much is done, of how much.
using SeedProgress = std::function<void(qint64 done, qint64 total)>;

// Fault::Conflict, and nothing changed, if there are accounts already. What a failure leaves is part of a world. The
// database must be migrated and in no other use.
[[nodiscard]] Result<> seed(SqlDatabase &database, const SeedOptions &options, const SeedProgress &progress = {});

} // namespace graminsta::sql
