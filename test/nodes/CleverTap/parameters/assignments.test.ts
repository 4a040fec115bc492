import { assignmentsReader } from '../../../../nodes/CleverTap/parameters/assignments';
import { parameterNode } from '../../../support/parameterNode';

describe('an assignment collection', () => {
	const field = { id: '1', name: 'K', value: '={{ $json.a }}', type: 'string' };

	it('is read field by field, each member by itself', () => {
		const { context } = parameterNode(
			{
				p: { assignments: [field] },
				'p.assignments[0].name': 'K',
				'p.assignments[0].value': '={{ $json.a }}',
				'p.assignments[0].type': 'string',
			},
			[{ a: 1 }, { a: 'x' }],
		);
		const read = assignmentsReader(context, 'p');
		expect([read(0), read(1)]).toEqual([
			[{ name: 'K', value: 1, type: 'string', path: ['a'] }],
			[{ name: 'K', value: 'x', type: 'string', path: ['a'] }],
		]);
	});

	it('gives what was dragged in the name that people know it by', () => {
		const { context } = parameterNode(
			{
				p: { assignments: [{ name: "answers['Your email']", value: "={{ $json.answers['Your email'] }}" }] },
				'p.assignments[0].name': "answers['Your email']",
				'p.assignments[0].value': "={{ $json.answers['Your email'] }}",
			},
			[{ answers: { 'Your email': 'a@b.example' } }],
		);
		expect(assignmentsReader(context, 'p')(0)).toEqual([
			{ name: 'Your email', value: 'a@b.example', type: '', path: ['answers', 'Your email'] },
		]);
	});

	it('may come whole from an expression', () => {
		const { context } = parameterNode({ p: '={{ $json.fields }}' }, [
			{ fields: { assignments: [field] } },
			{ fields: null },
		]);
		const read = assignmentsReader(context, 'p');
		expect([read(0), read(1)]).toEqual([[field], []]);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an object of another kind', {}],
		['fields that are no list', { assignments: 'K' }],
	])('is empty where it is %s', (_what, value) => {
		expect(assignmentsReader(parameterNode({ p: value }).context, 'p')(0)).toEqual([]);
	});

	it('has empty members where they are missing', () => {
		const { context } = parameterNode({ p: { assignments: [{}] } });
		expect(assignmentsReader(context, 'p')(0)).toEqual([{ name: '', value: '', type: '' }]);
	});
});
