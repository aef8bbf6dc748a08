// SPDX-License-Identifier: GPL-3.0-or-later
// Under which licence a photo may be used: a closed list.
#pragma once

namespace graminsta::entities
{

// The numbers are Pixelfed's, on the wire and in the database. Of Creative Commons the version is 4.0.
enum class License {
    AllRightsReserved = 1,
    PublicDomain = 5,
    Cc0 = 6,
    CcBy = 11,
    CcBySa = 12,
    CcByNc = 13,
    CcByNcSa = 14,
    CcByNd = 15,
    CcByNcNd = 16,
};

inline constexpr License kLicenses[] = { License::AllRightsReserved,
                                         License::PublicDomain,
                                         License::Cc0,
                                         License::CcBy,
                                         License::CcBySa,
                                         License::CcByNc,
                                         License::CcByNcSa,
                                         License::CcByNd,
                                         License::CcByNcNd };

} // namespace graminsta::entities
