import fc from 'fast-check';

import { identityProblem, type IdentityProblemKind } from '../../../../nodes/CleverTap/parameters/identity';

const kinds: ReadonlyArray<readonly [IdentityProblemKind, readonly unknown[]]> = [
	['empty', ['', '  ', '\u200b', null, undefined]],
	['type', [true, false, ['a'], { id: 'a' }, new Date(0), () => 'a', Symbol('a')]],
	['number', [2 ** 53 + 2, 2 ** 53, -(2 ** 53), 1e21]],
	[
		'placeholder',
		[
			...['null', 'NULL', ' Null ', 'undefined', 'n/a', 'N/A', 'na', 'nan', 'NaN', '-nan', 'none', 'None', 'nil'],
			...['0', '-1', 'inf', '-Infinity', 'empty', 'xxxxxx', '(null)', '<null>', '[none]', '(not set)', '<NA>'],
			...['-', '--', '—', '?', '...', '/', '\\N', 'k.A.', 'n/d', 's/o', 'n.v.t.', 'unknown', 'Loading...', 'TRUE'],
			...[0, -1, NaN, Infinity, '[object Object]'],
			...['"null"', '“N/A”', 'N / A', 'Ｎ／Ａ', 'NaT', 'xxx', 'XXXXXXXX'],
			...['0.0', '0,0', '-1.0', '00000000-0000-0000-0000-000000000000', 'undefined-undefined', 'null_null'],
			...['undefined@undefined', 'nullnull', '__undefined__', 'None None', '1.#QNAN', '-1.#IND', 'not available'],
			...['keine Angabe', 'nicht verfügbar', 'sans objet', 'no aplica', 'non disponibile', 'não se aplica'],
			...['niet van toepassing', 'nie dotyczy', 'нет данных', '該当なし', '해당 없음', '无'],
		],
	],
	[
		'sheetError',
		[
			...['#N/A', '#n/a', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NULL!', '#NUM!', '#SPILL!', '#CALC!', '#ERROR!'],
			...['#GETTING_DATA', '#FIELD!', '#BLOCKED!', '#NV', '#BEZUG!', '#WERT!', '#ÜBERLAUF!', '#VALEUR!', '#NOM?'],
			...['#¡REF!', '#¿NOMBRE?', '#¡DIV/0!', '#RIF!', '#VALORE!', '#N/D', '#N/D!', '#VERW!', '#DEEL/0!', '#NAAM?'],
			...['#ADR!', '#ССЫЛКА!', '#Н/Д', '#BAŞV!', '#DEĞER!', '#AD?', '#####', '##', 'Err:502', ' #N/A '],
			...['#ref!', '#Value!', '＃N/A', '# N/A', '=#N/A', '"#N/A"', '#N/A N/A', '#NOM ?', 'Fehler:502', 'Err :502'],
			...['#DATEN_ABRUFEN', '#NEDOSTUPNÝ', '#SAYI/0!', '#ARG!'],
		],
	],
	[
		'lostDigits',
		[
			'9.2E+11',
			'9,2E+11',
			'4.47911E+11',
			'1.23457E+15',
			'1E+15',
			'9.2e11',
			'-9.2E+11',
			'92E+10',
			'9.2E 11',
			'９.２E+11',
		],
	],
	[
		'template',
		[
			...['{{ Profile.Identity }}', '{{Profile.Email|default:""}}', '{{ $json.id }}', '={{ $json.id }}', '{% if x %}'],
			...['${user.id}', 'user-${id}', '<%= id %>', '<<identity>>', '*|EMAIL|*', '%%emailaddr%%', 'id-[object Object]'],
			...['{email}', '<identity>', '[user id]', '%email%', 'Profile.Identity', '@Profile - Identity', '$json.id'],
			...["$('Tally').item.json.id", '{{ Profile.Identity', 'x{{id}}', '{{{name}}}'],
			...[
				'#{user.id}',
				'@{user.id}',
				'[[email]]',
				'[%email%]',
				'{!Contact.Email}',
				'{$email}',
				'{# id #}',
				'<?= $id ?>',
			],
			...['@@email@@', '##email##', '#email#', '$email$', '|EMAIL|', '((email))', '{user-id}', '<user-id>', '{id1}'],
			...['%7B%7BProfile.Identity%7D%7D', '%24%7Bid%7D', '&#123;&#123;id&#125;&#125;', '&lt;%= id %&gt;'],
			...['profile.identity', '{{1}}', '{{#user}}{{id}}{{/user}}'],
		],
	],
	['long', ['x'.repeat(1024)]],
];

describe.each(kinds)('%s', (kind, values) => {
	it.each(values.map((value) => [value]))('%p', (value) => {
		const problem = identityProblem(value);
		expect(problem?.kind).toBe(kind);
		expect(problem?.reason).toMatch(/^(?:is|has|says) /);
		expect(problem?.advice).toMatch(/\.$/);
	});
});

it.each<[unknown]>([
	['ada@example.com'],
	['null@example.com'],
	['o’brien+test%25@example.com'],
	['Nadia'],
	['Nulla'],
	['Noneta'],
	['+14155550123'],
	['4711'],
	['10'],
	['00'],
	['-2'],
	[4711],
	[9007199254740991],
	[-4711],
	[12.5],
	[9007199254740993n],
	['9007199254740993'],
	['1e5'],
	['5E10'],
	['12E4567'],
	['9f8e7d6c-5b4a-4c3d-8e2f-1a0b9c8d7e6f'],
	['{3F2504E0-4F89-11D3-9A0C-0305E82C3301}'],
	['#4711'],
	['#great!'],
	['#ada'],
	['A#REF!'],
	['$4711'],
	['100%'],
	['a@b'],
	['user[7]'],
	['a|b'],
	['Profiler'],
	['profile.ada@example.com'],
	['event.manager@example.com'],
	['{{ada@example.com'.slice(1)],
	['50%%off'],
	['${a.}b{{c}}%%d%%@example.com'],
	['profile-7'],
	['Eventim'],
	['error:502'],
	['auth0|5f7c8ec7c33c6c004bbafe82'],
	['x'.repeat(1023)],
	['山田太郎'],
	['N/A-17'],
	['null-7'],
	['user_none'],
	['None-1'],
	['nat'],
	['Nat'],
	['#1234'],
	['#12AB'],
	['12e34567'],
	['9E10'],
	['1E5'],
	['0000'],
	['Unknown Pleasures'],
	['$ada$'],
	['~ada~'],
	['ada#1'],
	['a##b##c'],
	['{"id":17}'],
	['user%20name'],
	['[A1]'],
	['<12>'],
	['fe80::1'],
	['"ada"'],
])('%p is one', (value) => {
	expect(identityProblem(value)).toBeUndefined();
});

it('takes any number that is exact', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => identityProblem(id) === undefined),
	);
});

it('takes addresses and ids', () => {
	// Without signs of templates, which a random address may hold around letters.
	const address = fc.emailAddress().map((text) => text.replace(/[{}%*|$]/g, 'x'));
	fc.assert(fc.property(fc.oneof(address, fc.uuid(), fc.ulid()), (id) => identityProblem(id) === undefined));
});

it('says nothing of the value', () => {
	for (const [, values] of kinds) {
		for (const value of values) {
			const { reason = '', advice = '' } = identityProblem(value) ?? {};
			if (typeof value === 'string' && value.length > 12) expect(reason + advice).not.toContain(value);
		}
	}
});
