import fc from 'fast-check';

import { seal, unseal } from '../../../../nodes/Tally/trigger/seal';

const text = fc.string({ unit: 'grapheme' });

it('opens with the API key with which it was sealed', () => {
	fc.assert(fc.property(text, text, (secret, key) => expect(unseal(seal(secret, key), key)).toBe(secret)));
});

it('opens with no other', () => {
	fc.assert(
		fc.property(text, text, text, (secret, key, other) => {
			fc.pre(key !== other);
			expect(unseal(seal(secret, key), other)).toBeUndefined();
		}),
	);
});

it('shows nothing of secret or key, and never looks the same twice', () => {
	const [one, two] = [seal('secret-of-ours', 'tly-key'), seal('secret-of-ours', 'tly-key')];
	expect(one).not.toBe(two);
	for (const sealed of [one, two]) {
		expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/);
		expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toMatch(/secret|tly/);
	}
});

it('does not open if any bit was changed, or a part is missing', () => {
	const bytes = Buffer.from(seal('secret-of-ours', 'tly-key'), 'base64');
	for (let bit = 0; bit < bytes.length * 8; bit++) {
		const changed = Buffer.from(bytes);
		changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
		expect(unseal(changed.toString('base64'), 'tly-key')).toBeUndefined();
	}
	for (let length = 0; length < bytes.length; length++) {
		expect(unseal(bytes.subarray(0, length).toString('base64'), 'tly-key')).toBeUndefined();
	}
	expect(unseal('not sealed at all', 'tly-key')).toBeUndefined();
});

it('opens what an earlier version of the package has sealed', () => {
	const sealed = '2lChtoGxIX3jXZjwM1+KH3H940l44B7OP4I9SwLFFcdarNyfC3yJRM4IKWCtqhMb0s68';
	expect(unseal(sealed, 'tly-key')).toBe('the secret of a webhook');
});
