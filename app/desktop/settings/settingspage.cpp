// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/settingspage.h>

#include <desktop/core/appsettings.h>
#include <desktop/core/localbackend.h>
#include <desktop/core/theme.h>
#include <desktop/settings/accountssection.h>
#include <desktop/settings/archivesection.h>
#include <desktop/settings/serversection.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

constexpr int kColumn = 720;

class AppearanceSection final : public Section
{
public:
    explicit AppearanceSection(AppSettings &settings)
        : Section(QStringLiteral("Appearance"), QStringLiteral("The colours of the window."))
    {
        auto *row = new QHBoxLayout;
        row->setSpacing(spacing::kLarge);
        const std::pair<Appearance, QString> choices[] = { { Appearance::System, QStringLiteral("As the system") },
                                                           { Appearance::Light, QStringLiteral("Light") },
                                                           { Appearance::Dark, QStringLiteral("Dark") } };
        for (const auto &[appearance, text] : choices) {
            auto *choice = new QRadioButton(text);
            choice->setChecked(settings.appearance() == appearance);
            connect(choice, &QRadioButton::clicked, &settings,
                    [&settings, value = appearance] { settings.setAppearance(value); });
            row->addWidget(choice);
        }
        row->addStretch(1);
        body()->addLayout(row);
    }
};

QLabel *aboutLine(const QString &dataFolder)
{
    auto *about = new QLabel(
        QStringLiteral("Graminsta %1 · your data is in %2").arg(QStringLiteral(GRAMINSTA_VERSION), dataFolder));
    about->setProperty("role", QStringLiteral("muted"));
    about->setWordWrap(true);
    about->setTextFormat(Qt::PlainText);
    about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return about;
}

} // namespace

SettingsPage::SettingsPage(SettingsParts parts, QWidget *parent)
    : Page(QStringLiteral("Settings"), parent)
    , m_accounts(new AccountsSection(parts.sessions, parts.signIn))
{
    auto *column = new QWidget;
    column->setMaximumWidth(kColumn);
    auto *cards = new QVBoxLayout(column);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(spacing::kLarge);
    cards->addWidget(m_accounts);
    cards->addWidget(new ArchiveSection(parts.sessions, parts.navigator));
    cards->addWidget(new ServerSection(parts.backend, parts.sessions));
    cards->addWidget(new AppearanceSection(parts.settings));
    cards->addWidget(aboutLine(parts.backend.paths().data));
    cards->addStretch(1);

    auto *scrolled = new QWidget;
    scrolled->setObjectName(QStringLiteral("scrolled"));
    auto *centre = new QHBoxLayout(scrolled);
    centre->setContentsMargins(spacing::kLarge, spacing::kLarge, spacing::kLarge, spacing::kLarge);
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(scrolled);
    content()->addWidget(scroll);
}

void SettingsPage::proposeServer(const QString &server)
{
    m_accounts->proposeServer(server);
}

} // namespace graminsta
