import { alsoUpdateFields, readAlsoUpdate } from '../../fields/alsoUpdate';
import { eventNameField, readEventName } from '../../fields/eventName';
import { identifierFields, readIdentifier } from '../../fields/identifier';
import { readUploadOnceKey, readUploadOptions, uploadOptions } from '../../fields/options';
import { propertiesFields } from '../../fields/properties';
import { readTimestamp, timestampField } from '../../fields/timestamp';
import type { Operation } from '../../operation';
import { fitProperties } from '../../properties/fit';
import { readProperties } from '../../properties/read';
import type { EventRecord, ProfileRecord } from '../../upload/record';
import { uploadItems } from '../../upload/uploadItems';
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

	async execute() {
		const options = readUploadOptions.call(this);

		return await uploadItems.call(this, options, (item) => {
			const user = readIdentifier.call(this, item);
			if (isRefused(user)) return user;
			const name = readEventName.call(this, item);
			if (isRefused(name)) return name;
			const time = readTimestamp.call(this, item);
			if (isRefused(time)) return time;
			const key = readUploadOnceKey.call(this, options, item);
			if (isRefused(key)) return key;

			const ofEvent = readProperties.call(this, item);
			if (isRefused(ofEvent)) return ofEvent;
			const event = fitProperties(ofEvent, {
				...options,
				target: 'event',
				chargedItems: name.name === 'Charged',
			});
			if (isRefused(event)) return event;

			const ofUser = readAlsoUpdate.call(this, item);
			if (ofUser && isRefused(ofUser)) return ofUser;
			const profile = ofUser && fitProperties(ofUser, { ...options, target: 'profile' });
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
			return {
				item,
				user: `${user.kind}:${user.value}`,
				...key,
				sent: {
					sent: profile ? 'event and profile' : 'event',
					eventName: name.name,
					[user.kind]: user.value,
				},
				adjusted: [...name.adjusted, ...event.adjusted, ...(profile?.adjusted ?? [])],
				records: [...profileRecord, eventRecord],
			};
		});
	},
};
