import { buildQuery } from '../../nodes/CleverTap/read/query';
import { codeBlocks, readPage } from './pages';

it('the query in docs/usage.md is what the fields of the row above it build', () => {
	const [written] = codeBlocks(readPage('docs/usage.md'), 'json').filter((code) => code.includes('event_name'));
	const built = buildQuery(
		{
			eventName: 'Feedback Given',
			from: '2026-02-01',
			to: '2026-02-28',
			rows: [{ of: 'event_properties', name: 'Rate us', operator: 'greater_than_equals', value: '4' }],
		},
		'event',
		'UTC',
	);
	expect(JSON.parse(written ?? '')).toEqual(built);
});
