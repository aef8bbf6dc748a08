// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerpath.h"

#include <QByteArrayList>

namespace graminsta::api_test
{

QByteArray withoutQueryAndSlash(const QByteArray &target)
{
    QByteArray path = target.split('?').first();
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

bool matches(const QByteArray &path, const char *pattern)
{
    const QByteArrayList parts = path.split('/');
    const QByteArrayList expected = QByteArray(pattern).split('/');
    if (parts.size() != expected.size())
        return false;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (expected[i] != "*" && expected[i] != parts[i])
            return false;
    }
    return true;
}

bool answersJson(const QByteArray &path)
{
    const QByteArray plain = withoutQueryAndSlash(path);
    return plain.startsWith("/api/") || plain.startsWith("/files") || plain == "/oauth/token"
        || plain == "/oauth/revoke";
}

} // namespace graminsta::api_test
