// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushreceiver.h"

// The keys alone are the server's code; what is tested, the encryption, is done the other way round here.
#include "keypair.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

#include <array>
#include <chrono>

#include <netinet/in.h>
#include <openssl/evp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::rig
{

namespace
{

constexpr int kSaltSize = 16;
constexpr int kTagSize = 16;
constexpr int kPointSize = 65;

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray hmac(const QByteArray &key, const QByteArray &message)
{
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
}

QByteArray derived(const QByteArray &salt, const QByteArray &secret, const QByteArray &info, int size)
{
    return hmac(hmac(salt, secret), info + '\x01').left(size);
}

QByteArray opened(const QByteArray &sealed, const QByteArray &key, const QByteArray &nonce)
{
    if (sealed.size() < kTagSize)
        return {};
    QByteArray plain(sealed.size() - kTagSize, '\0');
    QByteArray tag = sealed.right(kTagSize);
    const auto bytes = [](const QByteArray &from) { return reinterpret_cast<const unsigned char *>(from.constData()); };
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int size = 0;
    const bool read = EVP_DecryptInit_ex2(context, EVP_aes_128_gcm(), bytes(key), bytes(nonce), nullptr) == 1
        && EVP_DecryptUpdate(context, reinterpret_cast<unsigned char *>(plain.data()), &size, bytes(sealed),
                             static_cast<int>(plain.size()))
            == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1
        && EVP_DecryptFinal_ex(context, reinterpret_cast<unsigned char *>(plain.data()) + size, &size) == 1;
    EVP_CIPHER_CTX_free(context);
    return read ? plain : QByteArray();
}

// What follows `name=` up to the next separator.
QByteArray parameter(const QByteArray &header, const QByteArray &name)
{
    for (const QByteArray &part : header.split(';')) {
        if (part.trimmed().startsWith(name + '='))
            return QByteArray::fromBase64(part.trimmed().mid(name.size() + 1), QByteArray::Base64UrlEncoding);
    }
    return {};
}

} // namespace

class PushReceiver::Keys
{
public:
    explicit Keys(push::KeyPair made)
        : pair(std::move(made))
    {
    }
    const push::KeyPair pair;
    const QByteArray auth = "sixteen bytes!!!";
};

PushReceiver::PushReceiver()
    : m_keys(std::make_unique<Keys>(push::KeyPair::generate().value()))
{
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listening, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_listening, 64) != 0
        || ::getsockname(m_listening, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        qFatal("no push service");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

PushReceiver::~PushReceiver()
{
    ::shutdown(m_listening, SHUT_RDWR);
    m_thread.join();
    ::close(m_listening);
}

QByteArray PushReceiver::endpoint(const QByteArray &name) const
{
    return "http://127.0.0.1:" + QByteArray::number(m_port) + "/push/" + name;
}

QByteArray PushReceiver::publicKey() const
{
    return base64Url(m_keys->pair.publicKey());
}

QByteArray PushReceiver::authSecret() const
{
    return base64Url(m_keys->auth);
}

void PushReceiver::answerWith(const QByteArray &statusAndHeaders)
{
    const std::lock_guard lock(m_mutex);
    m_answers.push_back(statusAndHeaders);
}

void PushReceiver::serve()
{
    for (;;) {
        const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            return;
        answer(connection);
        ::close(connection);
    }
}

void PushReceiver::answer(int connection)
{
    QByteArray input;
    std::array<char, 8192> piece {};
    qsizetype head = -1;
    qsizetype length = 0;
    Pushed pushed;
    while (head < 0 || input.size() < head + length) {
        const ssize_t got = ::recv(connection, piece.data(), piece.size(), 0);
        if (got <= 0)
            return;
        input.append(piece.data(), got);
        if (head >= 0 || !input.contains("\r\n\r\n"))
            continue;
        head = input.indexOf("\r\n\r\n") + 4;
        const QList<QByteArray> lines = input.first(head).split('\n');
        pushed.path = lines.first().split(' ').value(1);
        for (const QByteArray &line : lines.mid(1))
            pushed.headers.insert(line.left(line.indexOf(':')).toLower(), line.mid(line.indexOf(':') + 1).trimmed());
        length = pushed.headers.value("content-length").toLongLong();
    }
    pushed.body = input.mid(head, length);
    QByteArray status = "201 Created\r\n";
    {
        const std::lock_guard lock(m_mutex);
        if (!m_answers.empty()) {
            status = m_answers.front();
            m_answers.pop_front();
        }
    }
    const QByteArray reply = "HTTP/1.1 " + status + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    ::send(connection, reply.constData(), static_cast<size_t>(reply.size()), MSG_NOSIGNAL);
    const std::lock_guard lock(m_mutex);
    m_pushed.push_back(std::move(pushed));
    m_came.notify_all();
}

std::optional<Pushed> PushReceiver::next(int ms)
{
    std::unique_lock lock(m_mutex);
    if (!m_came.wait_for(lock, std::chrono::milliseconds(ms), [this] { return !m_pushed.empty(); }))
        return std::nullopt;
    Pushed pushed = std::move(m_pushed.front());
    m_pushed.pop_front();
    return pushed;
}

QJsonObject PushReceiver::read(const Pushed &pushed) const
{
    const QByteArray own = m_keys->pair.publicKey();
    const auto label = [](const char *text) { return QByteArray(text) + '\0'; };
    const auto counted = [](const QByteArray &key) {
        return QByteArray(1, '\0') + static_cast<char>(key.size()) + key;
    };
    QByteArray plain;
    if (pushed.headers.value("content-encoding") == "aes128gcm") {
        const QByteArray salt = pushed.body.left(kSaltSize);
        const QByteArray sender = pushed.body.mid(kSaltSize + 5, kPointSize);
        const Result<QByteArray> shared = m_keys->pair.sharedSecret(sender);
        if (!shared)
            return {};
        const QByteArray secret = derived(m_keys->auth, *shared, label("WebPush: info") + own + sender, 32);
        plain = opened(pushed.body.mid(kSaltSize + 5 + kPointSize),
                       derived(salt, secret, label("Content-Encoding: aes128gcm"), 16),
                       derived(salt, secret, label("Content-Encoding: nonce"), 12));
        plain.chop(1);
    } else {
        const QByteArray salt = parameter(pushed.headers.value("encryption"), "salt");
        const QByteArray sender = parameter(pushed.headers.value("crypto-key"), "dh");
        const Result<QByteArray> shared = m_keys->pair.sharedSecret(sender);
        if (!shared)
            return {};
        const QByteArray secret = derived(m_keys->auth, *shared, label("Content-Encoding: auth"), 32);
        const QByteArray context = label("P-256") + counted(own) + counted(sender);
        plain = opened(pushed.body, derived(salt, secret, label("Content-Encoding: aesgcm") + context, 16),
                       derived(salt, secret, label("Content-Encoding: nonce") + context, 12));
        plain.remove(0, 2);
    }
    return QJsonDocument::fromJson(plain).object();
}

} // namespace graminsta::rig
