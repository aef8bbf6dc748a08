// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/archivesection.h>

#include <desktop/core/sessioncontroller.h>
#include <desktop/settings/exportspanel.h>
#include <desktop/settings/importpanel.h>

#include <QVBoxLayout>

namespace graminsta
{

ArchiveSection::ArchiveSection(SessionController &sessions, Navigator &navigator, QWidget *parent)
    : Section(QStringLiteral("Your archive"),
              QStringLiteral("All that your account has on this server in one file, to keep or to take to another "
                             "Graminsta: your profile, your posts with the original photos, whom you follow. It also "
                             "holds private posts, and where photos were taken: keep it safe."),
              parent)
    , m_sessions(sessions)
    , m_navigator(navigator)
{
    connect(&m_sessions, &SessionController::changed, this, [this] { setVisible(build()); });
    // Not shown here: it would be a window of its own until it is in the page.
    if (!build()) {
        hide();
    }
}

void ArchiveSection::clear()
{
    for (QWidget *panel : std::initializer_list<QWidget *> { m_exports, m_import }) {
        if (panel) {
            panel->hide();
            panel->deleteLater();
        }
    }
    m_exports = nullptr;
    m_import = nullptr;
}

bool ArchiveSection::build()
{
    clear();
    const SessionController::SessionPtr session = m_sessions.session();
    const bool isOffered = session && !session->instance().graminstaVersion.isEmpty();
    if (isOffered) {
        m_exports = new ExportsPanel(session, m_navigator);
        m_import = new ImportPanel(session, m_navigator);
        body()->addWidget(m_exports);
        body()->addWidget(m_import);
    }
    return isOffered;
}

void ArchiveSection::showEvent(QShowEvent *event)
{
    Section::showEvent(event);
    if (m_exports) {
        m_exports->controller().load();
        m_import->controller().load();
    }
}

} // namespace graminsta
