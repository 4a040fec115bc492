import { Tally } from '../../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../../nodes/Tally/TallyTrigger.node';
import schema from '../../../nodes/Tally/__schema__/v1.1.0.json';
import { bodyWith, itemFrom } from './deliveries';

it("describes every field of the trigger's item, and no other", () => {
	const item = itemFrom(bodyWith([]));
	expect(Object.keys(schema.properties)).toEqual(Object.keys(item));
	for (const [name, { type }] of Object.entries(schema.properties)) expect(typeof item[name]).toBe(type);
});

// The editor takes the schema of the node's very version, as three numbers.
it.each<[string, number | number[], string]>([
	['TallyTrigger', new TallyTrigger().getNodeType().description.version, '.json'],
	['Tally', new Tally().description.version, '/form/getEmbedCode.json'],
	['Tally', new Tally().description.version, '/submission/get.json'],
	['Tally', new Tally().description.version, '/submission/getAll.json'],
	['Tally', new Tally().description.version, '/webhook/getDeliveries.json'],
	['Tally', new Tally().description.version, '/webhook/redeliver.json'],
])('the newest version of %s (%j) finds it in %s', (_node, versions, path) => {
	const newest = String(Math.max(...[versions].flat()));
	const three = [...newest.split('.'), '0', '0'].slice(0, 3).join('.');
	expect(jest.requireActual(`../../../nodes/Tally/__schema__/v${three}${path}`)).toMatchObject({ type: 'object' });
});
