// SPDX-License-Identifier: GPL-3.0-or-later
#include "instance.h"
#include "resources.h"

#include "views/views.h"

#include <graminsta/api/scopes.h>
#include <graminsta/api/tus.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/json/encode.h>
#include <graminsta/ports/accounts.h>

#include <QFile>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// The version of the Mastodon API that we speak comes first: clients compare it to switch features.
constexpr char kApiVersion[] = "4.3.0";

// An account for clients that crash without a contact, on a server where nobody has signed up yet.
model::Account placeholderAccount(const QString &baseUrl)
{
    entities::Account nobody;
    nobody.username = QStringLiteral("nobody");
    model::Account view = accountView(nobody, baseUrl);
    view.id = QStringLiteral("0");
    return view;
}

model::InstanceLimits limitsView(const Services &services)
{
    const domain::ContentLimits &limits = services.settings.limits;
    model::InstanceLimits view;
    view.maxCharacters = limits.maxCharacters;
    view.maxMediaAttachments = limits.maxMediaAttachments;
    view.charactersReservedPerUrl = domain::kCharactersPerUrl;
    view.descriptionLimit = limits.maxDescription;
    view.imageSizeLimit = limits.image.maxBytes;
    view.imageMatrixLimit = limits.image.maxPixels;
    view.accountMediaBytes = limits.accountMediaBytes;
    view.maxNote = limits.maxNote;
    view.tusPath = QLatin1String(api::tus::kPath);
    view.tusMaxSize = domain::maxUploadBytes(services.settings);
    view.tusExtensions = QString(QLatin1String(api::tus::kExtensions)).split(QLatin1Char(','));
    view.supportedMimeTypes = services.imageProcessor.supportedMimeTypes();
    if (limits.video.maxBytes > 0) {
        view.videoSizeLimit = limits.video.maxBytes;
        view.videoMatrixLimit = limits.video.maxPixels;
        view.videoFrameRateLimit = limits.video.maxFrameRate;
        view.supportedMimeTypes += services.videoProcessor.supportedMimeTypes();
    }
    return view;
}

QList<model::Rule> ruleViews(const domain::InstanceSettings &settings)
{
    QList<model::Rule> rules;
    rules.reserve(settings.rules.size());
    for (const QString &rule : settings.rules)
        rules.append({ QString::number(rules.size() + 1), rule, {} });
    return rules;
}

} // namespace

Result<model::Instance> describeInstance(const RequestContext &context, const Services &services)
{
    const domain::InstanceSettings &settings = services.settings;
    const ports::Usage usage = GI_TRY(services.instance.usage(services.clock.now(), context.deadline));
    model::Instance instance;
    instance.domain = hostOf(context.baseUrl);
    instance.title = settings.title;
    instance.version = QStringLiteral("%1 (compatible; Graminsta %2)")
                           .arg(QLatin1String(kApiVersion), QStringLiteral(GRAMINSTA_VERSION));
    instance.graminstaVersion = QStringLiteral(GRAMINSTA_VERSION);
    // Clients read it as an address and stop at an empty text.
    instance.sourceUrl = settings.sourceUrl.isEmpty() ? context.baseUrl : settings.sourceUrl;
    instance.shortDescription = settings.description;
    instance.description = settings.description;
    instance.contactEmail = settings.contactEmail;
    const Result<entities::Account> owner = services.showAccounts.owner(context.deadline);
    if (!owner && owner.error().fault != Fault::NotFound)
        return owner.error();
    instance.contactAccount = owner ? accountView(*owner, context.baseUrl) : placeholderAccount(context.baseUrl);
    instance.thumbnailUrl = context.baseUrl + QStringLiteral("/assets/header.png");
    instance.languages = settings.languages;
    // Clients append the path themselves.
    instance.streamingUrl = QString(context.baseUrl).replace(0, 4, QStringLiteral("ws"));
    instance.publicUrl = context.baseUrl;
    instance.vapidKey = services.pushSubscriptions.serverKey();
    instance.limits = limitsView(services);
    using enum domain::RegistrationMode;
    instance.registrationsEnabled = settings.registrations == Open || settings.registrations == Approval;
    instance.approvalRequired = settings.registrations == Approval;
    instance.invitesEnabled = settings.registrations == Invite;
    if (settings.registrations == Invite)
        instance.registrationsMessage = QStringLiteral("<p>New accounts need an invitation here.</p>");
    instance.guestsMayRead = settings.guestsMayRead;
    instance.users = usage.users;
    instance.activeMonth = usage.activeMonth;
    instance.statuses = usage.statuses;
    instance.rules = ruleViews(settings);
    // That of Mastodon 4.3, whose last step were grouped notifications; 3 and above promise things that we have not.
    instance.apiVersion = 2;
    instance.licenses = licenseViews();
    instance.maxCollectionPosts = domain::kMaxCollectionPosts;
    return instance;
}

namespace
{

Result<Response> ready(const RequestContext &context, const Services &services)
{
    const Result<> database = services.instance.ping(context.deadline);
    const Result<> store = services.mediaStore.ping(context.deadline);
    const auto word = [](const Result<> &part) { return part ? QByteArray("ready") : QByteArray("not ready"); };
    const QByteArray body = "{\"database\":\"" + word(database) + "\",\"media\":\"" + word(store) + "\"}";
    return Response::json(body, database && store ? 200 : 503);
}

// Pictures of the server itself, compiled in.
Result<Response> asset(const RequestContext &context)
{
    const QString name = context.pathParameters.value(0);
    if (name != QLatin1String("avatar.png") && name != QLatin1String("header.png"))
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    QFile file(QStringLiteral(":/graminsta/assets/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Fault::Internal, QStringLiteral("An asset is missing."), name);
    Response response;
    response.contentType = "image/png";
    response.body = file.readAll();
    return std::move(response).withHeader("Cache-Control", "public, max-age=86400");
}

} // namespace

void addInstanceHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("health.ready", [&](const RequestContext &context) { return ready(context, services); });
    table.insert("assets.file", asset);
    table.insert("wellknown.nodeinfo", [](const RequestContext &context) -> Result<Response> {
        return Response::json(json::encodeNodeInfoLinks(context.baseUrl));
    });
    table.insert("wellknown.oauth", [](const RequestContext &context) -> Result<Response> {
        return Response::json(json::encodeAuthorizationServer(context.baseUrl, api::knownScopes()));
    });
    table.insert("nodeinfo.show", [&](const RequestContext &context) -> Result<Response> {
        return Response::json(json::encodeNodeInfo(GI_TRY(describeInstance(context, services))));
    });
    table.insert("instance.v1", [&](const RequestContext &context) -> Result<Response> {
        return Response::json(json::encodeInstanceV1(GI_TRY(describeInstance(context, services))));
    });
    table.insert("instance.rules", [&](const RequestContext &) -> Result<Response> {
        return Response::json(json::encode(ruleViews(services.settings)));
    });
    table.insert("instance.v2", [&](const RequestContext &context) -> Result<Response> {
        return Response::json(json::encodeInstanceV2(GI_TRY(describeInstance(context, services))));
    });
}

} // namespace graminsta::handlers
