// SPDX-License-Identifier: GPL-3.0-or-later
// The handlers by resource: each adds its rows to the table. Parse, call, view; nothing else.
#pragma once

#include <graminsta/handlers/handlers.h>

namespace graminsta::handlers
{

void addInstanceHandlers(http::HandlerTable &table, const Services &services);
void addContractHandlers(http::HandlerTable &table);
void addOAuthHandlers(http::HandlerTable &table, const Services &services);
void addAuthorizeHandlers(http::HandlerTable &table, const Services &services);
void addAccountHandlers(http::HandlerTable &table, const Services &services);
void addCredentialHandlers(http::HandlerTable &table, const Services &services);
void addMediaHandlers(http::HandlerTable &table, const Services &services);
void addUploadHandlers(http::HandlerTable &table, const Services &services);
void addStatusHandlers(http::HandlerTable &table, const Services &services);
void addStatusEditHandlers(http::HandlerTable &table, const Services &services);
void addStatusMarkHandlers(http::HandlerTable &table, const Services &services);
void addTimelineHandlers(http::HandlerTable &table, const Services &services);
void addNotificationHandlers(http::HandlerTable &table, const Services &services);
void addNotificationGroupHandlers(http::HandlerTable &table, const Services &services);
void addScheduledHandlers(http::HandlerTable &table, const Services &services);
void addFilterHandlers(http::HandlerTable &table, const Services &services);
void addSearchHandlers(http::HandlerTable &table, const Services &services);
void addRelationHandlers(http::HandlerTable &table, const Services &services);
void addReadingHandlers(http::HandlerTable &table, const Services &services);
void addTagHandlers(http::HandlerTable &table, const Services &services);
void addFeaturedTagHandlers(http::HandlerTable &table, const Services &services);
void addExploreHandlers(http::HandlerTable &table, const Services &services);
void addPushHandlers(http::HandlerTable &table, const Services &services);
void addStreamHandlers(http::HandlerTable &table, const Services &services);
void addReportHandlers(http::HandlerTable &table, const Services &services);
void addAdminAccountHandlers(http::HandlerTable &table, const Services &services);
void addAdminJobHandlers(http::HandlerTable &table, const Services &services);
void addAdminReportHandlers(http::HandlerTable &table, const Services &services);
void addAccountSecurityHandlers(http::HandlerTable &table, const Services &services);
void addInviteHandlers(http::HandlerTable &table, const Services &services);
void addArchiveHandlers(http::HandlerTable &table, const Services &services);
void addCollectionHandlers(http::HandlerTable &table, const Services &services);
void addEmptyHandlers(http::HandlerTable &table);

} // namespace graminsta::handlers
