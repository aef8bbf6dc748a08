// SPDX-License-Identifier: GPL-3.0-or-later
// The listening end of one event loop: accepts within the limits, and looks after time for its connections. Belongs to
// the loop's thread.
#pragma once

#include "transport/gatesocket.h"

#include <QTcpServer>

namespace graminsta::http
{

class GateServer final : public QTcpServer
{
public:
    // Takes the listening socket `descriptor`.
    GateServer(std::shared_ptr<Gate> gate, int descriptor, QObject *parent = nullptr);

    // From now on each answer ends its connection.
    void beginDrain();
    // Takes in what the kernel has queued, listens no more, and ends idle connections.
    void stopListening();

protected:
    void incomingConnection(qintptr descriptor) override;
    void timerEvent(QTimerEvent *event) override;

private:
    const std::shared_ptr<Gate> m_gate;
};

} // namespace graminsta::http
