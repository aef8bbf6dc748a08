// SPDX-License-Identifier: GPL-3.0-or-later
// Where SQLite and PostgreSQL differ. All other SQL is one text for both, with these words for the differences:
//
//   ?1                    the first parameter
//   {in ?1}               "is one of" a list of numbers:  id {in ?1}
//   {in-texts ?1}         "is one of" a list of texts
//   {rows-of-texts ?1 t}  the texts as rows of a table t(value)
//   {each s} (..) {end s} joins, to each row so far, the statuses whose ids the query in brackets gives; it may refer
//                         to that row and have a LIMIT of its own. {each f follows}: of another table. PostgreSQL
//                         knows only what the query gives: the id.
//   {for update}          locks what is read until the end of the transaction
//   {for update skip locked}  the same, without what others have locked
//   {and-id}              ends an index with the id; SQLite ends all of them so, and twice makes its plans worse
//   {id} {key} {blob}     column types: a primary key of numbers, a text that compares by its bytes, bytes
//
// Pure functions, thread-safe.
#pragma once

#include "binding.h"

#include <QByteArray>

namespace graminsta::sql
{

enum class Dialect { Sqlite, Postgres };

// The text as the database understands it.
[[nodiscard]] QByteArray translate(Dialect dialect, const QByteArray &sql);

// A list as the one parameter that {in} and its like expect.
[[nodiscard]] QByteArray listParameter(Dialect dialect, const QList<qint64> &numbers);
[[nodiscard]] QByteArray listParameter(Dialect dialect, const QStringList &texts);

} // namespace graminsta::sql
