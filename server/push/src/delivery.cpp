// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery.h"

#include "address.h"

#include <QLoggingCategory>

#include <curl/curl.h>

#include <sys/socket.h>

namespace graminsta::push
{

using ports::PushAnswer;
using ports::PushOutcome;

namespace
{

Q_LOGGING_CATEGORY(log, "graminsta.push")

constexpr size_t kMaxAnswer = 64 * 1024;
constexpr std::chrono::milliseconds kConnectTime { 5000 };

struct CurlFreed {
    void operator()(CURL *curl) const { curl_easy_cleanup(curl); }
};
struct HeadersFreed {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, HeadersFreed>;

// Called with the address that the name was resolved to, before anything is sent there.
curl_socket_t openSocket(void *allowPrivate, curlsocktype, curl_sockaddr *address)
{
    if (!*static_cast<const bool *>(allowPrivate) && !isPublicAddress(&address->addr))
        return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Nobody reads the answer, but a service must not keep us with a long one.
size_t dropAnswer(const char *, size_t size, size_t count, void *taken)
{
    size_t &total = *static_cast<size_t *>(taken);
    total += size * count;
    return total > kMaxAnswer ? 0 : size * count;
}

void addHeader(Headers &headers, const QByteArray &name, const QByteArray &value)
{
    const QByteArray line = name + ": " + value;
    // Takes the list over, and gives it back longer.
    headers.reset(curl_slist_append(headers.release(), line.constData()));
}

} // namespace

PushOutcome outcomeOf(long status)
{
    if (status >= 200 && status < 300)
        return PushOutcome::Delivered;
    if (status == 404 || status == 410)
        return PushOutcome::Gone;
    return status == 429 || status == 408 || status >= 500 ? PushOutcome::Later : PushOutcome::Refused;
}

PushAnswer deliver(const Delivery &delivery, const Deadline &deadline)
{
    const std::unique_ptr<CURL, CurlFreed> curl(curl_easy_init());
    if (!curl)
        return { PushOutcome::Later, std::nullopt };
    Headers headers;
    addHeader(headers, "Content-Type", "application/octet-stream");
    addHeader(headers, "TTL", QByteArray::number(static_cast<qint64>(delivery.lifetime.count())));
    addHeader(headers, "Urgency", "normal");
    addHeader(headers, "Authorization", delivery.authorization);
    for (const auto &[name, value] : delivery.message.headers)
        addHeader(headers, name, value);
    // An Expect would cost a turn.
    addHeader(headers, "Expect", {});

    bool allowPrivate = delivery.allowPrivate;
    size_t taken = 0;
    const QByteArray url = delivery.endpoint.toUtf8();
    CURL *handle = curl.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.constData());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, allowPrivate ? "https,http" : "https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kConnectTime.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(deadline.remaining().count())));
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &openSocket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &allowPrivate);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &dropAnswer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &taken);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(delivery.message.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, delivery.message.body.constData());

    const CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK && code != CURLE_WRITE_ERROR) {
        qCInfo(log, "a push service was not reached: %s", curl_easy_strerror(code));
        return { code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ? PushOutcome::Refused
                                                                                   : PushOutcome::Later,
                 std::nullopt };
    }
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    PushAnswer answer { outcomeOf(status), std::nullopt };
    curl_off_t retryAfter = 0;
    if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retryAfter) == CURLE_OK && retryAfter > 0)
        answer.retryAfter = std::chrono::seconds(retryAfter);
    if (answer.outcome == PushOutcome::Refused)
        qCWarning(log, "a push service has refused a message: %ld", status);
    return answer;
}

} // namespace graminsta::push
