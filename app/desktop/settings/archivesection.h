// SPDX-License-Identifier: GPL-3.0-or-later
// Taking one's account along: archives out and in. Only there for accounts at a Graminsta server, since others have no
// such archives. GUI thread only.
#pragma once

#include <desktop/settings/section.h>

namespace graminsta
{

class ExportsPanel;
class ImportPanel;
class Navigator;
class SessionController;

class ArchiveSection final : public Section
{
    Q_OBJECT
public:
    // Both outlive the section.
    ArchiveSection(SessionController &sessions, Navigator &navigator, QWidget *parent = nullptr);

protected:
    // Other apps make archives, and time takes them away: it asks again whenever it comes into sight.
    void showEvent(QShowEvent *event) override;

private:
    // For the session there is now. Whether there is anything to show.
    [[nodiscard]] bool build();
    void clear();

    SessionController &m_sessions;
    Navigator &m_navigator;
    ExportsPanel *m_exports = nullptr; // both null where there is nothing to show
    ImportPanel *m_import = nullptr;
};

} // namespace graminsta
