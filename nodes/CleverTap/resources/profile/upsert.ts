import type { Operation } from '../../../shared/operation';
import { identifierFields, identifierReader, userKey } from '../../parameters/identifier';
import { areBare, propertiesFields, propertiesReader } from '../../parameters/properties';
import { timestampField, timestampReader } from '../../parameters/timestamp';
import { readUploadOptions, uploadOptions } from '../../parameters/uploadOptions';
import { fitProperties } from '../../properties/fit';
import { sentNames } from '../../properties/names';
import { PreparedItem } from '../../upload/preparedItem';
import { uploadItems } from '../../upload/uploadItems';
import { changesField, changesReader, withChanges } from './changes';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update profile',
	description: 'Create a new profile, or update the current one if it already exists (upsert)',
	fields: [...identifierFields, ...propertiesFields('profile'), changesField, timestampField, uploadOptions('profile')],

	async execute(context) {
		const options = readUploadOptions(context);
		const profileFit = { ...options, target: 'profile' as const };
		const userOf = identifierReader(context);
		const timeOf = timestampReader(context);
		const reading = { ...options, nameOf: sentNames('profile', options) };
		const propertiesOf = propertiesReader(context, reading);
		const changesOf = changesReader(context, reading);

		return await uploadItems(context, options, (item) => {
			const user = userOf(item);
			const time = timeOf(item);
			const given = propertiesOf(item);
			const changes = changesOf(item);
			const { entries, adjusted } = withChanges(given.entries, changes.entries, reading.nameOf);
			const fitted = fitProperties(entries, profileFit);

			// A copy of this becomes the record; why none is written out, PreparedItem says.
			const root = { [user.kind]: user.value, ...time };
			return new PreparedItem(
				item,
				userKey(user),
				undefined,
				{ status: 'accepted', sent: 'profile', [user.kind]: user.value },
				[...adjusted, ...fitted.adjusted, ...given.notes, ...changes.notes],
				areBare([given, changes]),
				{ ...root, type: 'profile', profileData: fitted.properties },
			);
		});
	},
};
