import { simplifyEvent } from '../../../../nodes/CleverTap/read/event';
import { simplifyProfile } from '../../../../nodes/CleverTap/read/profile';

describe('a profile, simplified', () => {
	it('has the same names in every account, and nothing else of it', () => {
		const record = {
			identity: 'ada',
			name: 'Ada',
			email: 'ada@example.com',
			phone: 32477474747,
			profileData: { Plan: 'Gold' },
			events: { Charged: { count: 3, first_seen: 1_520_208_000, last_seen: 1_521_611_063 } },
			platformInfo: [{ platform: 'iOS', objectId: 'o-1', push_token: 'secret' }, { platform: 'Web' }, null],
			push_token: 'secret',
		};
		expect(simplifyProfile(record)).toEqual({
			identity: 'ada',
			name: 'Ada',
			email: 'ada@example.com',
			phone: '32477474747',
			objectIds: ['o-1'],
			profileData: { Plan: 'Gold' },
			events: [
				{ name: 'Charged', count: 3, firstSeen: '2018-03-05T00:00:00.000Z', lastSeen: '2018-03-21T05:44:23.000Z' },
			],
		});
	});

	it('leaves out what is not there', () => {
		expect(simplifyProfile({ name: '', email: null, phone: true })).toEqual({
			objectIds: [],
			profileData: {},
			events: [],
		});
	});

	it('takes nothing odd for what it is not', () => {
		const events = {
			A: null,
			B: { count: '3', first_seen: '2018', last_seen: Infinity },
			C: { count: 0, first_seen: 0 },
		};
		expect(simplifyProfile({ platformInfo: { objectId: 'o-1' }, profileData: [], events })).toEqual({
			objectIds: [],
			profileData: {},
			events: [{ name: 'A' }, { name: 'B' }, { name: 'C', count: 0, firstSeen: '1970-01-01T00:00:00.000Z' }],
		});
		expect(simplifyProfile({ platformInfo: [{ objectId: 7 }], events: ['x'] })).toMatchObject({
			objectIds: [],
			events: [],
		});
	});
});

describe('an event, simplified', () => {
	it('has what, who, when, and its properties', () => {
		const record = {
			profile: {
				identity: 'ada',
				objectId: 'o-1',
				name: 'Ada',
				email: 'a@b.example',
				phone: 32477,
				platform: 'Web',
				push_token: 'secret',
			},
			ts: 20151023140416,
			event_props: { Amount: 5 },
			session_props: { utm_source: 'x' },
			other: 1,
		};
		expect(simplifyEvent(record, 'Charged')).toEqual({
			eventName: 'Charged',
			identity: 'ada',
			objectId: 'o-1',
			name: 'Ada',
			email: 'a@b.example',
			phone: '32477',
			platform: 'Web',
			ts: 20151023140416,
			localTime: '2015-10-23T14:04:16',
			properties: { Amount: 5 },
			session: { utm_source: 'x' },
		});
	});

	it('leaves out what is not there, or odd', () => {
		const nothing = { eventName: 'X', properties: {}, session: {} };
		expect(simplifyEvent({}, 'X')).toStrictEqual(nothing);
		expect(simplifyEvent({ profile: 'ada', ts: true, event_props: [], session_props: 7 }, 'X')).toStrictEqual(nothing);
		expect(simplifyEvent({ ts: 'soon' }, 'X')).toStrictEqual({ ...nothing, ts: 'soon' });
	});
});
