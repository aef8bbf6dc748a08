// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/http/requestcontext.h>

namespace graminsta::http
{

QByteArray RequestContext::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace graminsta::http
