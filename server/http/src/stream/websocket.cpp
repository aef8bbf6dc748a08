// SPDX-License-Identifier: GPL-3.0-or-later
#include "stream/websocket.h"

#include <algorithm>
#include <utility>

#include <sys/types.h>

#include <wslay/wslay.h>

namespace graminsta::http
{

struct WebSocket::Callbacks {
    static ssize_t receive(wslay_event_context_ptr context, uint8_t *to, size_t size, int, void *self)
    {
        QByteArrayView &input = static_cast<WebSocket *>(self)->m_input;
        if (input.isEmpty()) {
            wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
            return -1;
        }
        const qsizetype taken = std::min(input.size(), static_cast<qsizetype>(size));
        std::copy_n(input.begin(), taken, to);
        input = input.sliced(taken);
        return static_cast<ssize_t>(taken);
    }

    static ssize_t send(wslay_event_context_ptr, const uint8_t *data, size_t size, int, void *self)
    {
        static_cast<WebSocket *>(self)->m_output.append(reinterpret_cast<const char *>(data),
                                                        static_cast<qsizetype>(size));
        return static_cast<ssize_t>(size);
    }

    static void message(wslay_event_context_ptr context, const wslay_event_on_msg_recv_arg *message, void *self)
    {
        if (wslay_is_ctrl_frame(message->opcode))
            return;
        if (message->opcode != WSLAY_TEXT_FRAME) {
            wslay_event_queue_close(context, WSLAY_CODE_UNSUPPORTED_DATA, nullptr, 0);
            wslay_event_shutdown_read(context);
            return;
        }
        const QByteArray text(reinterpret_cast<const char *>(message->msg),
                              static_cast<qsizetype>(message->msg_length));
        static_cast<WebSocket *>(self)->m_owner.socketReceived(text);
    }
};

void WebSocket::Freed::operator()(wslay_event_context *context) const
{
    wslay_event_context_free(context);
}

WebSocket::WebSocket(Owner &owner, int maxMessage)
    : m_owner(owner)
{
    constexpr wslay_event_callbacks callbacks = { .recv_callback = &Callbacks::receive,
                                                  .send_callback = &Callbacks::send,
                                                  .genmask_callback = nullptr,
                                                  .on_frame_recv_start_callback = nullptr,
                                                  .on_frame_recv_chunk_callback = nullptr,
                                                  .on_frame_recv_end_callback = nullptr,
                                                  .on_msg_recv_callback = &Callbacks::message };
    wslay_event_context_ptr context = nullptr;
    // Fails for want of memory alone, and then everything does.
    if (wslay_event_context_server_init(&context, &callbacks, this) != 0)
        qFatal("a WebSocket cannot be made");
    m_context.reset(context);
    wslay_event_config_set_max_recv_msg_length(context, static_cast<uint64_t>(maxMessage));
}

WebSocket::~WebSocket() = default;

bool WebSocket::feed(QByteArrayView bytes)
{
    m_input = bytes;
    const bool understood = wslay_event_recv(m_context.get()) == 0;
    m_input = {};
    flush();
    return understood && wslay_event_want_read(m_context.get()) != 0;
}

void WebSocket::ping()
{
    const wslay_event_msg ping = { WSLAY_PING, nullptr, 0 };
    wslay_event_queue_msg(m_context.get(), &ping);
    flush();
}

void WebSocket::close(quint16 code)
{
    wslay_event_queue_close(m_context.get(), code, nullptr, 0);
    flush();
}

bool WebSocket::isClosing() const
{
    return wslay_event_get_close_sent(m_context.get()) != 0;
}

// The owner takes everything, so that no frame is ever written in part.
void WebSocket::flush()
{
    wslay_event_send(m_context.get());
    if (!m_output.isEmpty())
        m_owner.socketWrites(std::exchange(m_output, {}));
}

} // namespace graminsta::http
