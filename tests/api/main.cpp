// SPDX-License-Identifier: GPL-3.0-or-later
// The black-box suite of the API: starts the real server on one database and asks it over plain HTTP.
//
// tst_api sqlite|postgres [SUITE...]      SUITE: "Timelines"; none: all
#include "suites.h"

#include <rig/postgresserver.h>

#include <QCoreApplication>
#include <QTextStream>

using namespace graminsta;
using namespace graminsta::api_test;

namespace
{

struct SuiteEntry {
    const char *name;
    SuitePointer (*make)(World &);
};

constexpr SuiteEntry kSuites[] = {
    { "Instance", makeInstanceSuite },
    { "Apps", makeAppsSuite },
    { "Authorization", makeAuthorizationSuite },
    { "Tokens", makeTokensSuite },
    { "SignUp", makeSignUpSuite },
    { "Profile", makeProfileSuite },
    { "Accounts", makeAccountsSuite },
    { "Follows", makeFollowsSuite },
    { "Media", makeMediaSuite },
    { "Uploads", makeUploadsSuite },
    { "UploadedPhotos", makeUploadedPhotosSuite },
    { "Photos", makePhotosSuite },
    { "PhotoPrivacy", makePhotoPrivacySuite },
    { "Videos", makeVideosSuite },
    { "Statuses", makeStatusesSuite },
    { "Visibility", makeVisibilitySuite },
    { "Timelines", makeTimelinesSuite },
    { "Paging", makePagingSuite },
    { "Notifications", makeNotificationsSuite },
    { "Marks", makeMarksSuite },
    { "Edits", makeEditsSuite },
    { "Reblogs", makeReblogsSuite },
    { "Threads", makeThreadsSuite },
    { "Requests", makeRequestsSuite },
    { "Blocks", makeBlocksSuite },
    { "Mutes", makeMutesSuite },
    { "Hashtags", makeHashtagsSuite },
    { "Reading", makeReadingSuite },
    { "Moderation", makeModerationSuite },
    { "Restrictions", makeRestrictionsSuite },
    { "Registrations", makeRegistrationsSuite },
    { "AccountSecurity", makeAccountSecuritySuite },
    { "Deletion", makeDeletionSuite },
    { "Exports", makeExportsSuite },
    { "Imports", makeImportsSuite },
    { "Reports", makeReportsSuite },
    { "Push", makePushSuite },
    { "Search", makeSearchSuite },
    { "Filters", makeFiltersSuite },
    { "Scheduled", makeScheduledSuite },
    { "Queries", makeQueriesSuite },
    { "Lists", makeListsSuite },
    { "Storms", makeStormsSuite },
    { "Streaming", makeStreamingSuite },
    { "StreamPrivacy", makeStreamPrivacySuite },
    { "NotificationGroups", makeNotificationGroupsSuite },
    { "Collections", makeCollectionsSuite },
    { "Pixelfed", makePixelfedSuite },
    { "PixelfedClients", makePixelfedClientsSuite },
    { "Rights", makeRightsSuite },
    { "Protocol", makeProtocolSuite },
    { "RateLimits", makeRateLimitsSuite },
};

constexpr int kSkipped = 77; // CTest is told of it

int runSuites(World &world, const QStringList &wanted)
{
    int failures = 0;
    for (const SuiteEntry &entry : kSuites) {
        if (!wanted.isEmpty() && !wanted.contains(QLatin1String(entry.name)))
            continue;
        const SuitePointer suite = entry.make(world);
        suite->setObjectName(QLatin1String(entry.name));
        failures += QTest::qExec(suite.get(), { QStringLiteral("tst_api") });
    }
    return failures;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream err(stderr);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.isEmpty()) {
        err << "usage: tst_api sqlite|postgres [SUITE...]\n";
        return 2;
    }
    std::unique_ptr<rig::PostgresServer> postgres;
    QString databaseUrl;
    if (arguments[0] == QStringLiteral("postgres")) {
        Result<std::unique_ptr<rig::PostgresServer>> started = rig::PostgresServer::start();
        if (!started) {
            err << describe(started.error()) << '\n';
            return qEnvironmentVariableIsEmpty("CI") ? kSkipped : 1;
        }
        postgres = std::move(*started);
        const Result<QString> database = postgres->createDatabase();
        if (!database) {
            err << describe(database.error()) << '\n';
            return 1;
        }
        databaseUrl = *database;
    }
    Result<std::unique_ptr<World>> world = World::create(databaseUrl);
    if (!world) {
        err << describe(world.error()) << '\n';
        return 1;
    }
    const int failures = runSuites(**world, arguments.mid(1));
    const Result<int> ended = (*world)->server().stop();
    if (!ended || *ended != 0) {
        err << "the server did not leave in peace: " << (ended ? QString::number(*ended) : describe(ended.error()))
            << '\n';
        return 1;
    }
    return failures == 0 ? 0 : 1;
}
