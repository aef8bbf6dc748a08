// SPDX-License-Identifier: GPL-3.0-or-later
// The endpoints of the API as data: one table that the router, the rate limits, the contract test and the client share.
#pragma once

#include <QByteArrayView>
#include <QLatin1String>

#include <span>

namespace graminsta::api
{

enum class Verb { Get, Head, Post, Put, Patch, Delete, Options };

[[nodiscard]] QLatin1String verbName(Verb verb);

// Whose credentials a call needs.
enum class Access {
    Public, // nobody is looked at
    Optional, // a viewer is known if a valid token came; a bad token is an error all the same
    Application, // any token: an application's own or a user's
    User, // a token with an account
};

// Where a handler runs.
enum class Lane {
    Inline, // on the event loop: no I/O, below 50 microseconds
    Worker, // on the worker pool: SQL, files
    Media, // on the small pool of image work, so that uploads never stand before timelines
};

// How much body a route takes; the bytes come from the deployment's limits (BodyLimits in http).
enum class BodyClass {
    None, // GET and HEAD and DELETE: small bodies are tolerated and ignored (megalodon sends one)
    Form, // parameters
    Profile, // parameters with an avatar and a header
    Upload, // a photo
    Archive, // an archive of an account
    Stream, // bytes that the handler takes as they come: it is called before them
};

// What a request is counted against, besides the connections: how many of each go through is the deployment's
// (RateLimits in http).
enum class Budget {
    Free, // files and pages: not counted
    Requests,
    Uploads, // also Requests
    Deletions, // also Requests
    SignUps, // by address alone
    SignIns, // by address alone
};

// One row of the table. All text is static.
struct Endpoint {
    const char *name; // unique; handlers are bound to it: "statuses.create"
    Verb verb;
    const char *path; // segments; ":id" takes any one segment
    Access access;
    const char *scope; // needed scope, nullptr for none: "write:statuses"
    Lane lane = Lane::Worker;
    BodyClass body = BodyClass::None;
    Budget budget = Budget::Requests;
};

// Every endpoint that the server has.
[[nodiscard]] std::span<const Endpoint> endpoints();

} // namespace graminsta::api
