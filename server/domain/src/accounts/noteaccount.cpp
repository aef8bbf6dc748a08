// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/noteaccount.h>

#include <graminsta/domain/text/statustext.h>

namespace graminsta::domain
{

namespace
{

constexpr int kMaxNote = 2000;

} // namespace

NoteAccount::NoteAccount(const ShowRelationships &relationships, ports::UnitOfWork &unitOfWork)
    : m_relationships(relationships)
    , m_unitOfWork(unitOfWork)
{
}

Result<entities::Relationship> NoteAccount::run(const entities::Viewer &viewer, AccountId target, const QString &note,
                                                const Deadline &deadline) const
{
    const QString clean = cleanText(note);
    if (clean.size() > kMaxNote)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Comment is too long (maximum is %1 characters)").arg(kMaxNote));
    GI_TRY(m_relationships.one(viewer, target, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.relations.setNote(viewer.account, target, clean);
    }));
    return m_relationships.one(viewer, target, deadline);
}

} // namespace graminsta::domain
