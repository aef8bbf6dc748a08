// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

namespace graminsta::handlers
{

using entities::License;

namespace
{

// Pixelfed's titles; its clients send them, or the numbers.
struct Words {
    License license;
    const char *title;
    const char *url;
};

constexpr Words kWords[] = {
    { License::AllRightsReserved, "All Rights Reserved", "" }, // there is no text to read
    { License::PublicDomain, "Public Domain", "https://creativecommons.org/publicdomain/mark/1.0/" },
    { License::Cc0, "Public Domain (CC0)", "https://creativecommons.org/publicdomain/zero/1.0/" },
    { License::CcBy, "CC BY", "https://creativecommons.org/licenses/by/4.0/" },
    { License::CcBySa, "CC BY-SA", "https://creativecommons.org/licenses/by-sa/4.0/" },
    { License::CcByNc, "CC BY-NC", "https://creativecommons.org/licenses/by-nc/4.0/" },
    { License::CcByNcSa, "CC BY-NC-SA", "https://creativecommons.org/licenses/by-nc-sa/4.0/" },
    { License::CcByNd, "CC BY-ND", "https://creativecommons.org/licenses/by-nd/4.0/" },
    { License::CcByNcNd, "CC BY-NC-ND", "https://creativecommons.org/licenses/by-nc-nd/4.0/" },
};
static_assert(std::size(kWords) == std::size(entities::kLicenses));

model::License viewOf(const Words &words)
{
    return { static_cast<int>(words.license), QLatin1String(words.title), QLatin1String(words.url) };
}

} // namespace

model::License licenseView(License license)
{
    for (const Words &words : kWords) {
        if (words.license == license)
            return viewOf(words);
    }
    return viewOf(kWords[0]);
}

QList<model::License> licenseViews()
{
    QList<model::License> views;
    for (const Words &words : kWords)
        views.append(viewOf(words));
    return views;
}

std::optional<License> licenseFromText(const QString &text)
{
    const QString wanted = text.trimmed();
    for (const Words &words : kWords) {
        if (wanted.compare(QLatin1String(words.title), Qt::CaseInsensitive) == 0
            || wanted == QString::number(static_cast<int>(words.license)))
            return words.license;
    }
    return std::nullopt;
}

} // namespace graminsta::handlers
