// SPDX-License-Identifier: GPL-3.0-or-later
// One event loop's end of the pipeline: hands requests to their lanes and writes the answers that come back. Belongs to
// the loop's thread, except deliver().
#pragma once

#include "pipeline/accesslog.h"
#include "pipeline/pipeline.h"
#include "reply/replywriter.h"

#include <QLoggingCategory>

#include <mutex>
#include <vector>

namespace graminsta::http
{

Q_DECLARE_LOGGING_CATEGORY(lcAccess)

// Answers on their way from the workers to a loop. Held by whoever may still put one in. Thread-safe.
class Mailbox
{
public:
    // `owner` is woken with a QEvent::User whenever the box is no longer empty.
    explicit Mailbox(QObject *owner);
    void put(std::shared_ptr<Exchange> exchange);
    [[nodiscard]] std::vector<std::shared_ptr<Exchange>> takeAll();
    // The owner is going: what is put in from now on is dropped.
    void close();

private:
    std::mutex m_mutex;
    QObject *m_owner; // protected by m_mutex
    std::vector<std::shared_ptr<Exchange>> m_answered; // protected by m_mutex
};

class Conversation final : public Framework, public Receiver
{
public:
    // `pipeline` and `log` (may be null) outlive it.
    Conversation(Pipeline &pipeline, AccessLog *log);
    ~Conversation() override;

    // Receiver
    Admission admit(GateSocket &connection, RequestHead head) override;
    Reply refuse(GateSocket &connection, Refusal refusal, const RequestHead &head) override;

    // The body of `exchange` was refused.
    [[nodiscard]] Reply refuseBody(Exchange &exchange, const Error &error);
    // All of `exchange` has come.
    void run(const std::shared_ptr<Exchange> &exchange);

protected:
    void requestReady(FrameworkHold hold) override;
    void customEvent(QEvent *event) override;

private:
    void prepare(Exchange &exchange) const;
    // To a worker, at the end of this turn of the loop.
    void enqueue(const std::shared_ptr<Exchange> &exchange);
    void submitJobs();
    // A worker has done its part: the answer goes out, or the body may come.
    void goOn(Exchange &exchange);
    void answer(Exchange &exchange);
    [[nodiscard]] Reply write(Exchange &exchange, bool close);
    void log(const Exchange &exchange, qint64 bytes);

    Pipeline &m_pipeline;
    AccessLog *const m_log;
    const std::shared_ptr<Mailbox> m_mailbox;
    std::vector<std::shared_ptr<Exchange>> m_jobs; // for the workers, at the end of this turn of the loop
    ReplyWriter m_writer;
};

} // namespace graminsta::http
