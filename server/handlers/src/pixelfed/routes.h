// SPDX-License-Identifier: GPL-3.0-or-later
// Pixelfed's own routes: an adapter over the use cases that Mastodon's routes call. Where an app has two spellings of a
// path (/api/v1.1 and /api/pixelfed/v1), the row of the second is named as the first with "Old".
#pragma once

#include <graminsta/handlers/handlers.h>

namespace graminsta::handlers
{

void addPixelfedCollectionHandlers(http::HandlerTable &table, const Services &services);
void addPixelfedDiscoverHandlers(http::HandlerTable &table, const Services &services);
void addPixelfedPeopleHandlers(http::HandlerTable &table, const Services &services);
void addPixelfedSettingHandlers(http::HandlerTable &table, const Services &services);

} // namespace graminsta::handlers
