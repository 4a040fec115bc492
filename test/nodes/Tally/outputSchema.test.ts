import schema from '../../../nodes/Tally/__schema__/v1.0.0.json';
import { bodyWith, itemFrom } from './deliveries';

it("describes every field of the trigger's item, and no other", () => {
	const item = itemFrom(bodyWith([]));
	expect(Object.keys(schema.properties)).toEqual(Object.keys(item));
	for (const [name, { type }] of Object.entries(schema.properties)) expect(typeof item[name]).toBe(type);
});
