// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/isolation/childworker.h>

#include "confinement.h"
#include "frame.h"

namespace graminsta::isolation
{

namespace
{

constexpr int kSocket = 3; // child.cpp
constexpr int kGone = 0;
constexpr int kFailed = 1;

ChildLimits limitsIn(const QJsonObject &hello)
{
    ChildLimits limits;
    limits.addressSpace = hello[QLatin1String("addressSpace")].toInteger();
    limits.cpuTime = std::chrono::seconds(hello[QLatin1String("cpuSeconds")].toInteger());
    limits.fileSize = hello[QLatin1String("fileSize")].toInteger();
    limits.openFiles = hello[QLatin1String("openFiles")].toInt();
    limits.niceness = hello[QLatin1String("niceness")].toInt();
    return limits;
}

struct Prepared {
    AnswerRequest answer;
    Confinement confinement;
};

// In this order: files go out of reach while there is one thread, which libraries may change; calls are restricted when
// the libraries have done what they do once.
Result<Prepared> prepareIn(const QJsonObject &hello,
                           const std::function<Result<AnswerRequest>(const ChildFolders &)> &prepare)
{
    const ChildFolders folders { hello[QLatin1String("input")].toString(), hello[QLatin1String("output")].toString() };
    Prepared prepared;
    GI_TRY(limitResources(limitsIn(hello)));
    prepared.confinement.files = restrictFiles(folders.input, folders.output);
    prepared.answer = GI_TRY(prepare(folders));
    prepared.confinement.calls = restrictCalls();
    return prepared;
}

} // namespace

int runChildWorker(const std::function<Result<AnswerRequest>(const ChildFolders &)> &prepare)
{
    const Result<QJsonObject> hello = readMessage(kSocket);
    if (!hello)
        return kFailed; // somebody has called this command by hand
    if (!dieWithParent(hello->value(QLatin1String("parent")).toInt()))
        return kGone;
    const Result<Prepared> prepared = prepareIn(*hello, prepare);
    if (!prepared) {
        const Result<> told =
            writeMessage(kSocket, { { QStringLiteral("error"), describe(prepared.error()).left(1000) } });
        return told ? kFailed : kGone;
    }
    const Confinement &confinement = prepared->confinement;
    Result<> written = writeMessage(kSocket,
                                    { { QStringLiteral("ready"), true },
                                      { QStringLiteral("files"), confinement.files },
                                      { QStringLiteral("calls"), confinement.calls } });
    while (written) {
        const Result<QJsonObject> request = readMessage(kSocket);
        if (!request)
            return kGone;
        written = writeMessage(kSocket, prepared->answer(*request));
    }
    return kFailed;
}

} // namespace graminsta::isolation
