// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of 20 statuses costs as JSON, there and back, and against QJsonDocument in the same run.
#include "qjsonpage.h"
#include "samples.h"

#include <graminsta/json/decode.h>
#include <graminsta/json/encode.h>

#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <limits>

using namespace graminsta;

namespace
{

constexpr int kStatuses = 20;
constexpr int kRounds = 15;
constexpr int kCallsPerRound = 400;

// The best of several rounds, in microseconds a call: the machine's other work only ever adds.
template<typename Work> double microseconds(const Work &work)
{
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer clock;
        clock.start();
        for (int call = 0; call < kCallsPerRound; ++call)
            work();
        best = std::min(best, double(clock.nsecsElapsed()) / 1000 / kCallsPerRound);
    }
    return best;
}

} // namespace

int main()
{
    const QList<model::Status> page(kStatuses, samples::status());
    const QByteArray text = json::encode(page);
    if (QJsonDocument::fromJson(text) != QJsonDocument::fromJson(bench::encodeByQJson(page))) {
        std::fprintf(stderr, "the two do not write the same\n");
        return 1;
    }
    qsizetype written = 0; // keeps the work from being optimised away
    const double direct = microseconds([&] { written += json::encode(page).size(); });
    const double byQJson = microseconds([&] { written += bench::encodeByQJson(page).size(); });
    const double decoded = microseconds([&] { written += json::decodeStatuses(*json::parseArray(text)).size(); });
    std::printf(R"({"name":"json/encode 20 statuses","value":%.1f,"unit":"us","limit":60,"bytes":%lld})"
                "\n",
                direct, static_cast<long long>(text.size()));
    std::printf(R"({"name":"json/encode by QJsonDocument","value":%.1f,"unit":"us"})"
                "\n",
                byQJson);
    std::printf(R"({"name":"json/faster than QJsonDocument","value":%.1f,"unit":"x","limit":4,"better":"higher"})"
                "\n",
                byQJson / direct);
    std::printf(R"({"name":"json/decode 20 statuses","value":%.1f,"unit":"us"})"
                "\n",
                decoded);
    return written > 0 ? 0 : 1;
}
