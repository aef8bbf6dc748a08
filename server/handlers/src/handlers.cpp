// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/handlers/handlers.h>

#include "pixelfed/routes.h"
#include "resources.h"

namespace graminsta::handlers
{

http::HandlerTable handlerTable(const Services &services)
{
    http::HandlerTable table;
    addInstanceHandlers(table, services);
    addContractHandlers(table);
    addOAuthHandlers(table, services);
    addAuthorizeHandlers(table, services);
    addAccountHandlers(table, services);
    addCredentialHandlers(table, services);
    addMediaHandlers(table, services);
    addUploadHandlers(table, services);
    addStatusHandlers(table, services);
    addStatusEditHandlers(table, services);
    addStatusMarkHandlers(table, services);
    addTimelineHandlers(table, services);
    addNotificationHandlers(table, services);
    addNotificationGroupHandlers(table, services);
    addScheduledHandlers(table, services);
    addFilterHandlers(table, services);
    addSearchHandlers(table, services);
    addRelationHandlers(table, services);
    addReadingHandlers(table, services);
    addTagHandlers(table, services);
    addFeaturedTagHandlers(table, services);
    addExploreHandlers(table, services);
    addPushHandlers(table, services);
    addStreamHandlers(table, services);
    addReportHandlers(table, services);
    addAdminAccountHandlers(table, services);
    addAdminJobHandlers(table, services);
    addAdminReportHandlers(table, services);
    addInviteHandlers(table, services);
    addAccountSecurityHandlers(table, services);
    addArchiveHandlers(table, services);
    addCollectionHandlers(table, services);
    addPixelfedCollectionHandlers(table, services);
    addPixelfedDiscoverHandlers(table, services);
    addPixelfedPeopleHandlers(table, services);
    addPixelfedSettingHandlers(table, services);
    addEmptyHandlers(table);
    return table;
}

} // namespace graminsta::handlers
