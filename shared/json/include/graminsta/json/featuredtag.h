// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <graminsta/model/featuredtag.h>

#include <QByteArray>
#include <QList>

namespace graminsta::json
{

[[nodiscard]] QByteArray encode(const model::FeaturedTag &tag);
[[nodiscard]] QByteArray encode(const QList<model::FeaturedTag> &tags);

} // namespace graminsta::json
