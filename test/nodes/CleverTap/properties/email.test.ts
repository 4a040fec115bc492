import { readEmail } from '../../../../nodes/CleverTap/properties/email';

it.each([
	'ada@example.com',
	'Ada <ada@example.com>',
	'"Lovelace, Ada" <ada@example.com>',
	'<ada@example.com>',
	'mailto:ada@example.com',
	'<mailto:ada@example.com>',
	'"ada@example.com"',
	'ada@example.com,',
	'ada@example.com;',
	'ada@example.com.',
	'(ada@example.com)',
	'ada＠example.com',
	'ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ',
])('%p is one address', (text) => {
	expect(readEmail(text)).toBe('ada@example.com');
});

it.each([
	"o'brien+news@example.com",
	'ada@example.com;bob@example.com',
	'ada@example.com <bob@example.com>',
	'Ada <ada@example.com>, Bob <bob@example.com>',
	'ada @example.com',
	'"ada"@example.com',
	'(work)ada@example.com',
	'[ada@example.com](mailto:ada@example.com)',
	'٣@example.com',
	'ada(at)example.com',
	'ada@example',
	'ada@example,com',
	"'ada@example.com",
	'#N/A',
	'<>',
	'',
	`${'<'.repeat(600)}${'>'.repeat(600)}`,
])('%p stays as it is', (text) => {
	expect(readEmail(text)).toBe(text);
});
