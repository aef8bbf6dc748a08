// SPDX-License-Identifier: GPL-3.0-or-later
// What Pixelfed's routes and its dialect answer with, and collections: the tables of schema.cpp, for these. Constants.
#pragma once

#include <QString>

#include <span>

namespace graminsta::api_test
{

struct EntityDescription {
    const char *name;
    // "field:type", separated by spaces; after the type '?' for nullable and '~' for what may be missing.
    const char *fields;
};

struct Enumeration {
    const char *name;
    const char *words;
};

struct AnswerDescription {
    const char *verb;
    const char *path; // '*' stands for one segment
    const char *type;
};

[[nodiscard]] std::span<const EntityDescription> pixelfedEntities();
[[nodiscard]] std::span<const Enumeration> pixelfedEnumerations();
[[nodiscard]] std::span<const AnswerDescription> pixelfedAnswers();

// The first whose name it is, of Mastodon's and of Pixelfed's; nullptr if there is none.
template<typename Row>
const Row *named(std::span<const Row> mastodon, std::span<const Row> pixelfed, const QString &name)
{
    for (const std::span<const Row> rows : { mastodon, pixelfed }) {
        for (const Row &row : rows) {
            if (name == QLatin1String(row.name))
                return &row;
        }
    }
    return nullptr;
}

// What "_pe=1" makes of an answer of this type.
[[nodiscard]] QString inPixelfedsDialect(const QString &type);

} // namespace graminsta::api_test
