// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses for tests of the app.
#pragma once

#include <graminsta/model/entities.h>

namespace graminsta::apptest
{

// With one photo and a caption of a length that depends on the number. Ids fall: the first is the newest.
[[nodiscard]] model::Status status(int number);
// `count` of them from `first` on.
[[nodiscard]] QList<model::Status> statuses(int first, int count);

} // namespace graminsta::apptest
