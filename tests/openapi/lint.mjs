// SPDX-License-Identifier: GPL-3.0-or-later
// lint.mjs FILE: whether an OpenAPI document is in order, by the rules that Redocly recommends. Exit code 1 if not.
import { createConfig, lint } from '@redocly/openapi-core';

const config = await createConfig({
    extends: ['recommended'],
    rules: {
        'no-unused-components': 'error',
        'operation-description': 'off',
        'operation-operationId': 'error',
        'operation-operationId-unique': 'error',
        // Names hold a dot, as in the table of endpoints.
        'operation-operationId-url-safe': 'error',
        'operation-tag-defined': 'error',
        'tag-description': 'error',
        'path-declaration-must-exist': 'error',
        'path-not-include-query': 'error',
        'response-contains-header': 'off',
        'spec-strict-refs': 'off',
        // Pages and files have other errors than the API.
        'operation-4xx-response': 'off',
        // Mastodon's paths are what they are: /accounts/lookup beside /accounts/{id}.
        'no-ambiguous-paths': 'off',
    },
});
const problems = await lint({ ref: process.argv[2], config });
for (const problem of problems) {
    const place = problem.location[0];
    console.log(`${place?.pointer ?? ''}: ${problem.severity}: ${problem.message} (${problem.ruleId})`);
}
console.log(problems.length === 0 ? 'openapi: in order' : `openapi: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
