import type { Operation } from '../../../shared/operation';
import { identifierFields, identifierReader, userKey } from '../../parameters/identifier';
import { areBare, propertiesFields, propertiesReader } from '../../parameters/properties';
import { timestampField, timestampReader } from '../../parameters/timestamp';
import { readUploadOptions, uploadOnceKeyReader, uploadOptions } from '../../parameters/uploadOptions';
import { fitProperties } from '../../properties/fit';
import { sentNames } from '../../properties/names';
import type { EventRecord, ProfileRecord } from '../../result/record';
import { PreparedItem } from '../../upload/preparedItem';
import { uploadItems } from '../../upload/uploadItems';
import { alsoUpdateFields, alsoUpdateReader } from './alsoUpdate';
import { asCharged } from './charged';
import { eventNameField, eventNameReader } from './eventName';

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

	async execute(context) {
		const options = readUploadOptions(context);
		const eventFit = { ...options, target: 'event' as const };
		const chargedFit = { ...eventFit, chargedItems: true };
		const profileFit = { ...options, target: 'profile' as const };
		const userOf = identifierReader(context);
		const nameOf = eventNameReader(context, options);
		const timeOf = timestampReader(context);
		const keyOf = uploadOnceKeyReader(context, options);
		const propertiesOf = propertiesReader(context, { ...options, nameOf: sentNames('event', options) });
		const profileOf = alsoUpdateReader(context, { ...options, nameOf: sentNames('profile', options) });

		return await uploadItems(context, options, (item) => {
			const user = userOf(item);
			const { name, adjusted } = nameOf(item);
			const time = timeOf(item);
			const onceKey = keyOf(item);
			const isCharged = name === 'Charged';
			const given = propertiesOf(item);
			const charged =
				isCharged && options.rules === 2 ? asCharged(given.entries) : { entries: given.entries, adjusted: [] };
			const event = fitProperties(charged.entries, isCharged ? chargedFit : eventFit);
			const ofUser = profileOf(item);
			const profile = ofUser && fitProperties(ofUser.entries, profileFit);

			const root = { [user.kind]: user.value, ...time };
			const profileRecord: ProfileRecord[] = profile
				? [{ ...root, type: 'profile', profileData: profile.properties }]
				: [];
			const eventRecord: EventRecord = { ...root, type: 'event', evtName: name, evtData: event.properties };
			return new PreparedItem(
				item,
				userKey(user),
				onceKey,
				{
					status: 'accepted',
					sent: profile ? 'event and profile' : 'event',
					eventName: name,
					[user.kind]: user.value,
				},
				[
					...adjusted,
					...charged.adjusted,
					...event.adjusted,
					...given.notes,
					...(profile?.adjusted ?? []),
					...(ofUser?.notes ?? []),
				],
				areBare(ofUser === undefined ? [given] : [given, ofUser]),
				...profileRecord,
				eventRecord,
			);
		});
	},
};
