// SPDX-License-Identifier: GPL-3.0-or-later
// The suites of the program, one a part of the API. Each makes a new object; the world must outlive it.
#pragma once

#include "world.h"

namespace graminsta::api_test
{

using SuitePointer = std::unique_ptr<Suite>;

[[nodiscard]] SuitePointer makeInstanceSuite(World &world);
[[nodiscard]] SuitePointer makeAppsSuite(World &world);
[[nodiscard]] SuitePointer makeAuthorizationSuite(World &world);
[[nodiscard]] SuitePointer makeTokensSuite(World &world);
[[nodiscard]] SuitePointer makeSignUpSuite(World &world);
[[nodiscard]] SuitePointer makeProfileSuite(World &world);
[[nodiscard]] SuitePointer makeAccountsSuite(World &world);
[[nodiscard]] SuitePointer makeFollowsSuite(World &world);
[[nodiscard]] SuitePointer makeMediaSuite(World &world);
[[nodiscard]] SuitePointer makeUploadsSuite(World &world);
[[nodiscard]] SuitePointer makeUploadedPhotosSuite(World &world);
[[nodiscard]] SuitePointer makePhotosSuite(World &world);
[[nodiscard]] SuitePointer makePhotoPrivacySuite(World &world);
[[nodiscard]] SuitePointer makeVideosSuite(World &world);
[[nodiscard]] SuitePointer makeStatusesSuite(World &world);
[[nodiscard]] SuitePointer makeMarksSuite(World &world);
[[nodiscard]] SuitePointer makeEditsSuite(World &world);
[[nodiscard]] SuitePointer makeReblogsSuite(World &world);
[[nodiscard]] SuitePointer makeThreadsSuite(World &world);
[[nodiscard]] SuitePointer makeVisibilitySuite(World &world);
[[nodiscard]] SuitePointer makeTimelinesSuite(World &world);
[[nodiscard]] SuitePointer makePagingSuite(World &world);
[[nodiscard]] SuitePointer makeNotificationsSuite(World &world);
[[nodiscard]] SuitePointer makeNotificationGroupsSuite(World &world);
[[nodiscard]] SuitePointer makeRequestsSuite(World &world);
[[nodiscard]] SuitePointer makeBlocksSuite(World &world);
[[nodiscard]] SuitePointer makeMutesSuite(World &world);
[[nodiscard]] SuitePointer makeReadingSuite(World &world);
[[nodiscard]] SuitePointer makeHashtagsSuite(World &world);
[[nodiscard]] SuitePointer makeReportsSuite(World &world);
[[nodiscard]] SuitePointer makePushSuite(World &world);
[[nodiscard]] SuitePointer makeFiltersSuite(World &world);
[[nodiscard]] SuitePointer makeScheduledSuite(World &world);
[[nodiscard]] SuitePointer makeSearchSuite(World &world);
[[nodiscard]] SuitePointer makeListsSuite(World &world);
[[nodiscard]] SuitePointer makeQueriesSuite(World &world);
[[nodiscard]] SuitePointer makeStormsSuite(World &world);
[[nodiscard]] SuitePointer makeAccountSecuritySuite(World &world);
[[nodiscard]] SuitePointer makeDeletionSuite(World &world);
[[nodiscard]] SuitePointer makeExportsSuite(World &world);
[[nodiscard]] SuitePointer makeImportsSuite(World &world);
[[nodiscard]] SuitePointer makeModerationSuite(World &world);
[[nodiscard]] SuitePointer makeRestrictionsSuite(World &world);
[[nodiscard]] SuitePointer makeRegistrationsSuite(World &world);
[[nodiscard]] SuitePointer makeStreamingSuite(World &world);
[[nodiscard]] SuitePointer makeStreamPrivacySuite(World &world);
[[nodiscard]] SuitePointer makeRightsSuite(World &world);
[[nodiscard]] SuitePointer makeCollectionsSuite(World &world);
[[nodiscard]] SuitePointer makePixelfedSuite(World &world);
[[nodiscard]] SuitePointer makePixelfedClientsSuite(World &world);
[[nodiscard]] SuitePointer makeProtocolSuite(World &world);
[[nodiscard]] SuitePointer makeRateLimitsSuite(World &world);

} // namespace graminsta::api_test
