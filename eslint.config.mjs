import js from '@eslint/js';
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import redos from 'eslint-plugin-redos';
import tseslint from 'typescript-eslint';

// The five rules that n8n's own command line and its scanner switch off as well.
const offAsInN8nsOwnConfig = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
};

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', '.cache/', 'sandbox/n8n/', 'sandbox/n8n-old/', 'sandbox/node24/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.{js,mjs,ts}'],
		extends: [js.configs.recommended],
	},
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.recommendedTypeChecked, communityNodes.configs.recommended],
		languageOptions: { parserOptions: { project: './tsconfig.check.json' } },
		rules: {
			'no-console': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
		},
	},
	{
		files: ['package.json'],
		extends: [communityNodes.configs.recommended],
		plugins: { 'n8n-nodes-base': nodesBase },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: nodesBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: { ...nodesBase.configs.credentials.rules, ...offAsInN8nsOwnConfig },
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: { ...nodesBase.configs.nodes.rules, ...offAsInN8nsOwnConfig },
	},
	{
		// What strangers write is matched: no expression may take longer than its text is long.
		files: ['{nodes,credentials}/**/*.ts'],
		plugins: { redos },
		rules: { 'redos/no-vulnerable': ['error', { ignoreErrors: false }] },
	},
	{
		// These never run inside n8n: they may read files, start processes, wait and print.
		files: ['test/**/*.{ts,mjs}', 'sandbox/**/*.{ts,mjs}', 'bench/**/*.{ts,js}', 'split/*.ts', '*.{js,mjs}'],
		languageOptions: {
			globals: {
				require: 'readonly',
				exports: 'readonly',
				module: 'readonly',
				process: 'readonly',
				console: 'readonly',
				URL: 'readonly',
				__dirname: 'readonly',
			},
		},
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			// Errors of tests and of the sandbox are read in a terminal, not in n8n.
			'@n8n/community-nodes/require-node-api-error': 'off',
			// The stand-ins' keys and secrets are made up and open nothing.
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
		},
	},
);
