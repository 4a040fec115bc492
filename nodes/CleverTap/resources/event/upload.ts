import { alsoUpdateFields, alsoUpdateReader } from '../../fields/alsoUpdate';
import { eventNameField, eventNameReader } from '../../fields/eventName';
import { identifierFields, identifierReader, userKey } from '../../fields/identifier';
import { readUploadOptions, uploadOnceKeyReader, uploadOptions } from '../../fields/options';
import { propertiesFields } from '../../fields/properties';
import { timestampField, timestampReader } from '../../fields/timestamp';
import type { Operation } from '../../operation';
import type { EventRecord, ProfileRecord } from '../../upload/record';
import { isRefused } from '../../upload/verdict';

export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload event',
	description: 'Record that a user did something, and update the user’s profile too if you like',
	fields: [
		...identifierFields,
		eventNameField,
		...propertiesFields('event'),
		timestampField,
		...alsoUpdateFields,
		uploadOptions('event'),
	],

	async execute({ fitProperties, PreparedItem, propertiesReader, uploadItems }) {
		const options = readUploadOptions.call(this);
		const eventFit = { ...options, target: 'event' as const };
		const chargedFit = { ...eventFit, chargedItems: true };
		const profileFit = { ...options, target: 'profile' as const };
		const userOf = identifierReader.call(this);
		const nameOf = eventNameReader.call(this);
		const timeOf = timestampReader.call(this);
		const keyOf = uploadOnceKeyReader.call(this, options);
		const propertiesOf = propertiesReader.call(this);
		const profileOf = alsoUpdateReader.call(this);

		return await uploadItems.call(this, options, (item) => {
			const user = userOf(item);
			if (isRefused(user)) return user;
			const name = nameOf(item);
			if (isRefused(name)) return name;
			const time = timeOf(item);
			if (isRefused(time)) return time;
			const key = keyOf(item);
			if (isRefused(key)) return key;

			const ofEvent = propertiesOf(item);
			if (isRefused(ofEvent)) return ofEvent;
			const event = fitProperties(ofEvent, name.name === 'Charged' ? chargedFit : eventFit);
			if (isRefused(event)) return event;

			const ofUser = profileOf(item);
			if (ofUser && isRefused(ofUser)) return ofUser;
			const profile = ofUser && fitProperties(ofUser, profileFit);
			if (profile && isRefused(profile)) return profile;

			const root = { [user.kind]: user.value, ...time };
			const profileRecord: ProfileRecord[] = profile
				? [{ ...root, type: 'profile', profileData: profile.properties }]
				: [];
			const eventRecord: EventRecord = {
				...root,
				type: 'event',
				evtName: name.name,
				evtData: event.properties,
			};
			return new PreparedItem(
				item,
				userKey(user),
				key.onceKey,
				{
					status: 'accepted',
					sent: profile ? 'event and profile' : 'event',
					eventName: name.name,
					[user.kind]: user.value,
				},
				[...name.adjusted, ...event.adjusted, ...(profile?.adjusted ?? [])],
				...profileRecord,
				eventRecord,
			);
		});
	},
};
